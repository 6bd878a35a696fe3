#pragma once

#include <map>
#include <string>

#include "app/evaluations.h"
#include "app/run_store.h"
#include "app/state.h"
#include "predict/predictor.h"
#include "train/trainer.h"

namespace digitlab {

/// Prepares runs that start from a model or learn from the user's drawings, and measures their effect.
class FineTuning {
   public:
    /// All must outlive it.
    FineTuning(State& state, RunStore& run_store, Predictor& predictor, Evaluations& evaluations)
        : state_(state), run_store_(run_store), predictor_(predictor), evaluations_(evaluations) {}

    /// Finds what the spec starts from: labelled drawings and the model, whose architecture the spec then gets, with one output
    /// per class of the data set. The data set must be known. Fails with "no-drawings", "unknown-model" or "bad-spec".
    Status find_start(ExperimentSpec& spec, Run& run) const;
    /// What the run trains on; `data` is its data set.
    Result<TrainingInput> input(const Run& run, const DataPair& data);
    /// Must be called when a run begins and when it ends. They test the model that the run starts from, and the run's own, on
    /// the drawings.
    void began(const Run& run);
    void ended(const Run& run);

   private:
    void score(const std::string& run_id, const std::string& model, bool after);

    State& state_;
    RunStore& run_store_;
    Predictor& predictor_;
    Evaluations& evaluations_;
    std::map<std::string, DrawingSplit> tuned_on_;  ///< of the runs in training, by run id
};

}  // namespace digitlab
