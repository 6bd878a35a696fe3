#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/commands/why.h"
#include "app/state.h"
#include "base/clock.h"
#include "base/thread_pool.h"
#include "predict/explain.h"
#include "predict/predictor.h"

namespace digitlab {

/// Computes the state's WhyState in slices. It has its own networks, so that answering never waits for it.
class ExplanationJob {
   public:
    ExplanationJob(State& state, const Predictor& predictor, Clock clock)
        : state_(state), predictor_(predictor), clock_(std::move(clock)) {}

    Status handle(WhyCommand command);

    /// Returns true when there is something left to compute.
    bool pending() const;
    /// Works for about `budget_secs`, not at all when that is 0. Returns true when the state has changed.
    bool advance(double budget_secs);
    /// Must be called when the model has new weights or is gone.
    void forget(const std::string& model);

   private:
    struct Index {
        std::string model;
        FeatureIndex features;
    };

    void on(const ShowWhy& command) { state_.why.open = command.open; }
    void on(const ExplainModel& command) { state_.why.model = command.id; }
    void on(const ExplainDigit& command) { state_.why.digit = command.digit; }
    std::string wanted_model() const;
    int wanted_digit() const;
    bool begin();
    Status load(const std::string& model);
    /// Returns the training data of the explained model; null when it is not there.
    std::shared_ptr<const Dataset> training_data() const;
    Index* index();
    void show_map();
    void show_similar();

    State& state_;
    const Predictor& predictor_;
    Clock clock_;
    ThreadPool pool_{1};
    std::optional<Network> network_;
    std::optional<OcclusionMap> map_;
    std::vector<float> features_;  ///< of the digit explained; empty until the map is done
    std::vector<Index> indices_;   ///< of the latest models, the newest last
};

}  // namespace digitlab
