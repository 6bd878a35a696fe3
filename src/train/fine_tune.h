#pragma once

#include <memory>

#include "train/trainer.h"

namespace digitlab {

/// Builds a training set of known and new digits: the rows of `known.train` that the spec (validation count, subset, seed)
/// would train on, chosen at random, and every row of `added` often enough to make up a third of the whole, at most 300 times.
/// The spec's augmentation varies every copy differently. Validation rows come from `known.train` and are not trained on; the
/// test set is that of `known`. Fails with "bad-data" if the images differ in size or there are none to add.
Result<TrainingInput> mix_in(const Dataset& added, const DataPair& known, const ExperimentSpec& spec);

}  // namespace digitlab
