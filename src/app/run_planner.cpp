#include "app/run_planner.h"

#include <utility>

#include "nn/architecture.h"

namespace digitlab {

Status RunPlanner::check(ExperimentSpec& spec) const {
    Run unused;
    return check(spec, unused);
}

Status RunPlanner::check(std::vector<SweepTrial>& trials) const {
    for (SweepTrial& trial : trials) {
        if (const Status checked = check(trial.spec); !checked) {
            return fail("bad-sweep", "With " + dump_json(trial.values) + ": " + checked.error().message);
        }
    }
    return {};
}

/// Also finds what the run starts from.
Status RunPlanner::check(ExperimentSpec& spec, Run& run) const {
    if (Status suited = data_.suit(spec); !suited) return suited;
    if (Status known = fine_tuning_.find_start(spec, run); !known) return known;
    return check_spec(spec, state_.datasets.find(spec.dataset)->train_rows);
}

Result<Run> RunPlanner::new_run(ExperimentSpec spec) {
    Run run;
    if (const Status checked = check(spec, run); !checked) return tl::unexpected(checked.error());
    run.id = run_store_.unused_id();
    run.name = run_store_.unused_name(spec.architecture.id);
    const DatasetEntry& dataset = *state_.datasets.find(spec.dataset);
    run.parameters =
        parameter_count(spec.dataset == mnist_id ? spec.architecture : with_classes(spec.architecture, dataset.classes));
    run.class_names = dataset.class_names;
    run.started_unix_secs = unix_clock_();
    run.environment = to_json(state_.environment);
    run.spec = std::move(spec);
    return run;
}

}  // namespace digitlab
