#include "train/sweep.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/json_reader.h"
#include "base/random.h"

namespace digitlab {

namespace {

constexpr std::size_t fewest_others = 3;

constexpr JsonWord<bool> searches[] = {{false, "grid"}, {true, "random"}};
constexpr JsonWord<bool> scales[] = {{false, "linear"}, {true, "log"}};

tl::unexpected<Error> bad(const std::string& message) { return fail("bad-sweep", message); }

Result<SweepField> field_from_json(const std::string& key, const Json& json) {
    SweepField field;
    field.key = key;
    const std::string name = "\"" + key + "\"";
    if (json.is_array()) {
        field.values.assign(json.begin(), json.end());
        if (field.values.empty()) return bad(name + " has no values to try.");
        return field;
    }
    if (!json.is_object()) return bad(name + " must be a list of values or a range {\"from\": …, \"to\": …}.");
    bool given = true;
    for (const char* key : {"from", "to"}) given &= json.contains(key);
    JsonReader reader(json, {"bad-sweep", name + ": "});
    reader.optional("from", field.low);
    reader.optional("to", field.high);
    reader.optional("scale", field.logarithmic, scales);
    reader.check(given && field.low < field.high, "it needs \"from\" and \"to\", the first smaller than the second.");
    reader.check(!field.logarithmic || field.low > 0, "a logarithmic range begins above 0.");
    if (!reader.ok()) return reader.finish(std::move(field));
    field.whole = json["from"].is_number_integer() && json["to"].is_number_integer();
    return field;
}

/// Draws a value of the field at random.
Json draw(const SweepField& field, RandomStream& random) {
    if (!field.values.empty()) return field.values[random.below(static_cast<std::uint32_t>(field.values.size()))];
    const double share = static_cast<double>(random.uniform());
    if (field.whole && !field.logarithmic) {
        const double width = field.high - field.low + 1;
        return static_cast<std::int64_t>(field.low + std::floor(share * width));
    }
    const double value =
        field.logarithmic ? field.low * std::pow(field.high / field.low, share) : field.low + (field.high - field.low) * share;
    if (field.whole) return static_cast<std::int64_t>(std::lround(value));
    // Fewer digits read better and give the same value on every platform, however its pow rounds.
    const double unit = std::pow(10.0, std::floor(std::log10(std::abs(value) + 1e-300)) - 2);
    return decimal(static_cast<float>(std::round(value / unit) * unit));
}

/// Sets a key such as "optimizer.weightDecay" to `value`; a word in place of the object becomes its type.
void set_field(Json& spec, const std::string& key, const Json& value) {
    const std::size_t dot = key.find('.');
    if (dot == std::string::npos) {
        spec[key] = value;
        return;
    }
    Json& inner = spec[key.substr(0, dot)];
    if (inner.is_string()) inner = Json{{"type", inner}};
    if (!inner.is_object()) inner = Json::object();
    inner[key.substr(dot + 1)] = value;
}

Result<SweepTrial> trial_of(const Sweep& sweep, Json values) {
    Json spec = sweep.base;
    for (const auto& [key, value] : values.items()) set_field(spec, key, value);
    auto read = spec_from_json(spec);
    if (!read) return bad("With " + dump_json(values) + ": " + read.error().message);
    return SweepTrial{std::move(values), std::move(*read)};
}

std::size_t combinations(const Sweep& sweep) {
    std::size_t count = 1;
    for (const SweepField& field : sweep.fields)
        count = std::min<std::size_t>(count * field.values.size(), most_sweep_runs + 1);
    return count;
}

/// The values of combination number `index` of a grid.
Json grid_values(const Sweep& sweep, std::size_t index) {
    std::vector<const Json*> chosen(sweep.fields.size());
    for (std::size_t f = sweep.fields.size(); f-- > 0;) {
        const auto& values = sweep.fields[f].values;
        chosen[f] = &values[index % values.size()];
        index /= values.size();
    }
    Json values = Json::object();
    for (std::size_t f = 0; f < chosen.size(); ++f) values[sweep.fields[f].key] = *chosen[f];
    return values;
}

Json random_values(const Sweep& sweep, std::size_t index) {
    RandomStream random(sweep.seed, RandomPurpose::sampling, static_cast<std::uint32_t>(index), 1);
    Json values = Json::object();
    for (const SweepField& field : sweep.fields) values[field.key] = draw(field, random);
    return values;
}

double best_until(const std::vector<EpochMetrics>& epochs, std::size_t count) {
    double best = 0;
    for (std::size_t i = 0; i < count; ++i) best = std::max(best, epochs[i].validation_accuracy);
    return best;
}

}  // namespace

Result<Sweep> sweep_from_json(const Json& json) {
    Sweep sweep;
    Json vary;
    JsonReader reader(json, {"bad-sweep"}, "A sweep is described by an object with \"vary\".");
    reader.known_keys({"name", "base", "vary", "search", "runs", "seed", "medianStopping"}, "a setting of a sweep");
    reader.optional("name", sweep.name);
    reader.optional("search", sweep.random, searches);
    reader.optional("runs", sweep.runs);
    reader.optional("seed", sweep.seed);
    reader.optional("medianStopping", sweep.median_stopping);
    reader.object("base", sweep.base);
    reader.object("vary", vary);
    reader.check(!vary.empty(), "\"vary\" must name what to vary, such as {\"learningRate\": [0.001, 0.01]}.");
    if (!reader.ok()) return reader.finish(std::move(sweep));
    for (const auto& [key, values] : vary.items()) {
        auto field = field_from_json(key, values);
        if (!field) return tl::unexpected(field.error());
        if (field->values.empty() && !sweep.random) return bad("\"" + key + "\": a range needs \"search\": \"random\".");
        sweep.fields.push_back(std::move(*field));
    }
    if (sweep.random && (sweep.runs < 1 || sweep.runs > most_sweep_runs)) {
        return bad("A random search needs \"runs\", from 1 to " + std::to_string(most_sweep_runs) + ".");
    }
    return sweep;
}

Result<std::vector<SweepTrial>> trials_of(const Sweep& sweep) {
    const std::size_t count = sweep.random ? static_cast<std::size_t>(sweep.runs) : combinations(sweep);
    if (count > most_sweep_runs) {
        return bad("These are more than " + std::to_string(most_sweep_runs) + " combinations. Vary less, or search at random.");
    }
    std::vector<SweepTrial> trials;
    for (std::size_t i = 0; i < count; ++i) {
        auto trial = trial_of(sweep, sweep.random ? random_values(sweep, i) : grid_values(sweep, i));
        if (!trial) return tl::unexpected(trial.error());
        trials.push_back(std::move(*trial));
    }
    return trials;
}

bool is_below_median(const std::vector<EpochMetrics>& epochs, const std::vector<std::vector<EpochMetrics>>& others) {
    std::vector<double> bests;
    for (const auto& other : others) {
        if (other.size() >= epochs.size()) bests.push_back(best_until(other, epochs.size()));
    }
    if (epochs.empty() || bests.size() < fewest_others) return false;
    const auto middle = bests.begin() + static_cast<std::ptrdiff_t>(bests.size() / 2);
    std::ranges::nth_element(bests, middle);
    return best_until(epochs, epochs.size()) < *middle;
}

}  // namespace digitlab
