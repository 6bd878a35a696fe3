#pragma once

#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

#include "nn/architecture.h"
#include "nn/kernels/dropout.h"

namespace digitlab::naive {

/// A slow, obvious version of Network's forward pass, in double, channels first, with parameters in standard order. The fast
/// one is checked against it, and it is accurate enough for gradients by finite differences.
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
    bool training = true;    ///< with dropout
    std::size_t frozen = 0;  ///< number of first layers that do not learn
    std::uint64_t seed = 0, step = 0;

    bool trains(std::size_t layer) const { return training && layer >= frozen; }
};

/// Normalises all rows at once; `rows[r]` is (channels, pixels).
inline void normalise(const LayerSpec& layer, Shape shape, std::vector<Values>& rows, const Values* parameters, bool training) {
    const int pixels = shape.height * shape.width;
    for (int c = 0; c < shape.channels; ++c) {
        double mean = parameters[2][at(c)], variance = parameters[3][at(c)];
        if (training) {
            const double count = static_cast<double>(rows.size()) * pixels;
            mean = variance = 0;
            for (const Values& row : rows) {
                for (int i = 0; i < pixels; ++i) mean += row[at(c * pixels + i)] / count;
            }
            for (const Values& row : rows) {
                for (int i = 0; i < pixels; ++i) variance += std::pow(row[at(c * pixels + i)] - mean, 2) / count;
            }
        }
        for (Values& row : rows) {
            for (int i = 0; i < pixels; ++i) {
                double& value = row[at(c * pixels + i)];
                const double normal = (value - mean) / std::sqrt(variance + static_cast<double>(1e-5F));
                value = activate(layer.activation, normal * parameters[0][at(c)] + parameters[1][at(c)]);
            }
        }
    }
}

inline std::size_t tensors_of(const LayerSpec& layer) {
    switch (layer.kind) {
        case LayerKind::convolution:
        case LayerKind::dense: return 2;
        case LayerKind::batch_norm: return 4;
        default: return 0;
    }
}

inline Values forward_row(const LayerSpec& layer, Shape in, Shape out, const Values& input, const Values* parameters,
                          const Batch& batch, std::size_t position, std::size_t row) {
    switch (layer.kind) {
        case LayerKind::convolution: return convolve(layer, in, out, input, parameters[0], parameters[1]);
        case LayerKind::max_pool:
        case LayerKind::average_pool: return pool(layer, in, out, input);
        case LayerKind::dense: return dense(layer, input, parameters[0], parameters[1]);
        case LayerKind::dropout:
            if (!batch.trains(position)) return input;
            return drop(layer, in, input, {batch.seed, static_cast<std::uint32_t>(position), batch.step}, row);
        default: return input;
    }
}

/// The logits of every row.
inline std::vector<Values> logits(const Architecture& architecture, const std::vector<Values>& parameters, const Batch& batch) {
    const auto shapes = infer_shapes(architecture).value();
    std::vector<std::vector<Values>> outputs;
    std::vector<Values> rows = batch.images;
    Shape in;
    const Values* own = parameters.data();
    for (std::size_t i = 0; i < shapes.size(); ++i) {
        const LayerSpec& layer = architecture.layers[i];
        const Shape out = shapes[i].output;
        for (std::size_t r = 0; r < rows.size(); ++r) rows[r] = forward_row(layer, in, out, rows[r], own, batch, i, r);
        if (layer.kind == LayerKind::batch_norm) normalise(layer, in, rows, own, batch.trains(i));
        if (layer.kind == LayerKind::add) {
            const std::vector<Values>& others = outputs[at(layer.from) - 1];
            for (std::size_t r = 0; r < rows.size(); ++r) {
                for (std::size_t v = 0; v < rows[r].size(); ++v) {
                    rows[r][v] = activate(layer.activation, rows[r][v] + others[r][v]);
                }
            }
        }
        outputs.push_back(rows);
        own += tensors_of(layer);
        in = out;
    }
    return rows;
}

/// Mean cross-entropy of the batch.
inline double loss(const Architecture& architecture, const std::vector<Values>& parameters, const Batch& batch) {
    double total = 0;
    const auto scores = logits(architecture, parameters, batch);
    for (std::size_t row = 0; row < scores.size(); ++row) {
        double sum = 0;
        for (const double score : scores[row]) sum += std::exp(score);
        total += std::log(sum) - scores[row][batch.labels[row]];
    }
    return total / static_cast<double>(batch.images.size());
}

}  // namespace digitlab::naive
