#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "predict/drawing.h"
#include "predict/predictor.h"
#include "train/metrics.h"

namespace digitlab {

/// A model's new answers to labelled drawings.
struct Evaluation {
    DrawingList drawings;
    std::vector<int> digits;  ///< (drawings) its answers so far
    double loss_sum = 0;      ///< cross-entropy in nats

    /// The number of correct answers among the `count` drawings from `first` on.
    int right(std::size_t first, std::size_t count) const;
    TestResult result() const;
};

/// Asks models about drawings again, a few at a time so that the page never waits.
class Evaluations {
   public:
    Evaluations(Predictor& predictor, Clock clock) : predictor_(predictor), clock_(std::move(clock)) {}

    /// Called after each slice with the results so far; an error (the model is gone) ends the evaluation.
    using Progress = std::function<void(const Evaluation&, const Status& status)>;
    /// All `drawings` must be labelled.
    void add(std::string model, DrawingList drawings, Progress progress);
    bool pending() const { return !jobs_.empty(); }
    /// Works for about `budget_secs`. Returns true when something was done.
    bool advance(double budget_secs);

   private:
    struct Job {
        std::string model;
        Evaluation evaluation;
        Progress progress;
    };
    Status ask_next(Job& job);

    Predictor& predictor_;
    Clock clock_;
    std::deque<Job> jobs_;
};

}  // namespace digitlab
