#pragma once

#include <map>
#include <string>

#include "app/evaluations.h"
#include "app/run_store.h"
#include "app/state.h"
#include "predict/predictor.h"
#include "train/trainer.h"

namespace digitlab {

/// Trainings that do not begin with new weights, or that learn from the user's drawings: what they begin with, and what came of
/// it.
class FineTuning {
   public:
    /// All must outlive it.
    FineTuning(State& state, RunStore& run_store, Predictor& predictor, Evaluations& evaluations)
        : state_(state), run_store_(run_store), predictor_(predictor), evaluations_(evaluations) {}

    /// Looks for what the spec, whose data set is known, goes on from: the model, whose architecture it then takes over, with
    /// an output for each class of the data set, and labelled drawings. Codes "no-drawings", "unknown-model", "bad-spec".
    Status find_start(ExperimentSpec& spec, Run& run) const;
    /// What the run trains on when `data` is its data set.
    Result<TrainingInput> input(const Run& run, const DataPair& data);
    /// Measures what the model it goes on from makes of the drawings, and what its own model does in the end.
    void began(const Run& run);
    void ended(const Run& run);

   private:
    void score(const std::string& run_id, const std::string& model, bool after);

    State& state_;
    RunStore& run_store_;
    Predictor& predictor_;
    Evaluations& evaluations_;
    std::map<std::string, DrawingSplit> tuned_on_;  ///< by run id, of those that train
};

}  // namespace digitlab
