#include "nn/optimizer.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "base/json_reader.h"
#include "nn/kernels/simd.h"

namespace digitlab {

namespace {

using simd::Floats;

struct KindName {
    OptimizerKind kind;
    std::string_view name;
    float learning_rate;
};
constexpr std::array<KindName, 6> kinds = {{{OptimizerKind::sgd, "sgd", 0.1F},
                                            {OptimizerKind::momentum, "momentum", 0.02F},
                                            {OptimizerKind::nesterov, "nesterov", 0.02F},
                                            {OptimizerKind::rmsprop, "rmsprop", 0.001F},
                                            {OptimizerKind::adam, "adam", 0.004F},
                                            {OptimizerKind::adamw, "adamw", 0.004F}}};

bool is_one_of(OptimizerKind kind, std::initializer_list<OptimizerKind> some) {
    return std::ranges::find(some, kind) != some.end();
}
bool has_momentum(OptimizerKind kind) { return is_one_of(kind, {OptimizerKind::momentum, OptimizerKind::nesterov}); }
bool has_betas(OptimizerKind kind) { return is_one_of(kind, {OptimizerKind::adam, OptimizerKind::adamw}); }

const KindName& entry(OptimizerKind kind) { return *std::ranges::find(kinds, kind, &KindName::kind); }

/// Floats that one task updates: large enough to be worth a task, small enough for two threads to share a layer's weights.
constexpr std::size_t piece = 16384;

/// Moments below this are practically zero but, once subnormal, make every operation a hundred times slower.
constexpr float smallest_moment = 1e-30F;

Floats flush_tiny(Floats moment) { return simd::select(simd::absolute(moment) < smallest_moment, Floats{}, moment); }

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

/// What one step does to every weight of a parameter.
struct Step {
    float rate = 0;            ///< learning rate; for Adam, divided by 1 - beta1^t
    float second_root = 1;     ///< Adam: sqrt(1 - beta2^t)
    float gradient_scale = 1;  ///< from clipping
    float decay = 0;           ///< weight decay that is added to the gradient
    float shrink = 1;          ///< AdamW: factor of the weight decay
};

/// Calls `update(offset, lanes, weight, gradient)` for vectors that cover [first, last); it returns the new weight.
template <class Update>
void update_weights(const Views& views, std::size_t first, std::size_t last, const Step& step, Update&& update) {
    for_vectors(first, last, [&](std::size_t i, int lanes) {
        const Floats weight = simd::load_lanes(views.value + i, lanes) * step.shrink;
        const Floats gradient = simd::load_lanes(views.gradient + i, lanes) * step.gradient_scale + weight * step.decay;
        simd::store_lanes(views.value + i, update(i, lanes, weight, gradient), lanes);
    });
}

void sgd(const Views& views, std::size_t first, std::size_t last, const Step& step) {
    update_weights(views, first, last, step,
                   [&](std::size_t, int, Floats weight, Floats gradient) { return weight - step.rate * gradient; });
}

void momentum(const Views& views, std::size_t first, std::size_t last, const Step& step, float keep, bool nesterov) {
    update_weights(views, first, last, step, [&](std::size_t i, int lanes, Floats weight, Floats gradient) {
        const Floats velocity = flush_tiny(simd::load_lanes(views.first + i, lanes) * keep + gradient);
        simd::store_lanes(views.first + i, velocity, lanes);
        return weight - step.rate * (nesterov ? gradient + keep * velocity : velocity);
    });
}

void rmsprop(const Views& views, std::size_t first, std::size_t last, const Step& step, const OptimizerSpec& spec) {
    update_weights(views, first, last, step, [&](std::size_t i, int lanes, Floats weight, Floats gradient) {
        const Floats square =
            flush_tiny(simd::load_lanes(views.second + i, lanes) * spec.alpha + gradient * gradient * (1.0F - spec.alpha));
        simd::store_lanes(views.second + i, square, lanes);
        return weight - step.rate * gradient / (simd::square_root(square) + spec.epsilon);
    });
}

void adam(const Views& views, std::size_t first, std::size_t last, const Step& step, const OptimizerSpec& spec) {
    update_weights(views, first, last, step, [&](std::size_t i, int lanes, Floats weight, Floats gradient) {
        const Floats m = flush_tiny(simd::load_lanes(views.first + i, lanes) * spec.beta1 + gradient * (1.0F - spec.beta1));
        const Floats v =
            flush_tiny(simd::load_lanes(views.second + i, lanes) * spec.beta2 + gradient * gradient * (1.0F - spec.beta2));
        simd::store_lanes(views.first + i, m, lanes);
        simd::store_lanes(views.second + i, v, lanes);
        return weight - step.rate * m / (simd::square_root(v) / step.second_root + spec.epsilon);
    });
}

/// The sum of squares, as sixteen sums of every sixteenth value for any vector width.
double sum_of_squares(const float* values, std::size_t first, std::size_t last) {
    constexpr int vectors = simd::padding / simd::width;
    Floats sums[vectors] = {};
    std::size_t i = first;
    for (; i + simd::padding <= last; i += simd::padding) {
        for (int v = 0; v < vectors; ++v) {
            const Floats value = simd::load(values + i + v * simd::width);
            sums[v] = sums[v] + value * value;
        }
    }
    double sum = 0;
    for (const Floats& some : sums) {
        for (int lane = 0; lane < simd::width; ++lane) sum += static_cast<double>(some[lane]);
    }
    for (; i < last; ++i) sum += static_cast<double>(values[i]) * static_cast<double>(values[i]);
    return sum;
}

/// base^exponent by squaring, since the C library's pow differs between platforms.
double power(double base, std::uint64_t exponent) {
    double result = 1;
    for (; exponent > 0; exponent >>= 1U, base *= base) {
        if (exponent & 1U) result *= base;
    }
    return result;
}

/// The tasks of a step are pieces of one parameter after the other.
std::size_t pieces_of(const Parameter& parameter) { return (parameter.gradient.size() + piece - 1) / piece; }

std::size_t pieces_of(std::span<const Parameter> parameters) {
    std::size_t pieces = 0;
    for (const Parameter& parameter : parameters) pieces += pieces_of(parameter);
    return pieces;
}

struct Piece {
    std::size_t parameter, first, last;
};

Piece find_piece(std::span<const Parameter> parameters, std::size_t index) {
    std::size_t p = 0;
    for (; index >= pieces_of(parameters[p]); ++p) index -= pieces_of(parameters[p]);
    return {p, index * piece, std::min((index + 1) * piece, parameters[p].gradient.size())};
}

}  // namespace

std::string to_string(OptimizerKind kind) { return std::string(entry(kind).name); }
float default_learning_rate(OptimizerKind kind) { return entry(kind).learning_rate; }

std::vector<std::string> optimizer_names() {
    std::vector<std::string> names;
    for (const KindName& kind : kinds) names.emplace_back(kind.name);
    return names;
}

Json to_json(const OptimizerSpec& spec) {
    Json json = {{"type", to_string(spec.kind)}};
    if (has_momentum(spec.kind)) json["momentum"] = decimal(spec.momentum);
    if (spec.kind == OptimizerKind::rmsprop) json["alpha"] = decimal(spec.alpha);
    if (has_betas(spec.kind)) {
        json["beta1"] = decimal(spec.beta1);
        json["beta2"] = decimal(spec.beta2);
    }
    if (spec.kind == OptimizerKind::rmsprop || has_betas(spec.kind)) json["epsilon"] = decimal(spec.epsilon);
    if (spec.weight_decay != 0 || spec.kind == OptimizerKind::adamw) json["weightDecay"] = decimal(spec.weight_decay);
    if (spec.clip_norm != 0) json["clipNorm"] = decimal(spec.clip_norm);
    return json;
}

namespace {

Status check(const OptimizerSpec& spec) {
    for (const float share : {spec.momentum, spec.alpha, spec.beta1, spec.beta2}) {
        if (!(share >= 0 && share < 1)) return fail("bad-spec", "Momentum, alpha and betas must be from 0 to below 1.");
    }
    if (!(spec.epsilon > 0 && spec.epsilon < 1)) return fail("bad-spec", "Epsilon must be above 0 and below 1.");
    if (!(spec.weight_decay >= 0 && spec.weight_decay <= 1)) return fail("bad-spec", "Weight decay must be from 0 to 1.");
    if (!(spec.clip_norm >= 0 && spec.clip_norm <= 1e6F)) {
        return fail("bad-spec", "The longest gradient (clipNorm) must be from 0, which means any, to a million.");
    }
    return {};
}

}  // namespace

Result<OptimizerSpec> optimizer_from_json(const Json& json) {
    OptimizerSpec spec;
    const Json object = json.is_string() ? Json{{"type", json}} : json;
    JsonReader reader(
        object, {"bad-spec"},
        "The optimizer must be a name or an object with a type; the types are " + listed(optimizer_names()) + ".");
    std::string name = to_string(spec.kind);
    reader.optional("type", name);
    const auto found = std::ranges::find(kinds, name, &KindName::name);
    reader.check(found != kinds.end(), "There is no optimizer \"" + name + "\"; " + listed(optimizer_names()) + " are known.");
    if (!reader.ok()) return reader.finish(spec);
    spec.kind = found->kind;
    if (spec.kind == OptimizerKind::adamw) spec.weight_decay = 0.01F;
    reader.optional("momentum", spec.momentum);
    reader.optional("alpha", spec.alpha);
    reader.optional("beta1", spec.beta1);
    reader.optional("beta2", spec.beta2);
    reader.optional("epsilon", spec.epsilon);
    reader.optional("weightDecay", spec.weight_decay);
    reader.optional("clipNorm", spec.clip_norm);
    if (reader.ok()) reader.keep(check(spec));
    return reader.finish(spec);
}

Optimizer::Optimizer(const OptimizerSpec& spec, std::span<const Parameter> parameters)
    : spec_(spec), piece_norms_(pieces_of(parameters)) {
    const bool has_first = has_momentum(spec.kind) || has_betas(spec.kind);
    const bool has_second = has_betas(spec.kind) || spec.kind == OptimizerKind::rmsprop;
    for (const Parameter& parameter : parameters) {
        state_.first.emplace_back(has_first ? parameter.gradient.size() : 0);
        state_.second.emplace_back(has_second ? parameter.gradient.size() : 0);
    }
}

bool same_sizes(const std::vector<std::vector<float>>& one, const std::vector<std::vector<float>>& other) {
    return std::ranges::equal(one, other, {}, &std::vector<float>::size, &std::vector<float>::size);
}

bool Optimizer::restore(OptimizerState state) {
    if (!same_sizes(state.first, state_.first) || !same_sizes(state.second, state_.second)) return false;
    state_ = std::move(state);
    return true;
}

double Optimizer::gradient_norm(std::span<const Parameter> parameters, ThreadPool& pool) {
    pool.run(static_cast<int>(piece_norms_.size()), [&](int task) {
        const Piece some = find_piece(parameters, static_cast<std::size_t>(task));
        piece_norms_[static_cast<std::size_t>(task)] =
            sum_of_squares(parameters[some.parameter].gradient.data(), some.first, some.last);
    });
    double sum = 0;
    for (const double norm : piece_norms_) sum += norm;
    return std::sqrt(sum);
}

float Optimizer::clip_factor(std::span<const Parameter> parameters, ThreadPool& pool) {
    if (spec_.clip_norm == 0) return 1;
    // As in PyTorch's clip_grad_norm_.
    return static_cast<float>(std::min(1.0, static_cast<double>(spec_.clip_norm) / (gradient_norm(parameters, pool) + 1e-6)));
}

void Optimizer::step(std::span<Parameter> parameters, float learning_rate, ThreadPool& pool) {
    ++state_.steps;
    Step common;
    common.rate = learning_rate;
    if (has_betas(spec_.kind)) {
        common.rate = static_cast<float>(static_cast<double>(learning_rate) /
                                         (1 - power(static_cast<double>(spec_.beta1), state_.steps)));
        common.second_root = static_cast<float>(std::sqrt(1 - power(static_cast<double>(spec_.beta2), state_.steps)));
    }
    common.gradient_scale = clip_factor(parameters, pool);

    pool.run(static_cast<int>(piece_norms_.size()), [&](int task) {
        const Piece some = find_piece(parameters, static_cast<std::size_t>(task));
        const Parameter& parameter = parameters[some.parameter];
        Step step = common;
        if (parameter.shape.size() > 1) {
            if (spec_.kind == OptimizerKind::adamw) {
                step.shrink = 1 - learning_rate * spec_.weight_decay;
            } else {
                step.decay = spec_.weight_decay;
            }
        }
        const Views views{parameter.value.data(), parameter.gradient.data(), state_.first[some.parameter].data(),
                          state_.second[some.parameter].data()};
        switch (spec_.kind) {
            case OptimizerKind::sgd: sgd(views, some.first, some.last, step); break;
            case OptimizerKind::momentum: momentum(views, some.first, some.last, step, spec_.momentum, false); break;
            case OptimizerKind::nesterov: momentum(views, some.first, some.last, step, spec_.momentum, true); break;
            case OptimizerKind::rmsprop: rmsprop(views, some.first, some.last, step, spec_); break;
            case OptimizerKind::adam:
            case OptimizerKind::adamw: adam(views, some.first, some.last, step, spec_); break;
        }
    });
}

}  // namespace digitlab
