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

/// Works out the state's WhyState in slices. It uses networks of its own, so that answering never waits for it.
class ExplanationJob {
   public:
    ExplanationJob(State& state, const Predictor& predictor, Clock clock)
        : state_(state), predictor_(predictor), clock_(std::move(clock)) {}

    Status handle(WhyCommand command);

    /// Returns true when there is something left to work out.
    bool pending() const;
    /// Works for about `budget_secs`, not at all when that is 0. Returns true when the state has changed.
    bool advance(double budget_secs);
    /// The model has other weights now, or is gone.
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
    /// Returns what the explained model has learned from, when it is there.
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
    std::vector<Index> indices_;   ///< of the models explained last
};

}  // namespace digitlab
