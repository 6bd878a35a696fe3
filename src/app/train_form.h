#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "app/architecture_edit.h"
#include "base/result.h"
#include "nn/architecture.h"
#include "nn/optimizer.h"
#include "train/schedule.h"
#include "train/spec.h"

namespace digitlab {

/// What the user has typed for the next training; checked as it changes.
struct TrainForm {
    std::string architecture = "mlp";  ///< id of the catalogue, or `custom_id`
    std::string dataset = mnist_id;    ///< id; changed by ChooseDataset only
    int epochs = 3;
    int batch_size = 64;
    double learning_rate = 0.004;
    std::uint64_t seed = 1;

    // More settings.
    OptimizerSpec optimizer;
    Schedule schedule;
    float label_smoothing = 0;
    float augmentation = 0;  ///< strength of `standard_augmentation`, 0 to 2
    int validation_count = 5000;
    int subset = 0;

    // The user's own network; kept while another one is chosen.
    std::optional<Architecture> custom;
    std::string custom_origin;  ///< id it was copied from, whose recipe suits it

    // Worked out.
    std::string problem;       ///< why it cannot be started, "" when it can
    LayerCheck layers;         ///< of `custom`
    std::string json_draft;    ///< text that could not be read as an architecture, to be corrected
    std::string json_problem;  ///< why not
};

/// The form of someone who has chosen only the architecture.
TrainForm default_form(const std::string& architecture_id);

/// What becomes of `before` when the user wants `wanted`: another architecture or optimizer brings what suits it, everything
/// else is taken over. The custom network and what is worked out stay those of `before`.
TrainForm edited_form(const TrainForm& before, TrainForm wanted);

/// The chosen network; null when the id is unknown. Points into the form or the catalogue.
const Architecture* chosen_architecture(const TrainForm& form);

/// How strong a `standard_augmentation` this is; 0 when it is none.
float augmentation_strength(const Augmentation& augmentation);

/// The training the form describes. Errors as in `spec_from_json`; ranges that need the data set are left to `check_spec`.
Result<ExperimentSpec> spec_from_form(const TrainForm& form);

}  // namespace digitlab
