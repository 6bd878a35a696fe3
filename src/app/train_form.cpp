#include "app/train_form.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace digitlab {

namespace {

/// What trains the chosen network well; a copy is trained as its original.
ExperimentSpec recipe(const TrainForm& form) {
    auto architecture = find_architecture(form.architecture == custom_id ? form.custom_origin : form.architecture);
    return default_spec(architecture ? *architecture : Architecture{});
}

void fill_in(TrainForm& form, const ExperimentSpec& spec) {
    form.epochs = spec.epochs;
    form.batch_size = spec.batch_size;
    form.learning_rate = static_cast<double>(spec.learning_rate);
    form.optimizer = spec.optimizer;
    form.schedule = spec.schedule;
    form.label_smoothing = spec.label_smoothing;
    form.augmentation = augmentation_strength(spec.augmentation);
    form.validation_count = spec.validation_count;
    form.subset = spec.subset;
}

/// The numbers that suit the form's kind of optimizer.
void suit_optimizer(TrainForm& form) {
    const ExperimentSpec usual = recipe(form);
    const float clip_norm = form.optimizer.clip_norm;
    if (usual.optimizer.kind == form.optimizer.kind) {
        form.optimizer = usual.optimizer;
        form.learning_rate = static_cast<double>(usual.learning_rate);
    } else {
        // Its defaults are those of the JSON's short form.
        if (auto suited = optimizer_from_json(to_string(form.optimizer.kind))) form.optimizer = *suited;
        form.learning_rate = static_cast<double>(default_learning_rate(form.optimizer.kind));
    }
    form.optimizer.clip_norm = clip_norm;
}

}  // namespace

TrainForm default_form(const std::string& architecture_id) {
    TrainForm form;
    form.architecture = architecture_id;
    fill_in(form, recipe(form));
    return form;
}

TrainForm edited_form(const TrainForm& before, TrainForm wanted) {
    wanted.custom = before.custom;
    wanted.dataset = before.dataset;
    wanted.custom_origin = before.custom_origin;
    wanted.layers = before.layers;
    wanted.json_draft = before.json_draft;
    wanted.json_problem = before.json_problem;
    if (wanted.architecture != before.architecture) {
        fill_in(wanted, recipe(wanted));
        return wanted;
    }
    if (wanted.optimizer.kind != before.optimizer.kind) suit_optimizer(wanted);
    if (wanted.subset != before.subset && wanted.subset > 0) {
        // As in the JSON of a spec: a small subset keeps a tenth.
        wanted.validation_count = std::min(wanted.validation_count, wanted.subset / 10);
    }
    return wanted;
}

const Architecture* chosen_architecture(const TrainForm& form) {
    if (form.architecture == custom_id) return form.custom ? &*form.custom : nullptr;
    const auto found = std::ranges::find(catalogue(), form.architecture, &Architecture::id);
    return found == catalogue().end() ? nullptr : &*found;
}

float augmentation_strength(const Augmentation& augmentation) {
    const float strength = augmentation.rotation / standard_augmentation(1).rotation;
    const Augmentation standard = standard_augmentation(strength);
    for (const auto member : {&Augmentation::rotation, &Augmentation::scale, &Augmentation::shift, &Augmentation::shear,
                              &Augmentation::elastic, &Augmentation::thickness, &Augmentation::noise}) {
        if (std::abs(augmentation.*member - standard.*member) > 1e-4F) return 0;
    }
    return strength;
}

Result<ExperimentSpec> spec_from_form(const TrainForm& form) {
    const Architecture* architecture = chosen_architecture(form);
    if (!architecture) return tl::unexpected(find_architecture(form.architecture).error());
    ExperimentSpec spec = recipe(form);
    spec.architecture = *architecture;
    spec.dataset = form.dataset;
    spec.epochs = form.epochs;
    spec.batch_size = form.batch_size;
    spec.learning_rate = static_cast<float>(form.learning_rate);
    spec.seed = form.seed;
    spec.label_smoothing = form.label_smoothing;
    spec.augmentation = standard_augmentation(form.augmentation);
    spec.validation_count = form.validation_count;
    spec.subset = form.subset;
    // Through JSON, whose readers check the ranges.
    auto optimizer = optimizer_from_json(to_json(form.optimizer));
    if (!optimizer) return tl::unexpected(optimizer.error());
    auto schedule = schedule_from_json(to_json(form.schedule));
    if (!schedule) return tl::unexpected(schedule.error());
    spec.optimizer = *optimizer;
    spec.schedule = *schedule;
    return spec;
}

}  // namespace digitlab
