#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/thread_pool.h"
#include "nn/architecture.h"

namespace digitlab {

/// One parameter tensor of a network and, in a network for training, its gradient. Both are views into the network.
///
/// Inside the network, values are stored with outputs last: (kernel height, kernel width, inputs, outputs); a dense layer is a
/// kernel as large as its input. `standard_order` returns them in the order of PyTorch and ONNX.
struct Parameter {
    std::string name;        ///< "1.conv.weight"
    std::size_t layer = 0;   ///< index of its layer in the architecture, from 0
    std::vector<int> shape;  ///< in standard order, outermost first: conv (OC, IC, KH, KW), dense (OUT, IN), bias (OUT)
    std::span<float> value;
    std::span<float> gradient;          ///< averaged over the batch; empty in a network for inference or if not trained
    std::array<int, 4> stored_shape{};  ///< (KH, KW, IC, OC); dense layer: (H, W, C, OUT); bias: (1, 1, 1, OUT)
    bool trained = true;  ///< false for the running mean and variance of batch normalisation, which their layer updates
};

/// Returns `values`, stored as in `parameter`, in standard order: outputs first, then channel, row, column.
std::vector<float> standard_order(const Parameter& parameter, std::span<const float> values);
/// The inverse: writes `standard` into `parameter.value`. Sizes must be equal.
void set_from_standard_order(Parameter& parameter, std::span<const float> standard);

/// Sums over the rows of one mini-batch; in double, so that adding batches loses no precision.
struct BatchResult {
    double loss_sum = 0;  ///< cross-entropy in nats
    int correct = 0;
    int rows = 0;
};

enum class NetworkUse { training, inference };

struct LayerTime {
    std::string layer;  ///< "1.conv"
    double forward_secs = 0, backward_secs = 0;
};

/// A tiny-dnn network built from an Architecture. A mini-batch is ONE tiny-dnn sample with the batch folded into its
/// shape: memory is contiguous and every weight has one gradient. Buffers are allocated once, for `batch_capacity`
/// rows; no call below allocates.
///
/// Not re-entrant: a thread that predicts needs its own network. `pool` must outlive the network.
class Network {
   public:
    /// Fails with "bad-architecture" if the layers do not fit together, "bad-batch" if batch_capacity < 1 or its buffers would
    /// take over a gigabyte, or "out-of-memory".
    static Result<Network> create(const Architecture& architecture, int batch_capacity, NetworkUse use, ThreadPool& pool);
    Network(Network&&) noexcept;
    Network& operator=(Network&&) noexcept;
    ~Network();

    const Architecture& architecture() const;
    int batch_capacity() const;
    int classes() const;

    /// He initialisation for layers followed by ReLU, Glorot for the rest, biases zero.
    void initialise(std::uint64_t seed);

    /// Where the caller writes a batch: (batch_capacity, 784), values in [0, 1]. forward and train_batch do not change it.
    std::span<float> input();

    /// Runs the first `rows` rows of `input()` through the network. Dropout is off.
    void forward(int rows);

    /// (rows, classes) of the last forward pass, before softmax.
    std::span<const float> logits() const;
    /// (rows, classes), softmax of the logits. Computed on demand.
    std::span<const float> probabilities();

    /// (rows, feature_count()) of the last forward pass: the input of the last layer, so how the network represents an image.
    std::span<const float> features() const;
    std::size_t feature_count() const;

    /// Loss and correct answers of the last forward pass. `labels` must hold `rows` classes.
    BatchResult evaluate(std::span<const std::uint8_t> labels) const;

    /// From now on the first `layers` layers, fewer than all, do not learn: even in `forward_training` they work as in
    /// `forward`, without dropout and with the running statistics of batch normalisation, and `backward` does not reach them.
    void freeze(int layers);

    /// Runs the first `rows` rows of `input()` through a network for training: dropout is on, with masks chosen by `seed` and
    /// `step_number`; batch normalisation uses the batch's own mean and variance and updates the running ones.
    void forward_training(int rows, std::uint64_t seed, std::uint64_t step_number);
    /// Softmax cross-entropy and the backward pass, after `forward_training` of as many rows. Writes the mean gradient over the
    /// rows to every Parameter::gradient.
    BatchResult backward(std::span<const std::uint8_t> labels, float label_smoothing = 0);
    /// Calls `forward_training` and `backward`.
    BatchResult train_batch(std::span<const std::uint8_t> labels, std::uint64_t seed, std::uint64_t step_number,
                            float label_smoothing = 0);

    /// The same, but adds each layer's time to `times`, which gets one entry per layer. For benchmarks.
    BatchResult time_batch(std::span<const std::uint8_t> labels, std::uint64_t seed, std::uint64_t step_number,
                           std::vector<LayerTime>& times);

    std::span<Parameter> parameters();
    std::span<const Parameter> parameters() const;

   private:
    struct Impl;
    explicit Network(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace digitlab
