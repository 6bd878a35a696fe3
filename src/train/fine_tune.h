#pragma once

#include <memory>

#include "train/trainer.h"

namespace digitlab {

/// A training set of known digits and new ones: the rows of `known.train` that the spec (validation count, subset, seed) would
/// train on, chosen at random, and every row of `added` often enough to make up a third of the whole, at most 40 times. Copies
/// are varied as the spec's augmentation says, each its own way. Validation rows are of `known.train`, and none is trained on;
/// the test set is that of `known`. Code "bad-data" when the pictures differ in size or there are none to add.
Result<TrainingInput> mix_in(const Dataset& added, const DataPair& known, const ExperimentSpec& spec);

}  // namespace digitlab
