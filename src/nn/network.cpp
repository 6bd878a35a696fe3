#include "nn/network.h"

#include <algorithm>
#include <new>
#include <utility>

#include "base/clock.h"
#include "nn/kernels/cross_entropy.h"
#include "nn/layers/add_layer.h"
#include "nn/layers/make_layers.h"

namespace digitlab {

namespace {

/// The most floats that a network's activations and their gradients may take: one gigabyte.
constexpr std::size_t most_activations = std::size_t{1} << 28;

/// For callers that do not need to be called for every layer.
constexpr auto ignore = [](std::size_t) {};

void release(tiny_dnn::tensor_t& tensor) { tensor[0] = tiny_dnn::vec_t(); }

std::vector<int> standard_shape(const std::vector<int>& stored, LayerKind kind) {
    if (stored.size() == 1) return stored;
    if (kind == LayerKind::convolution) return {stored[3], stored[2], stored[0], stored[1]};
    return {stored[3], stored[0] * stored[1] * stored[2]};
}

/// Calls visit(index as stored, index in standard order) for every value.
template <class Visit>
void for_each_value(const Parameter& parameter, Visit&& visit) {
    const auto [height, width, inputs, outputs] = parameter.stored_shape;
    std::size_t stored = 0;
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            for (int in = 0; in < inputs; ++in) {
                for (int out = 0; out < outputs; ++out) {
                    visit(stored++, static_cast<std::size_t>(((out * inputs + in) * height + y) * width + x));
                }
            }
        }
    }
}

}  // namespace

std::vector<float> standard_order(const Parameter& parameter, std::span<const float> values) {
    std::vector<float> result(values.size());
    for_each_value(parameter, [&](std::size_t stored, std::size_t standard) { result[standard] = values[stored]; });
    return result;
}

void set_from_standard_order(Parameter& parameter, std::span<const float> standard) {
    for_each_value(parameter, [&](std::size_t stored, std::size_t index) { parameter.value[stored] = standard[index]; });
}

struct Network::Impl {
    /// A layer with its edges, looked up once so that a step allocates nothing.
    struct Stage {
        FoldedLayer* layer = nullptr;
        FoldedLayer::Tensors in_data, out_data, out_grad, in_grad;
        std::vector<AddLayer*> other_readers;  ///< later layers that have this layer's input as their second one
    };

    static Stage make_stage(FoldedLayer& layer) {
        Stage stage;
        stage.layer = &layer;
        for (const auto& edge : layer.inputs()) {
            stage.in_data.push_back(edge->get_data());
            stage.in_grad.push_back(edge->get_gradient());
        }
        for (const auto& edge : layer.outputs()) {
            stage.out_data.push_back(edge->get_data());
            stage.out_grad.push_back(edge->get_gradient());
        }
        return stage;
    }

    Architecture architecture;
    int capacity = 0;
    int classes = 0;
    NetworkUse use = NetworkUse::inference;
    std::size_t frozen = 0;  ///< number of first layers that do not learn
    BatchContext context;
    std::vector<std::unique_ptr<FoldedLayer>> layers;
    std::vector<Stage> stages;
    std::vector<Parameter> parameters;
    std::vector<float> probabilities;

    std::span<float> output() { return front(*stages.back().out_data[0]); }
    std::span<float> output_gradient() { return front(*stages.back().out_grad[0]); }

    /// The current rows of a (capacity, classes) tensor.
    std::span<float> front(tiny_dnn::tensor_t& tensor) const {
        return std::span(tensor[0]).first(static_cast<std::size_t>(context.rows) * static_cast<std::size_t>(classes));
    }

    void add_layers(const std::vector<LayerShape>& shapes) {
        layers = make_layers(architecture, shapes, capacity, context);
        initialise_layers(architecture, layers, 0);
        for (const auto& layer : layers) stages.push_back(make_stage(*layer));
        for (std::size_t i = 0; i < layers.size(); ++i) {
            // The layer after `from` is the first to read its output and, in the backward pass, the last to write its gradient.
            const LayerSpec& spec = architecture.layers[i];
            if (spec.kind != LayerKind::add) continue;
            stages[static_cast<std::size_t>(spec.from)].other_readers.push_back(static_cast<AddLayer*>(layers[i].get()));
        }
        if (use == NetworkUse::training) {
            release(*stages.front().in_grad[0]);
            for (const auto& layer : layers) layer->prepare_training();
        } else {
            for (const Stage& stage : stages) {
                for (auto* gradient : stage.in_grad) release(*gradient);
                for (auto* gradient : stage.out_grad) release(*gradient);
            }
        }
        for (std::size_t i = 0; i < layers.size(); ++i) add_parameters(i);
        probabilities.resize(static_cast<std::size_t>(capacity) * static_cast<std::size_t>(classes));
    }

    void add_parameters(std::size_t i) {
        const auto infos = layers[i]->parameter_infos();
        for (std::size_t p = 0; p < infos.size(); ++p) {
            const std::vector<int>& shape = infos[p].shape;
            if (!infos[p].trained) release(*stages[i].in_grad[p + 1]);
            Parameter parameter;
            parameter.name = std::to_string(i + 1) + "." + layers[i]->layer_type() + "." + infos[p].name;
            parameter.layer = i;
            parameter.shape = standard_shape(shape, architecture.layers[i].kind);
            parameter.value = (*stages[i].in_data[p + 1])[0];
            parameter.gradient = (*stages[i].in_grad[p + 1])[0];
            parameter.stored_shape = {1, 1, 1, 1};
            std::ranges::copy_backward(shape, parameter.stored_shape.end());
            parameter.trained = infos[p].trained;
            parameters.push_back(std::move(parameter));
        }
    }

    /// Calls `done(index of the stage)` after each layer.
    template <class Done>
    void forward(int rows, bool training, Done&& done) {
        context.rows = rows;
        for (std::size_t i = 0; i < stages.size(); ++i) {
            context.training = training && i >= frozen;
            stages[i].layer->forward_propagation(stages[i].in_data, stages[i].out_data);
            done(i);
        }
    }

    template <class Done>
    BatchResult backward(std::span<const std::uint8_t> labels, float label_smoothing, Done&& done) {
        const BatchResult result = softmax_cross_entropy(output(), classes, labels, output_gradient(), label_smoothing);
        for (std::size_t i = stages.size(); i-- > frozen;) {
            Stage& stage = stages[i];
            stage.layer->back_propagation(stage.in_data, stage.out_data, stage.out_grad, stage.in_grad);
            for (AddLayer* add : stage.other_readers) add->add_second_gradient((*stage.in_grad[0])[0].data());
            done(i);
        }
        return result;
    }

    template <class Done>
    void forward_training(int rows, std::uint64_t seed, std::uint64_t step, Done&& done) {
        context.seed = seed;
        context.step = step;
        forward(rows, true, done);
    }
};

Network::Network(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Network::Network(Network&&) noexcept = default;
Network& Network::operator=(Network&&) noexcept = default;
Network::~Network() = default;

Result<Network> Network::create(const Architecture& architecture, int batch_capacity, NetworkUse use, ThreadPool& pool) {
    const auto shapes = infer_shapes(architecture);
    if (!shapes) return tl::unexpected(shapes.error());
    std::size_t activations = Shape{}.size();
    for (const LayerShape& shape : *shapes) activations += shape.output.size();
    if (use == NetworkUse::training) activations *= 2;
    if (batch_capacity < 1 || static_cast<std::size_t>(batch_capacity) > most_activations / activations) {
        return fail("bad-batch", "A batch of " + std::to_string(batch_capacity) +
                                     " pictures is not possible with this network; use 1 to " +
                                     std::to_string(most_activations / activations) + ".");
    }
    try {
        auto impl = std::make_unique<Impl>();
        impl->architecture = architecture;
        impl->capacity = batch_capacity;
        impl->classes = shapes->back().output.channels;
        impl->use = use;
        impl->context.pool = &pool;
        impl->add_layers(*shapes);
        return Network(std::move(impl));
    } catch (const std::bad_alloc&) {
    } catch (const tiny_dnn::nn_error&) {  // thrown by its allocator
    }
    return fail("out-of-memory", "There is not enough memory for this network. Choose a smaller batch or a smaller network.");
}

const Architecture& Network::architecture() const { return impl_->architecture; }
int Network::batch_capacity() const { return impl_->capacity; }
int Network::classes() const { return impl_->classes; }
std::span<Parameter> Network::parameters() { return impl_->parameters; }
std::span<const Parameter> Network::parameters() const { return impl_->parameters; }
std::span<float> Network::input() { return (*impl_->stages.front().in_data[0])[0]; }

void Network::initialise(std::uint64_t seed) { initialise_layers(impl_->architecture, impl_->layers, seed); }

void Network::forward(int rows) { impl_->forward(rows, false, ignore); }

std::span<const float> Network::logits() const { return impl_->output(); }

std::span<const float> Network::probabilities() {
    const auto logits = impl_->output();
    const auto result = std::span(impl_->probabilities).first(logits.size());
    softmax(logits, impl_->classes, result);
    return result;
}

std::span<const float> Network::features() const {
    const tiny_dnn::vec_t& all = (*impl_->stages.back().in_data[0])[0];
    return std::span(all).first(static_cast<std::size_t>(impl_->context.rows) * feature_count());
}

std::size_t Network::feature_count() const {
    return (*impl_->stages.back().in_data[0])[0].size() / static_cast<std::size_t>(impl_->capacity);
}

BatchResult Network::evaluate(std::span<const std::uint8_t> labels) const {
    return softmax_cross_entropy(impl_->output(), impl_->classes, labels, {});
}

void Network::freeze(int layers) { impl_->frozen = static_cast<std::size_t>(layers); }

void Network::forward_training(int rows, std::uint64_t seed, std::uint64_t step_number) {
    impl_->forward_training(rows, seed, step_number, ignore);
}

BatchResult Network::backward(std::span<const std::uint8_t> labels, float label_smoothing) {
    return impl_->backward(labels, label_smoothing, ignore);
}

BatchResult Network::train_batch(std::span<const std::uint8_t> labels, std::uint64_t seed, std::uint64_t step_number,
                                 float label_smoothing) {
    forward_training(static_cast<int>(labels.size()), seed, step_number);
    return backward(labels, label_smoothing);
}

BatchResult Network::time_batch(std::span<const std::uint8_t> labels, std::uint64_t seed, std::uint64_t step_number,
                                std::vector<LayerTime>& times) {
    times.resize(impl_->layers.size());
    for (std::size_t i = 0; i < times.size(); ++i) {
        times[i].layer = std::to_string(i + 1) + "." + impl_->layers[i]->layer_type();
    }
    double last = monotonic_secs();
    const auto lap = [&last] {
        const double now = monotonic_secs();
        return now - std::exchange(last, now);
    };
    impl_->forward_training(static_cast<int>(labels.size()), seed, step_number,
                            [&](std::size_t i) { times[i].forward_secs += lap(); });
    return impl_->backward(labels, 0, [&](std::size_t i) { times[i].backward_secs += lap(); });
}

}  // namespace digitlab
