#include "app/training_control.h"

#include <memory>
#include <utility>

namespace digitlab {

Status TrainingControl::handle(TrainingCommand command) {
    return std::move(command).visit([this]<class Kind>(Kind&& kind) { return on(std::forward<Kind>(kind)); });
}

Status TrainingControl::on(StartTraining&& command) {
    auto spec = command.spec ? Result<ExperimentSpec>(std::move(*command.spec)) : spec_from_form(state_.form);
    if (!spec) return tl::unexpected(spec.error());
    auto run = planner_.new_run(std::move(*spec));
    if (!run) return tl::unexpected(run.error());
    trainings_.enqueue(std::move(*run), nullptr);
    return {};
}

Status TrainingControl::on(StartSweep&& command) {
    auto sweep = command.sweep ? Result<Sweep>(std::move(*command.sweep)) : sweep_from_forms(state_.sweep_form, state_.form);
    if (!sweep) return tl::unexpected(sweep.error());
    auto trials = trials_of(*sweep);
    if (!trials) return tl::unexpected(trials.error());
    // Check all trials before the first begins.
    if (Status checked = planner_.check(*trials); !checked) return checked;
    const std::string name = command.shards > 1 ? sweep->name : sweeps_.unused_name(sweep->name);
    sweeps_.begin(name, sweep->median_stopping);
    for (std::size_t i = 0; i < trials->size(); ++i) {
        if (static_cast<int>(i % static_cast<std::size_t>(command.shards)) != command.shard) continue;
        auto run = planner_.new_run((*trials)[i].spec);
        if (!run) return tl::unexpected(run.error());
        run->sweep = SweepMembership{name, (*trials)[i].values};
        trainings_.enqueue(std::move(*run), nullptr);
    }
    return {};
}

Status TrainingControl::on(const StartBenchmark& command) {
    if (state_.active_trainings() > 0) return fail("busy", "A training is running. Wait for its end or stop it.");
    return benchmark_.start(command.options, state_.environment.threads);
}

Status TrainingControl::on(const ContinueRun& command) {
    const Run* found = find_run(state_, command.id);
    if (!found) return unknown_run(command.id);
    if (trainings_.works_on(command.id)) return fail("busy", "This run is training already.");
    if (!can_continue(*found)) {
        return fail("cannot-continue", "Only a run that was stopped or interrupted can be continued.");
    }
    if (Status claimed = run_store_.claim(command.id); !claimed) return claimed;
    found = find_run(state_, command.id);
    if (!can_continue(*found)) return fail("cannot-continue", "Another program has continued this run already.");
    std::shared_ptr<const Model> checkpoint;
    if (!found->checkpoint_file.empty()) {
        auto kept = run_store_.checkpoint(command.id);
        if (!kept) return tl::unexpected(kept.error());
        checkpoint = std::make_shared<const Model>(std::move(*kept));
    }
    Run run = *found;
    run.failure.clear();
    run.test.reset();
    trainings_.enqueue(std::move(run), std::move(checkpoint));
    return {};
}

}  // namespace digitlab
