#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/json.h"
#include "base/result.h"
#include "data/augmentation.h"
#include "data/dataset.h"
#include "nn/architecture.h"
#include "nn/optimizer.h"
#include "train/schedule.h"

namespace digitlab {

/// When a run ends before its last epoch. JSON: {"patience": 3, "metric": "accuracy"} or just the patience.
struct EarlyStopping {
    enum class Metric { accuracy, loss };  ///< on the validation rows

    int patience = 0;  ///< epochs in a row without a better one; 0: do not stop early
    Metric metric = Metric::accuracy;

    bool operator==(const EarlyStopping&) const = default;
};

/// The order of the training rows in an epoch. Only `shuffled` learns well; the others are there to show why.
enum class RowOrder { shuffled, as_stored, by_class };

std::string to_string(EarlyStopping::Metric metric);
std::string to_string(RowOrder order);

/// Everything needed to repeat a run. train/spec_fields.h has the names, ranges and explanations of the fields; in JSON,
/// `architecture` is an id of the catalogue or an architecture object.
struct ExperimentSpec {
    Architecture architecture;
    int epochs = 3;
    int batch_size = 64;
    std::uint64_t seed = 1;
    OptimizerSpec optimizer;
    float learning_rate = 0.004F;  ///< where the schedule starts
    Schedule schedule;
    float label_smoothing = 0;  ///< share of each label that is distributed over all classes, 0 to 0.5
    Augmentation augmentation;
    int validation_count = 5000;   ///< rows taken from the training set; by default at most a tenth of a subset
    int subset = 0;                ///< train on this many rows only; 0 means all
    std::string start_from;        ///< id of the model whose weights the run starts with; "" for new weights
    int frozen_layers = 0;         ///< number of first layers that keep their initial weights
    bool drawings = false;         ///< the user's labelled drawings are trained on as well
    std::optional<float> dropout;  ///< rate of all dropout layers; if there is none, one is added before the last layer
    EarlyStopping early_stopping;  ///< ends with the weights of the best epoch
    bool keep_best = false;        ///< ends with the weights of the best epoch in any case
    RowOrder order = RowOrder::shuffled;
    float label_noise = 0;           ///< share of the training labels, 0 to 1, that are replaced by random other ones
    std::string dataset = mnist_id;  ///< id of the data set; the last layer of `architecture` is adapted to its classes
    int max_secs = 0;                ///< training time after which the run ends; 0: no limit
    int threads = 0;                 ///< the most threads to use; 0 means all; changes the time, never the weights

    bool operator==(const ExperimentSpec&) const = default;
};

/// The network to train: the spec's architecture with the spec's dropout rate.
Architecture trained_architecture(const ExperimentSpec& spec);

/// A spec that trains this architecture well: its own recipe for some of the catalogue, otherwise three epochs of Adam.
ExperimentSpec default_spec(const Architecture& architecture);

/// A spec that teaches a trained model something new without making it forget: a few thousand of the digits it knows, varied,
/// with small steps.
ExperimentSpec fine_tune_spec(const Architecture& architecture, const std::string& model_id);

/// Fills in defaults and checks every field's type. If there is a startFrom, the defaults are those of `fine_tune_spec`, and a
/// missing architecture is left empty for the caller to take from the model. Fails with "bad-spec" or "unknown-architecture";
/// messages name the field and its allowed range. Unknown keys are errors, so that a misspelt one is not silently ignored.
Result<ExperimentSpec> spec_from_json(const Json& json);
Json to_json(const ExperimentSpec& spec);

/// Checks the ranges of train/spec_fields.h, narrowed by the data set: the batch must not be larger than the rows left to train
/// on, and the validation rows must be fewer than all. Fails with "bad-spec" or "bad-architecture".
Status check_spec(const ExperimentSpec& spec, std::size_t training_rows);

}  // namespace digitlab
