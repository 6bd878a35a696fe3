#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/json.h"
#include "base/result.h"
#include "nn/architecture.h"
#include "nn/optimizer.h"

namespace digitlab {

/// How the learning rate goes through a run. `linear` falls from the spec's rate to zero, which ends a run of any length with
/// small steps and measures best among simple schedules (Defazio et al., "Optimal linear decay learning rate schedules", 2023).
enum class Schedule { constant, linear };

/// Everything needed to repeat a run. JSON as in the JavaScript API: {architecture, epochs, batchSize, seed,
/// learningRate, schedule, optimizer, validationCount, subset}; `architecture` is an id of the catalogue or an architecture
/// object.
struct ExperimentSpec {
    Architecture architecture;
    int epochs = 3;
    int batch_size = 64;
    std::uint64_t seed = 1;
    OptimizerSpec optimizer;
    float learning_rate = 0.004F;  ///< where the schedule starts
    Schedule schedule = Schedule::linear;
    int validation_count = 5000;  ///< rows taken from the training set; by default at most a tenth of a subset
    int subset = 0;               ///< train on this many rows only; 0 means all

    bool operator==(const ExperimentSpec&) const = default;
};

std::string to_string(Schedule schedule);

/// Defaults for an architecture of the catalogue.
ExperimentSpec default_spec(const Architecture& architecture);

/// Fills in defaults and checks every field. Errors have code "bad-spec" or "unknown-architecture" and name the field and
/// its allowed range; unknown keys are errors too, so that a misspelt one is not silently ignored.
Result<ExperimentSpec> spec_from_json(const Json& json);
Json to_json(const ExperimentSpec& spec);

/// Ranges: epochs 1-1000, batch size 1-1024 and not above the training rows, learning rate finite in (0, 10], validation
/// count 0 to training rows - 1. Code "bad-spec".
Status check_spec(const ExperimentSpec& spec, std::size_t training_rows);

}  // namespace digitlab
