#pragma once

#include <optional>
#include <string>

#include "app/architecture_edit.h"
#include "base/result.h"
#include "nn/architecture.h"
#include "train/spec.h"

namespace digitlab {

/// What the user has chosen for the next training; checked as it changes.
struct TrainForm {
    std::string architecture = "mlp";  ///< id of the catalogue, or `custom_id`
    /// Everything else. Its architecture counts only when it goes on from a model, whose it then is.
    ExperimentSpec spec;
    std::string preset;  ///< id of the one it was filled in by, as long as nothing was changed; else ""

    // The user's own network; kept while another one is chosen.
    std::optional<Architecture> custom;
    std::string custom_origin;  ///< id it was copied from, whose recipe suits it

    // Worked out.
    std::size_t rows = 60'000;  ///< of the data set, to train on and to validate with
    std::string problem;        ///< why it cannot be started, "" when it can
    LayerCheck layers;          ///< of `custom`
    std::string json_draft;     ///< text that could not be read as an architecture, to be corrected
    std::string json_problem;   ///< why not
};

/// The form of someone who has chosen only the architecture.
TrainForm default_form(const std::string& architecture_id);

/// The form for another data set of so many rows; with a small one, or after it, batches and epochs become those that suit it.
TrainForm form_for_dataset(TrainForm form, const std::string& dataset, std::size_t rows);

/// What becomes of `before` when the user wants `wanted`: another architecture, optimizer or model to start from brings what
/// suits it, everything else is taken over. The custom network and what is worked out stay those of `before`.
TrainForm edited_form(const TrainForm& before, TrainForm wanted);

/// The form that describes the training of `spec`; a custom network in the spec becomes the form's.
TrainForm form_of(const TrainForm& before, const ExperimentSpec& spec);

/// The chosen network; null when the id is unknown or a model's is gone on from. Points into the form or the catalogue.
const Architecture* chosen_architecture(const TrainForm& form);

/// How strong a `standard_augmentation` this is; 0 when it is none.
float augmentation_strength(const Augmentation& augmentation);

/// The training the form describes; without an architecture when it goes on from a model. Errors as in `spec_from_json`; ranges
/// that need the data set or the model are left to `check_spec`.
Result<ExperimentSpec> spec_from_form(const TrainForm& form);

}  // namespace digitlab
