#include "nn/optimizer.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "nn/kernels/simd.h"

namespace digitlab {

namespace {

using simd::Floats;

struct KindName {
    OptimizerKind kind;
    std::string_view name;
    float learning_rate;
};
constexpr std::array<KindName, 3> kinds = {
    {{OptimizerKind::sgd, "sgd", 0.1F}, {OptimizerKind::momentum, "momentum", 0.02F}, {OptimizerKind::adam, "adam", 0.004F}}};

const KindName& entry(OptimizerKind kind) { return *std::ranges::find(kinds, kind, &KindName::kind); }

/// Floats one task updates: large enough to be worth handing out, small enough that two threads share a layer's weights.
constexpr std::size_t piece = 16384;

/// Moments below this are as good as zero but, once subnormal, make every operation a hundred times slower.
constexpr float smallest_moment = 1e-30F;

Floats without_dust(Floats moment) { return simd::select(simd::absolute(moment) < smallest_moment, Floats{}, moment); }

/// Calls `update(offset, lanes)` for vectors that cover [first, last).
template <class Update>
void for_vectors(std::size_t first, std::size_t last, Update update) {
    constexpr auto width = static_cast<std::size_t>(simd::width);
    for (std::size_t i = first; i < last; i += width) update(i, static_cast<int>(std::min(width, last - i)));
}

struct Views {
    float* value;
    const float* gradient;
    float* first;
    float* second;
};

Floats load(const float* from, int lanes) { return lanes == simd::width ? simd::load(from) : simd::load_some(from, lanes); }

void store(float* to, Floats value, int lanes) {
    if (lanes == simd::width) {
        simd::store(to, value);
    } else {
        simd::store_some(to, value, lanes);
    }
}

void sgd(const Views& views, std::size_t first, std::size_t last, float learning_rate) {
    for_vectors(first, last, [&](std::size_t i, int lanes) {
        const Floats gradient = load(views.gradient + i, lanes);
        store(views.value + i, load(views.value + i, lanes) - learning_rate * gradient, lanes);
    });
}

void momentum(const Views& views, std::size_t first, std::size_t last, float learning_rate, float keep) {
    for_vectors(first, last, [&](std::size_t i, int lanes) {
        const Floats gradient = load(views.gradient + i, lanes);
        const Floats velocity = without_dust(load(views.first + i, lanes) * keep + gradient);
        store(views.first + i, velocity, lanes);
        store(views.value + i, load(views.value + i, lanes) - learning_rate * velocity, lanes);
    });
}

/// Adam's constants of one step, bias corrections included.
struct AdamStep {
    float beta1, beta2, epsilon;
    float rate;         ///< learning rate / (1 - beta1^t)
    float second_root;  ///< sqrt(1 - beta2^t)
};

void adam(const Views& views, std::size_t first, std::size_t last, const AdamStep& step) {
    for_vectors(first, last, [&](std::size_t i, int lanes) {
        const Floats gradient = load(views.gradient + i, lanes);
        const Floats m = without_dust(load(views.first + i, lanes) * step.beta1 + gradient * (1.0F - step.beta1));
        const Floats v = without_dust(load(views.second + i, lanes) * step.beta2 + gradient * gradient * (1.0F - step.beta2));
        store(views.first + i, m, lanes);
        store(views.second + i, v, lanes);
        const Floats size = simd::square_root(v) / step.second_root + step.epsilon;
        store(views.value + i, load(views.value + i, lanes) - step.rate * m / size, lanes);
    });
}

/// beta^steps by squaring: the C library's pow differs between platforms.
double power(double base, std::uint64_t exponent) {
    double result = 1;
    for (; exponent > 0; exponent >>= 1U, base *= base) {
        if (exponent & 1U) result *= base;
    }
    return result;
}

}  // namespace

std::string to_string(OptimizerKind kind) { return std::string(entry(kind).name); }
float default_learning_rate(OptimizerKind kind) { return entry(kind).learning_rate; }

Json to_json(const OptimizerSpec& spec) {
    Json json = {{"type", to_string(spec.kind)}};
    if (spec.kind == OptimizerKind::momentum) json["momentum"] = spec.momentum;
    if (spec.kind == OptimizerKind::adam) {
        json["beta1"] = spec.beta1;
        json["beta2"] = spec.beta2;
        json["epsilon"] = spec.epsilon;
    }
    return json;
}

Result<OptimizerSpec> optimizer_from_json(const Json& json) {
    OptimizerSpec spec;
    const Json object = json.is_string() ? Json{{"type", json}} : json;
    if (!object.is_object()) return fail("bad-spec", "The optimizer must be \"sgd\", \"momentum\" or \"adam\".");
    std::string name = "adam";
    const std::pair<const char*, float*> numbers[] = {
        {"momentum", &spec.momentum}, {"beta1", &spec.beta1}, {"beta2", &spec.beta2}, {"epsilon", &spec.epsilon}};
    Status read = read_optional(object, "type", name);
    for (const auto& [key, target] : numbers) {
        if (read) read = read_optional(object, key, *target);
    }
    if (!read) return fail("bad-spec", read.error().message);
    const auto found = std::ranges::find(kinds, name, &KindName::name);
    if (found == kinds.end())
        return fail("bad-spec", "There is no optimizer \"" + name + "\"; sgd, momentum and adam are known.");
    spec.kind = found->kind;
    for (const float share : {spec.momentum, spec.beta1, spec.beta2}) {
        if (!(share >= 0 && share < 1)) return fail("bad-spec", "Momentum and betas must be from 0 to below 1.");
    }
    if (!(spec.epsilon > 0 && spec.epsilon < 1)) return fail("bad-spec", "Epsilon must be above 0 and below 1.");
    return spec;
}

Optimizer::Optimizer(const OptimizerSpec& spec, std::span<const Parameter> parameters) : spec_(spec) {
    const bool has_first = spec.kind != OptimizerKind::sgd;
    const bool has_second = spec.kind == OptimizerKind::adam;
    for (const Parameter& parameter : parameters) {
        first_.emplace_back(has_first ? parameter.value.size() : 0);
        second_.emplace_back(has_second ? parameter.value.size() : 0);
    }
}

void Optimizer::step(std::span<Parameter> parameters, float learning_rate, ThreadPool& pool) {
    ++steps_;
    AdamStep adam_step{spec_.beta1, spec_.beta2, spec_.epsilon, 0, 0};
    adam_step.rate =
        static_cast<float>(static_cast<double>(learning_rate) / (1 - power(static_cast<double>(spec_.beta1), steps_)));
    adam_step.second_root = static_cast<float>(std::sqrt(1 - power(static_cast<double>(spec_.beta2), steps_)));

    const auto pieces_of = [](const Parameter& parameter) { return (parameter.value.size() + piece - 1) / piece; };
    std::size_t pieces = 0;
    for (const Parameter& parameter : parameters) pieces += pieces_of(parameter);

    pool.run(static_cast<int>(pieces), [&](int task) {
        auto index = static_cast<std::size_t>(task);
        std::size_t p = 0;
        for (; index >= pieces_of(parameters[p]); ++p) index -= pieces_of(parameters[p]);
        const Parameter& parameter = parameters[p];
        const Views views{parameter.value.data(), parameter.gradient.data(), first_[p].data(), second_[p].data()};
        const std::size_t first = index * piece;
        const std::size_t last = std::min(first + piece, parameter.value.size());
        switch (spec_.kind) {
            case OptimizerKind::sgd: sgd(views, first, last, learning_rate); break;
            case OptimizerKind::momentum: momentum(views, first, last, learning_rate, spec_.momentum); break;
            case OptimizerKind::adam: adam(views, first, last, adam_step); break;
        }
    });
}

}  // namespace digitlab
