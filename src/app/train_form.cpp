#include "app/train_form.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace digitlab {

namespace {

/// The settings that train the chosen network well; a copy uses those of its original.
ExperimentSpec recipe(const TrainForm& form) {
    if (!form.spec.start_from.empty()) return fine_tune_spec({}, form.spec.start_from);
    auto architecture = find_architecture(form.architecture == custom_id ? form.custom_origin : form.architecture);
    return default_spec(architecture ? *architecture : Architecture{});
}

constexpr std::size_t small_dataset = 10'000;

/// Gives a small data set more epochs and smaller batches, for about a thousand steps: three epochs of 200 images in batches of
/// 64 would teach nothing.
void suit_rows(ExperimentSpec& spec, std::size_t rows) {
    if (rows >= small_dataset) return;
    constexpr std::size_t wanted_steps = 1000;
    constexpr int most_epochs = 50;
    spec.batch_size = std::min(spec.batch_size, rows < 2000 ? 16 : 32);
    const std::size_t steps = std::max<std::size_t>(1, rows / static_cast<std::size_t>(spec.batch_size));
    spec.epochs = std::max(spec.epochs, std::min(most_epochs, static_cast<int>((wanted_steps + steps - 1) / steps)));
}

/// Fills in the recipe of the chosen network; data set, seed and number of threads stay.
void fill_in(TrainForm& form) {
    const std::uint64_t seed = form.spec.seed;
    const int threads = form.spec.threads;
    const std::string dataset = form.spec.dataset;
    form.spec = recipe(form);
    form.spec.dataset = dataset;
    form.spec.seed = seed;
    form.spec.threads = threads;
    suit_rows(form.spec, form.rows);
}

/// Sets the numbers that suit the kind of optimizer in `spec`.
void suit_optimizer(ExperimentSpec& spec, const ExperimentSpec& usual) {
    const float clip_norm = spec.optimizer.clip_norm;
    if (usual.optimizer.kind == spec.optimizer.kind) {
        spec.optimizer = usual.optimizer;
        spec.learning_rate = usual.learning_rate;
    } else {
        // The short form in JSON, a mere name, stands for the defaults.
        if (auto suited = optimizer_from_json(to_string(spec.optimizer.kind))) spec.optimizer = *suited;
        spec.learning_rate = default_learning_rate(spec.optimizer.kind);
    }
    spec.optimizer.clip_norm = clip_norm;
}

}  // namespace

TrainForm default_form(const std::string& architecture_id) {
    TrainForm form;
    form.architecture = architecture_id;
    fill_in(form);
    return form;
}

TrainForm form_for_dataset(TrainForm form, const std::string& dataset, std::size_t rows) {
    const ExperimentSpec usual = recipe(form);
    form.spec.validation_count = usual.validation_count;  // the previous data set may have had fewer
    if (std::min(form.rows, rows) < small_dataset) {
        form.spec.epochs = usual.epochs;
        form.spec.batch_size = usual.batch_size;
    }
    form.spec.dataset = dataset;
    form.rows = rows;
    suit_rows(form.spec, rows);
    return form;
}

TrainForm edited_form(const TrainForm& before, TrainForm wanted) {
    wanted.custom = before.custom;
    wanted.spec.dataset = before.spec.dataset;
    wanted.rows = before.rows;
    wanted.custom_origin = before.custom_origin;
    wanted.layers = before.layers;
    wanted.json_draft = before.json_draft;
    wanted.json_problem = before.json_problem;
    wanted.preset.clear();
    if (wanted.architecture != before.architecture) wanted.spec.start_from.clear();
    if (wanted.architecture != before.architecture || wanted.spec.start_from != before.spec.start_from) {
        fill_in(wanted);
        return wanted;
    }
    if (wanted.spec.optimizer.kind != before.spec.optimizer.kind) suit_optimizer(wanted.spec, recipe(wanted));
    const int subset = wanted.spec.subset;
    if (subset != before.spec.subset && subset > 0) {
        // As in the JSON of a spec, a small subset keeps a tenth for validation.
        wanted.spec.validation_count = std::min(wanted.spec.validation_count, subset / 10);
    }
    return wanted;
}

TrainForm form_of(const TrainForm& before, const ExperimentSpec& spec) {
    TrainForm form = before;
    form.spec = spec;
    form.preset.clear();
    if (!spec.start_from.empty()) return form;
    const auto known = find_architecture(spec.architecture.id);
    if (known && known->layers == spec.architecture.layers) {
        form.architecture = known->id;
        return form;
    }
    form.architecture = custom_id;
    form.custom = spec.architecture;
    form.custom_origin = known ? known->id : "";
    form.layers = check_layers(spec.architecture);
    form.json_draft.clear();
    form.json_problem.clear();
    return form;
}

const Architecture* chosen_architecture(const TrainForm& form) {
    if (!form.spec.start_from.empty()) return nullptr;
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
    ExperimentSpec spec = form.spec;
    if (spec.start_from.empty()) {
        const Architecture* architecture = chosen_architecture(form);
        if (!architecture) return tl::unexpected(find_architecture(form.architecture).error());
        spec.architecture = *architecture;
    } else {
        spec.architecture = {};
    }
    // Go through JSON, whose readers check the ranges.
    auto optimizer = optimizer_from_json(to_json(spec.optimizer));
    if (!optimizer) return tl::unexpected(optimizer.error());
    auto schedule = schedule_from_json(to_json(spec.schedule));
    if (!schedule) return tl::unexpected(schedule.error());
    spec.optimizer = *optimizer;
    spec.schedule = *schedule;
    return spec;
}

}  // namespace digitlab
