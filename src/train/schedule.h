#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "base/result.h"

namespace digitlab {

enum class ScheduleKind { constant, linear, step, cosine, one_cycle };

/// How the learning rate changes during a run, as a factor of the spec's rate.
///
/// `linear` falls to zero, which ends a run of any length with small steps and performs best among simple schedules (Defazio
/// et al., "Optimal linear decay learning rate schedules", 2023). `step` and `cosine` are PyTorch's StepLR and
/// CosineAnnealingLR; `one_cycle` is PyTorch's OneCycleLR (Smith and Topin, 2019): up from 1/25 over the first 30 %, then down
/// to nearly zero, both along a cosine.
///
/// JSON: a name, or {"type": "step", "warmup": 0.05, "stepEpochs": 2, "factor": 0.5}.
struct Schedule {
    ScheduleKind kind = ScheduleKind::linear;
    float warmup = 0;     ///< share of the run, 0 to 0.5, in which the rate first rises from zero
    int step_epochs = 1;  ///< step: epochs between two drops
    float factor = 0.5F;  ///< step: factor of the rate at each drop

    bool operator==(const Schedule&) const = default;
};

std::string to_string(ScheduleKind kind);
/// The names of all kinds, in the order in which they are offered.
std::vector<std::string> schedule_names();

Json to_json(const Schedule& schedule);
/// Fails with "bad-spec".
Result<Schedule> schedule_from_json(const Json& json);

/// The factor for step number `step` (from 0) of `steps`, with `steps_per_epoch` steps per epoch. The same bits in every
/// build.
double rate_factor(const Schedule& schedule, long long step, long long steps, long long steps_per_epoch);

}  // namespace digitlab
