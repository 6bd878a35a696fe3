#pragma once

#include <optional>
#include <string>

#include "app/architecture_edit.h"
#include "base/result.h"
#include "nn/architecture.h"
#include "train/spec.h"

namespace digitlab {

/// The user's choices for the next run; checked as they change.
struct TrainForm {
    std::string architecture = "mlp";  ///< id of the catalogue, or `custom_id`
    /// Everything else. Its architecture counts only when the run starts from a model, and is then that model's.
    ExperimentSpec spec;
    std::string preset;  ///< id of the preset that filled in the form; "" after any other change

    // The user's own network, kept while another one is chosen.
    std::optional<Architecture> custom;
    std::string custom_origin;  ///< id of the original, whose recipe suits it

    // Computed.
    std::size_t rows = 60'000;  ///< of the data set, for training and validation
    std::string problem;        ///< why it cannot be started, "" when it can
    LayerCheck layers;          ///< of `custom`
    std::string json_draft;     ///< text that is not a valid architecture, for the user to correct
    std::string json_problem;   ///< what is wrong with it
};

/// The form with the recipe of an architecture and all other defaults.
TrainForm default_form(const std::string& architecture_id);

/// The form for another data set with `rows` rows. If the new or the old data set is small, batch size and epochs are adapted.
TrainForm form_for_dataset(TrainForm form, const std::string& dataset, std::size_t rows);

/// The form after the user's change from `before` to `wanted`: a new architecture, optimizer or model to start from brings the
/// settings that suit it; everything else is as in `wanted`. The custom network and the computed fields stay those of `before`.
TrainForm edited_form(const TrainForm& before, TrainForm wanted);

/// The form that describes `spec`; a custom network in the spec becomes the form's.
TrainForm form_of(const TrainForm& before, const ExperimentSpec& spec);

/// The chosen network; null when the id is unknown or the run starts from a model. Points into the form or the catalogue.
const Architecture* chosen_architecture(const TrainForm& form);

/// The strength of the `standard_augmentation` that this is; 0 when it is not one.
float augmentation_strength(const Augmentation& augmentation);

/// The spec that the form describes, without an architecture when it starts from a model. Fails like `spec_from_json`; ranges
/// that depend on the data set or the model are left to `check_spec`.
Result<ExperimentSpec> spec_from_form(const TrainForm& form);

}  // namespace digitlab
