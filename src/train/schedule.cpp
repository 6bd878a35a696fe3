#include "train/schedule.h"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "base/json_reader.h"
#include "base/portable_math.h"

namespace digitlab {

namespace {

constexpr JsonWord<ScheduleKind> kinds[] = {{ScheduleKind::linear, "linear"},
                                            {ScheduleKind::constant, "constant"},
                                            {ScheduleKind::step, "step"},
                                            {ScheduleKind::cosine, "cosine"},
                                            {ScheduleKind::one_cycle, "one-cycle"}};

constexpr double pi = 3.14159265358979324;

/// Goes from `start` to `end` along half a cosine as `share` goes from 0 to 1.
double along_cosine(double start, double end, double share) {
    return end + (start - end) / 2 * (1 + portable_cosine(pi * share));
}

double one_cycle(double step, double steps) {
    constexpr double first = 1 / 25.0, last = first / 1e4, rise = 0.3;
    const double top = std::max(rise * steps - 1, 0.0);
    if (step <= top) return along_cosine(first, 1, top > 0 ? step / top : 1);
    return along_cosine(1, last, (step - top) / (steps - 1 - top));
}

double power(double base, long long exponent) {
    double result = 1;
    for (long long i = 0; i < exponent; ++i) result *= base;
    return result;
}

}  // namespace

std::string to_string(ScheduleKind kind) { return word_for(kinds, kind); }

std::vector<std::string> schedule_names() { return all_words<ScheduleKind>(kinds); }

Json to_json(const Schedule& schedule) {
    const Schedule plain{schedule.kind};
    if (schedule == plain) return to_string(schedule.kind);
    Json json = {{"type", to_string(schedule.kind)}};
    if (schedule.warmup != 0) json["warmup"] = decimal(schedule.warmup);
    if (schedule.kind == ScheduleKind::step) {
        json["stepEpochs"] = schedule.step_epochs;
        json["factor"] = decimal(schedule.factor);
    }
    return json;
}

Result<Schedule> schedule_from_json(const Json& json) {
    const Json object = json.is_string() ? Json{{"type", json}} : json;
    Schedule schedule;
    std::string name = to_string(schedule.kind);
    JsonReader reader(object, {"bad-spec"}, "The schedule must be a name or an object with a type.");
    reader.optional("type", name);
    reader.optional("warmup", schedule.warmup);
    reader.optional("stepEpochs", schedule.step_epochs);
    reader.optional("factor", schedule.factor);
    const auto found = std::ranges::find(kinds, name, &JsonWord<ScheduleKind>::word);
    reader.check(found != std::end(kinds),
                 "There is no schedule \"" + name + "\"; " + listed(schedule_names()) + " are known.");
    if (reader.ok()) schedule.kind = found->value;
    reader.check(schedule.warmup >= 0 && schedule.warmup <= 0.5F, "The warm-up must be from 0 to 0.5 of the run.");
    reader.check(schedule.step_epochs >= 1 && schedule.step_epochs <= 1000, "Step epochs must be from 1 to 1000.");
    reader.check(schedule.factor > 0 && schedule.factor <= 1, "The schedule's factor must be above 0 and at most 1.");
    return reader.finish(schedule);
}

double rate_factor(const Schedule& schedule, long long step, long long steps, long long steps_per_epoch) {
    const auto warmup_steps = static_cast<long long>(static_cast<double>(schedule.warmup) * static_cast<double>(steps));
    if (step < warmup_steps) return static_cast<double>(step + 1) / static_cast<double>(warmup_steps + 1);
    const auto done = static_cast<double>(step - warmup_steps), all = static_cast<double>(steps - warmup_steps);
    switch (schedule.kind) {
        case ScheduleKind::constant: return 1;
        case ScheduleKind::linear: return 1 - done / all;
        case ScheduleKind::step:
            return power(static_cast<double>(schedule.factor), step / (steps_per_epoch * schedule.step_epochs));
        case ScheduleKind::cosine: return along_cosine(1, 0, done / all);
        case ScheduleKind::one_cycle: return one_cycle(done, all);
    }
    return 1;
}

}  // namespace digitlab
