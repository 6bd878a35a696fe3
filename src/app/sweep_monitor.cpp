#include "app/sweep_monitor.h"

#include <algorithm>

namespace digitlab {

std::string SweepMonitor::unused_name(const std::string& wanted) const {
    const auto taken = [&](const std::string& name) {
        return std::ranges::any_of(state_.runs, [&](const Run& run) { return run.sweep && run.sweep->name == name; });
    };
    std::string name = wanted;
    for (int number = 2; taken(name); ++number) name = wanted + " " + std::to_string(number);
    return name;
}

void SweepMonitor::begin(const std::string& name, bool median_stopping) {
    if (median_stopping) stopping_.insert(name);
}

void SweepMonitor::follow(const Run& run) {
    if (!run.sweep || run.status != RunStatus::running || !stopping_.contains(run.sweep->name)) return;
    if (static_cast<int>(run.epochs.size()) >= run.spec.epochs) return;
    std::vector<std::vector<EpochMetrics>> others;
    for (const Run& other : state_.runs) {
        if (other.id != run.id && other.sweep && other.sweep->name == run.sweep->name) others.push_back(other.epochs);
    }
    if (is_below_median(run.epochs, others)) {
        (void)trainings_.stop(run.id, "Stopped after epoch " + std::to_string(run.epochs.size()) +
                                          ": most others of the sweep were better by then.");
    }
}

std::vector<const Run*> ranked_runs(const State& state, const std::string& sweep) {
    std::vector<const Run*> runs;
    for (const Run& run : state.runs) {
        if (run.sweep && run.sweep->name == sweep) runs.push_back(&run);
    }
    std::ranges::stable_sort(runs, std::ranges::greater{}, [](const Run* run) { return best_validation_accuracy(*run); });
    return runs;
}

double best_validation_accuracy(const Run& run) {
    double best = 0;
    for (const EpochMetrics& epoch : run.epochs) best = std::max(best, epoch.validation_accuracy);
    return best;
}

}  // namespace digitlab
