#pragma once

#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

#include "nn/architecture.h"
#include "nn/kernels/dropout.h"

namespace digitlab::naive {

/// The slow, obvious twin of Network's forward pass, in double, channels first, parameters in standard order: what the fast
/// one is checked against, and exact enough to take gradients by differences.
using Values = std::vector<double>;

inline std::size_t at(int i) { return static_cast<std::size_t>(i); }

inline double activate(Activation activation, double x) {
    switch (activation) {
        case Activation::none: return x;
        case Activation::relu: return x > 0 ? x : 0;
        case Activation::leaky_relu: return x > 0 ? x : x * static_cast<double>(0.01F);
        case Activation::tanh: return std::tanh(x);
        case Activation::sigmoid: return 1 / (1 + std::exp(-x));
    }
    return x;
}

inline Values convolve(const LayerSpec& layer, Shape in, Shape out, const Values& input, const Values& weights,
                       const Values& bias) {
    Values output(out.size());
    for (int o = 0; o < out.channels; ++o) {
        for (int y = 0; y < out.height; ++y) {
            for (int x = 0; x < out.width; ++x) {
                double sum = bias[at(o)];
                for (int i = 0; i < in.channels; ++i) {
                    for (int ky = 0; ky < layer.kernel; ++ky) {
                        for (int kx = 0; kx < layer.kernel; ++kx) {
                            const int from_y = y + ky - layer.padding, from_x = x + kx - layer.padding;
                            if (from_y < 0 || from_y >= in.height || from_x < 0 || from_x >= in.width) continue;
                            sum += input[at((i * in.height + from_y) * in.width + from_x)] *
                                   weights[at(((o * in.channels + i) * layer.kernel + ky) * layer.kernel + kx)];
                        }
                    }
                }
                output[at((o * out.height + y) * out.width + x)] = activate(layer.activation, sum);
            }
        }
    }
    return output;
}

inline Values pool(const LayerSpec& layer, Shape in, Shape out, const Values& input) {
    Values output(out.size());
    for (int c = 0; c < out.channels; ++c) {
        for (int y = 0; y < out.height; ++y) {
            for (int x = 0; x < out.width; ++x) {
                double largest = -1e300, sum = 0;
                for (int i = 0; i < layer.pool * layer.pool; ++i) {
                    const int from_y = y * layer.pool + i / layer.pool, from_x = x * layer.pool + i % layer.pool;
                    const double value = input[at((c * in.height + from_y) * in.width + from_x)];
                    largest = std::max(largest, value);
                    sum += value;
                }
                const bool takes_largest = layer.kind == LayerKind::max_pool;
                output[at((c * out.height + y) * out.width + x)] = takes_largest ? largest : sum / (layer.pool * layer.pool);
            }
        }
    }
    return output;
}

inline Values dense(const LayerSpec& layer, const Values& input, const Values& weights, const Values& bias) {
    Values output(at(layer.units));
    for (std::size_t o = 0; o < output.size(); ++o) {
        double sum = bias[o];
        for (std::size_t i = 0; i < input.size(); ++i) sum += input[i] * weights[o * input.size() + i];
        output[o] = activate(layer.activation, sum);
    }
    return output;
}

/// Masks are made for (row, height, width, channel).
inline Values drop(const LayerSpec& layer, Shape shape, const Values& input, const DropoutStream& stream, std::size_t row) {
    const std::size_t first = row * shape.size() / 4 * 4, skip = row * shape.size() - first;
    std::vector<float> mask(shape.size() + skip);
    make_dropout_mask(stream, layer.rate, first, mask.size(), mask.data());
    Values output(input.size());
    for (int c = 0; c < shape.channels; ++c) {
        for (int i = 0; i < shape.height * shape.width; ++i) {
            const std::size_t index = at(c * shape.height * shape.width + i);
            output[index] = input[index] * static_cast<double>(mask[skip + at(i * shape.channels + c)]);
        }
    }
    return output;
}

struct Batch {
    std::vector<Values> images;
    std::vector<std::uint8_t> labels;
    bool training = true;  ///< with dropout
    std::uint64_t seed = 0, step = 0;
};

inline Values logits(const Architecture& architecture, const std::vector<Values>& parameters, const Batch& batch,
                     std::size_t row) {
    const auto shapes = infer_shapes(architecture).value();
    Values values = batch.images[row];
    Shape in;
    std::size_t p = 0;
    for (std::size_t i = 0; i < shapes.size(); ++i) {
        const LayerSpec& layer = architecture.layers[i];
        const Shape out = shapes[i].output;
        switch (layer.kind) {
            case LayerKind::convolution: values = convolve(layer, in, out, values, parameters[p], parameters[p + 1]); break;
            case LayerKind::max_pool:
            case LayerKind::average_pool: values = pool(layer, in, out, values); break;
            case LayerKind::dense: values = dense(layer, values, parameters[p], parameters[p + 1]); break;
            case LayerKind::dropout:
                if (batch.training)
                    values = drop(layer, in, values, {batch.seed, static_cast<std::uint32_t>(i), batch.step}, row);
                break;
        }
        if (shapes[i].parameters > 0) p += 2;
        in = out;
    }
    return values;
}

/// Mean cross-entropy of the batch.
inline double loss(const Architecture& architecture, const std::vector<Values>& parameters, const Batch& batch) {
    double total = 0;
    for (std::size_t row = 0; row < batch.images.size(); ++row) {
        const Values scores = logits(architecture, parameters, batch, row);
        double sum = 0;
        for (const double score : scores) sum += std::exp(score);
        total += std::log(sum) - scores[batch.labels[row]];
    }
    return total / static_cast<double>(batch.images.size());
}

}  // namespace digitlab::naive
