#include "app/fine_tuning.h"

#include <utility>

#include "train/fine_tune.h"

namespace digitlab {

Status FineTuning::find_start(ExperimentSpec& spec, Run& run) const {
    if (spec.drawings && labelled_count(state_.drawings) == 0) {
        return fail("no-drawings", "There are no labelled drawings to train on. Say of some what they truly are first.");
    }
    if (spec.start_from.empty() && !spec.drawings) return {};
    run.fine_tune.emplace();
    if (spec.start_from.empty()) return {};
    const auto architecture = predictor_.architecture(spec.start_from);
    if (!architecture) return tl::unexpected(architecture.error());
    if (spec.architecture.layers.empty()) spec.architecture = *architecture;
    const int outputs = architecture->layers.back().units;
    const bool digits = spec.dataset == mnist_id && predictor_.classes(spec.start_from).dataset == mnist_id;
    if (with_classes(spec.architecture, digits ? spec.architecture.layers.back().units : outputs).layers !=
        architecture->layers) {
        return fail("bad-spec", "The model to start from has other layers than the architecture to train.");
    }
    if (const int classes = state_.datasets.find(spec.dataset)->classes; !digits && outputs != classes) {
        if (spec.architecture.layers.size() == 1) {
            return fail("bad-spec", "The model to start from tells " + std::to_string(outputs) +
                                        " classes apart, the data set has " + std::to_string(classes) +
                                        ", and its only layer is the one that would begin anew.");
        }
        spec.architecture = with_classes(std::move(spec.architecture), classes);
        run.fine_tune->new_last_layer = true;
    }
    run.fine_tune->parent = spec.start_from;
    run.fine_tune->parent_name = model_name(state_, spec.start_from);
    if (predictor_.classes(spec.start_from).dataset != spec.dataset) return {};
    if (const Run* parent = find_run(state_, spec.start_from); parent && parent->test) {
        run.fine_tune->parent_test_accuracy = parent->test->accuracy;
    }
    for (const ReadyModel& ready : state_.ready_models) {
        if (ready.id == spec.start_from) run.fine_tune->parent_test_accuracy = ready.test_accuracy;
    }
    return {};
}

Result<TrainingInput> FineTuning::input(const Run& run, const DataPair& data) {
    TrainingInput input(data);
    if (run.spec.drawings) {
        const DrawingSplit& split = tuned_on_[run.id] = split_drawings(state_.drawings.all);
        auto mixed = mix_in(dataset_of(split.trained), data, run.spec);
        if (!mixed) return mixed;
        input = std::move(*mixed);
    }
    if (run.spec.start_from.empty()) return input;
    auto start = predictor_.model(run.spec.start_from);
    if (!start) return tl::unexpected(start.error());
    input.start = std::make_shared<const Model>(std::move(*start));
    return input;
}

void FineTuning::began(const Run& run) {
    if (run.spec.drawings) score(run.id, run.spec.start_from, false);
}

void FineTuning::ended(const Run& run) {
    if (run.spec.drawings) score(run.id, run.id, true);
}

/// Counts the correct answers of `model` to the drawings that the run is trained on, and to those held out.
void FineTuning::score(const std::string& run_id, const std::string& model, bool after) {
    const DrawingSplit& split = tuned_on_[run_id];
    const std::size_t trained = split.trained.size();
    evaluations_.add(model, split.both(), [this, run_id, trained, after](const Evaluation& evaluation, const Status& status) {
        const Run* found = find_run(state_, run_id);
        const std::size_t total = evaluation.drawings.size();
        if (!found || !found->fine_tune || (status && evaluation.digits.size() < total)) return;
        Run run = *found;
        const auto note = [&](DrawingScore& score, std::size_t first, std::size_t count) {
            score.count = static_cast<int>(count);
            if (status) (after ? score.right_after : score.right_before) = evaluation.right(first, count);
        };
        note(run.fine_tune->trained, 0, trained);
        note(run.fine_tune->held_out, trained, total - trained);
        run_store_.keep(run, nullptr);
    });
    if (after) tuned_on_.erase(run_id);
}

}  // namespace digitlab
