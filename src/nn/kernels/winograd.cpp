#include "nn/kernels/winograd.h"

#include <algorithm>
#include <cstring>
#include <type_traits>

#include "nn/kernels/activation.h"
#include "nn/kernels/matrix.h"
#include "nn/kernels/simd.h"

namespace digitlab {

namespace {

using simd::Floats;

constexpr int output_tile = 4;
constexpr std::size_t cache_floats = 160 * 1024;  ///< of transformed tiles at a time: 640 KB

std::size_t size(int i) { return static_cast<std::size_t>(i); }

/// Floats from one point's plane of `rows` rows to the next: a cache line more than needed, since planes a multiple of 4 KB
/// apart would all compete for the same few places in the first-level cache.
std::size_t plane(std::size_t rows, std::size_t columns) { return rows * columns + 16; }

// --- the transforms of one dimension; instead of a matrix product with the paper's matrices -----------------------------

/// B'
void input_points(const Floats (&x)[6], Floats (&to)[6]) {
    const Floats a = x[4] - 4.0F * x[2], b = x[3] - 4.0F * x[1];
    const Floats c = x[4] - x[2], d = 2.0F * (x[3] - x[1]);
    to[0] = 4.0F * x[0] - 5.0F * x[2] + x[4];
    to[1] = a + b;
    to[2] = a - b;
    to[3] = c + d;
    to[4] = c - d;
    to[5] = 4.0F * x[1] - 5.0F * x[3] + x[5];
}

/// B
void input_points_back(const Floats (&v)[6], Floats (&to)[6]) {
    const Floats sum = v[1] + v[2], difference = v[2] - v[1], sum2 = v[3] + v[4], difference2 = v[4] - v[3];
    to[0] = 4.0F * v[0];
    to[1] = 4.0F * (difference + v[5]) + 2.0F * difference2;
    to[2] = -5.0F * v[0] - 4.0F * sum - sum2;
    to[3] = -5.0F * v[5] - difference - 2.0F * difference2;
    to[4] = v[0] + sum + sum2;
    to[5] = v[5];
}

/// A'
void output_values(const Floats (&m)[6], Floats (&to)[4]) {
    const Floats sum = m[1] + m[2], difference = m[1] - m[2], sum2 = m[3] + m[4], difference2 = m[3] - m[4];
    to[0] = m[0] + sum + sum2;
    to[1] = difference + 2.0F * difference2;
    to[2] = sum + 4.0F * sum2;
    to[3] = difference + 8.0F * difference2 + m[5];
}

/// A
void gradient_points(const Floats (&g)[4], Floats (&to)[6]) {
    const Floats even = g[0] + g[2], odd = g[1] + g[3];
    const Floats even2 = g[0] + 4.0F * g[2], odd2 = 2.0F * g[1] + 8.0F * g[3];
    to[0] = g[0];
    to[1] = even + odd;
    to[2] = even - odd;
    to[3] = even2 + odd2;
    to[4] = even2 - odd2;
    to[5] = g[3];
}

/// G
void weight_points(const Floats (&w)[3], Floats (&to)[6]) {
    const Floats even = (w[0] + w[2]) * (-1.0F / 6), odd = w[1] * (1.0F / 6);
    const Floats even2 = (w[0] + 4.0F * w[2]) * (1.0F / 24), odd2 = w[1] * (1.0F / 12);
    to[0] = w[0] * 0.25F;
    to[1] = even - odd;
    to[2] = even + odd;
    to[3] = even2 + odd2;
    to[4] = even2 - odd2;
    to[5] = w[2];
}

/// G'
void weight_points_back(const Floats (&u)[6], Floats (&to)[3]) {
    const Floats sum = (u[1] + u[2]) * (1.0F / 6), sum2 = u[3] + u[4];
    to[0] = u[0] * 0.25F - sum + sum2 * (1.0F / 24);
    to[1] = (u[2] - u[1]) * (1.0F / 6) + (u[3] - u[4]) * (1.0F / 12);
    to[2] = sum2 * (1.0F / 6) - sum + u[5];
}

/// Calls store(i, j, value) with the two-dimensional transform of load(i, j): columns first, then rows.
template <int From, int To, class Transform, class Load, class Store>
inline void transform_tile(Transform transform, Load&& load, Store&& store) {
    Floats between[To][From];
    for (int j = 0; j < From; ++j) {
        Floats column[From], changed[To];
        for (int i = 0; i < From; ++i) column[i] = load(i, j);
        transform(column, changed);
        for (int i = 0; i < To; ++i) between[i][j] = changed[i];
    }
    for (int i = 0; i < To; ++i) {
        Floats row[To];
        transform(between[i], row);
        for (int j = 0; j < To; ++j) store(i, j, row[j]);
    }
}

/// Calls work(first channel, lanes), where lanes is a constant for whole vectors.
template <class Work>
inline void for_channels(std::size_t channels, Work&& work) {
    std::size_t channel = 0;
    for (; channel + simd::width <= channels; channel += simd::width) work(channel, std::integral_constant<int, simd::width>());
    if (channel < channels) work(channel, static_cast<int>(channels - channel));
}

}  // namespace

bool Winograd::suits(const Convolution& c) {
    return c.kernel == 3 && c.input.channels >= 8 && c.output.channels >= 8 && c.output.height >= output_tile &&
           c.output.width >= output_tile;
}

Winograd::Winograd(const Convolution& c)
    : convolution_(c),
      tile_rows_((c.output.height + output_tile - 1) / output_tile),
      tile_columns_((c.output.width + output_tile - 1) / output_tile),
      padded_height_(tile_rows_ * output_tile + 2),
      padded_width_(tile_columns_ * output_tile + 2),
      needs_padding_(padded_height_ != c.input.height || padded_width_ != c.input.width),
      in_(size(c.input.channels)),
      out_(size(c.output.channels)),
      padded_in_(size(simd::padded(c.input.channels))),
      padded_out_(size(simd::padded(c.output.channels))) {
    chunk_tiles_ = std::max(12, static_cast<int>(cache_floats / (points * (padded_in_ + padded_out_))));
}

std::size_t Winograd::weight_count() const { return points * plane(in_, padded_out_); }
std::size_t Winograd::backward_weight_count() const { return points * plane(out_, padded_in_); }
std::size_t Winograd::forward_scratch_count() const {
    return size(padded_height_ * padded_width_) * in_ +
           points * (plane(size(chunk_tiles_), padded_in_) + plane(size(chunk_tiles_), padded_out_));
}
std::size_t Winograd::backward_scratch_count() const {
    // The two padded images and the padded gradient; V, W and dV.
    return 2 * size(padded_height_ * padded_width_) * in_ + size(padded_height_ * padded_width_) * padded_out_ +
           points * (2 * plane(size(chunk_tiles_), padded_in_) + plane(size(chunk_tiles_), padded_out_));
}

// --- weights -------------------------------------------------------------------------------------------------------------

void Winograd::transform_weights(const float* weights, int first, int last, float* transformed) const {
    const std::size_t tap = in_ * out_, point = plane(in_, padded_out_);
    for (std::size_t channel = size(first); channel < size(last); ++channel) {
        const float* from = weights + channel * out_;
        float* to = transformed + channel * padded_out_;
        for_channels(out_, [&](std::size_t o, auto lanes) {
            transform_tile<3, 6>(
                weight_points, [&](int i, int j) { return simd::load_lanes(from + size(i * 3 + j) * tap + o, lanes); },
                // Store whole vectors, so that the padding becomes zero.
                [&](int i, int j, Floats value) { simd::store(to + size(i * 6 + j) * point + o, value); });
        });
        const std::size_t written = (out_ + simd::width - 1) / simd::width * simd::width;
        for (std::size_t p = 0; p < points; ++p) std::fill(to + p * point + written, to + p * point + padded_out_, 0.0F);
    }
}

void Winograd::transpose_weights(const float* transformed, int first, int last, float* transposed) const {
    for (std::size_t p = size(first); p < size(last); ++p) {
        float* to = transposed + p * plane(out_, padded_in_);
        transpose(transformed + p * plane(in_, padded_out_), static_cast<std::ptrdiff_t>(padded_out_),
                  convolution_.input.channels, convolution_.output.channels, to, static_cast<std::ptrdiff_t>(padded_in_));
        if (in_ == padded_in_) continue;
        for (std::size_t row = 0; row < out_; ++row) std::fill(to + row * padded_in_ + in_, to + (row + 1) * padded_in_, 0.0F);
    }
}

void Winograd::transform_weight_gradient(const float* transformed, int first, int last, float* weights) const {
    const std::size_t tap = in_ * out_, point = plane(in_, padded_out_);
    for (std::size_t channel = size(first); channel < size(last); ++channel) {
        const float* from = transformed + channel * padded_out_;
        float* to = weights + channel * out_;
        for_channels(out_, [&](std::size_t o, auto lanes) {
            transform_tile<6, 3>(
                weight_points_back, [&](int i, int j) { return simd::load(from + size(i * 6 + j) * point + o); },
                [&](int i, int j, Floats value) { simd::store_lanes(to + size(i * 3 + j) * tap + o, value, lanes); });
        });
    }
}

// --- tiles ---------------------------------------------------------------------------------------------------------------

/// Some tiles of some images, in the order of images, rows and columns.
struct Winograd::Chunk {
    int first = 0, count = 0;
};

Winograd::Chunk Winograd::chunk_at(int first, int all) const { return {first, std::min(chunk_tiles_, all - first)}; }

namespace {

struct Tile {
    std::size_t index;  ///< in the chunk
    std::size_t image;
    int row, column;  ///< in tiles
    bool first_of_image, last_of_image;
};

}  // namespace

template <class Visit>
void Winograd::for_each_tile(const Chunk& chunk, Visit&& visit) const {
    const int per_image = tiles_per_image();
    for (int i = 0; i < chunk.count; ++i) {
        const int tile = chunk.first + i, in_image = tile % per_image;
        visit(Tile{size(i), size(tile / per_image), in_image / tile_columns_, in_image % tile_columns_, in_image == 0,
                   in_image == per_image - 1});
    }
}

void Winograd::transform_input(const Chunk& chunk, const float* input, float* padded_image, float* v) const {
    const std::size_t row = size(padded_width_) * in_, point = plane(size(chunk.count), in_);
    const Convolution& c = convolution_;
    for_each_tile(chunk, [&](const Tile& tile) {
        const float* image = input + tile.image * c.input.size();
        if (needs_padding_) {
            if (tile.first_of_image) {
                std::fill_n(padded_image, size(padded_height_) * row, 0.0F);
                for (int y = 0; y < c.input.height; ++y) {
                    std::memcpy(padded_image + size(y + c.padding) * row + size(c.padding) * in_,
                                image + size(y * c.input.width) * in_, size(c.input.width) * in_ * sizeof(float));
                }
            }
            image = padded_image;
        }
        const float* from = image + size(tile.row * output_tile) * row + size(tile.column * output_tile) * in_;
        float* to = v + tile.index * in_;
        for_channels(in_, [&](std::size_t channel, auto lanes) {
            transform_tile<6, 6>(
                input_points,
                [&](int i, int j) { return simd::load_lanes(from + size(i) * row + size(j) * in_ + channel, lanes); },
                [&](int i, int j, Floats value) { simd::store_lanes(to + size(i * 6 + j) * point + channel, value, lanes); });
        });
    });
}

void Winograd::transform_output(const Chunk& chunk, const float* m, const float* bias, float* output) const {
    const Convolution& c = convolution_;
    const std::size_t row = size(c.output.width) * out_, point = plane(size(chunk.count), padded_out_);
    const bool relu = c.activation == Activation::relu;
    for_each_tile(chunk, [&](const Tile& tile) {
        const float* from = m + tile.index * padded_out_;
        float* to =
            output + tile.image * c.output.size() + size(tile.row * output_tile) * row + size(tile.column * output_tile) * out_;
        const int rows = std::min(output_tile, c.output.height - tile.row * output_tile);
        const int columns = std::min(output_tile, c.output.width - tile.column * output_tile);
        for_channels(out_, [&](std::size_t channel, auto lanes) {
            const Floats start = simd::load(bias + channel);
            transform_tile<6, 4>(
                output_values, [&](int i, int j) { return simd::load(from + size(i * 6 + j) * point + channel); },
                [&](int i, int j, Floats value) {
                    if (i >= rows || j >= columns) return;
                    value = value + start;
                    simd::store_lanes(to + size(i) * row + size(j) * out_ + channel,
                                      relu ? simd::greater(value, Floats{}) : value, lanes);
                });
        });
    });
}

void Winograd::transform_gradient(const Chunk& chunk, const float* output, const float* output_gradient, float* padded_gradient,
                                  float* bias_gradient, float* w) const {
    const Convolution& c = convolution_;
    const int width = tile_columns_ * output_tile, height = tile_rows_ * output_tile;
    const std::size_t row = size(width) * padded_out_, point = plane(size(chunk.count), padded_out_);
    for_each_tile(chunk, [&](const Tile& tile) {
        if (tile.first_of_image) {
            if (width != c.output.width || height != c.output.height || out_ != padded_out_) {
                std::fill_n(padded_gradient, size(height) * row, 0.0F);
            }
            // Rows without channel padding are copied at once, others pixel by pixel.
            const int pieces = out_ == padded_out_ ? 1 : c.output.width;
            const std::size_t piece = size(c.output.width / pieces) * out_;
            std::size_t at = tile.image * c.output.size();
            for (int y = 0; y < c.output.height; ++y) {
                for (int i = 0; i < pieces; ++i, at += piece) {
                    activation_gradient(c.activation, output + at, output_gradient + at,
                                        padded_gradient + size(y) * row + size(i) * padded_out_, piece);
                }
            }
        }
        const float* from =
            padded_gradient + size(tile.row * output_tile) * row + size(tile.column * output_tile) * padded_out_;
        float* to = w + tile.index * padded_out_;
        for_channels(padded_out_, [&](std::size_t channel, auto) {
            Floats sum = simd::load(bias_gradient + channel);
            transform_tile<4, 6>(
                gradient_points,
                [&](int i, int j) {
                    const Floats value = simd::load(from + size(i) * row + size(j) * padded_out_ + channel);
                    sum = sum + value;
                    return value;
                },
                [&](int i, int j, Floats value) { simd::store(to + size(i * 6 + j) * point + channel, value); });
            simd::store(bias_gradient + channel, sum);
        });
    });
}

void Winograd::add_input_gradient(const Chunk& chunk, const float* v, float* padded_image, float* input_gradient) const {
    const Convolution& c = convolution_;
    const std::size_t row = size(padded_width_) * in_, point = plane(size(chunk.count), padded_in_);
    for_each_tile(chunk, [&](const Tile& tile) {
        float* own = input_gradient + tile.image * c.input.size();
        float* image = needs_padding_ ? padded_image : own;
        if (tile.first_of_image) std::fill_n(image, size(padded_height_) * row, 0.0F);
        float* to = image + size(tile.row * output_tile) * row + size(tile.column * output_tile) * in_;
        const float* from = v + tile.index * padded_in_;
        for_channels(in_, [&](std::size_t channel, auto lanes) {
            transform_tile<6, 6>(
                input_points_back, [&](int i, int j) { return simd::load(from + size(i * 6 + j) * point + channel); },
                [&](int i, int j, Floats value) {
                    float* place = to + size(i) * row + size(j) * in_ + channel;
                    simd::store_lanes(place, simd::load_lanes(place, lanes) + value, lanes);
                });
        });
        if (!needs_padding_ || !tile.last_of_image) return;
        for (int y = 0; y < c.input.height; ++y) {
            std::memcpy(own + size(y * c.input.width) * in_, image + size(y + c.padding) * row + size(c.padding) * in_,
                        size(c.input.width) * in_ * sizeof(float));
        }
    });
}

// --- the three products --------------------------------------------------------------------------------------------------

void Winograd::forward(int images, const float* input, const float* transformed, const float* bias, float* scratch,
                       float* output) const {
    float* padded_image = scratch;
    float* v = padded_image + size(padded_height_ * padded_width_) * in_;
    float* m = v + points * plane(size(chunk_tiles_), padded_in_);
    const int all = images * tiles_per_image();
    for (int first = 0; first < all; first += chunk_tiles_) {
        const Chunk chunk = chunk_at(first, all);
        transform_input(chunk, input, padded_image, v);
        for (std::size_t p = 0; p < points; ++p) {
            MatrixProduct product;
            product.a = v + p * plane(size(chunk.count), in_);
            product.a_row = static_cast<std::ptrdiff_t>(in_);
            product.a_step = 1;
            product.b = transformed + p * plane(in_, padded_out_);
            product.b_step = static_cast<std::ptrdiff_t>(padded_out_);
            product.c = m + p * plane(size(chunk.count), padded_out_);
            product.c_row = static_cast<std::ptrdiff_t>(padded_out_);
            product.rows = chunk.count;
            product.columns = static_cast<int>(out_);
            product.steps = static_cast<int>(in_);
            multiply(product);
        }
        transform_output(chunk, m, bias, output);
    }
    const Activation activation = convolution_.activation;
    if (activation != Activation::relu) apply_activation(activation, output, size(images) * convolution_.output.size());
}

void Winograd::backward(int images, const float* input, const float* transposed, const float* output,
                        const float* output_gradient, float* scratch, float* weight_gradient, float* bias_gradient,
                        float* input_gradient) const {
    const std::size_t image_floats = size(padded_height_ * padded_width_) * in_;
    float* padded_image = scratch;
    float* padded_input_gradient = padded_image + image_floats;
    float* padded_gradient = padded_input_gradient + image_floats;
    float* v = padded_gradient + size(padded_height_ * padded_width_) * padded_out_;
    float* w = v + points * plane(size(chunk_tiles_), padded_in_);
    float* dv = w + points * plane(size(chunk_tiles_), padded_out_);
    std::fill_n(bias_gradient, padded_out_, 0.0F);
    const int all = images * tiles_per_image();
    for (int first = 0; first < all; first += chunk_tiles_) {
        const Chunk chunk = chunk_at(first, all);
        transform_input(chunk, input, padded_image, v);
        transform_gradient(chunk, output, output_gradient, padded_gradient, bias_gradient, w);
        for (std::size_t p = 0; p < points; ++p) {
            MatrixProduct product;
            product.a = v + p * plane(size(chunk.count), in_);
            product.a_row = 1;
            product.a_step = static_cast<std::ptrdiff_t>(in_);
            product.b = w + p * plane(size(chunk.count), padded_out_);
            product.b_step = static_cast<std::ptrdiff_t>(padded_out_);
            product.c = weight_gradient + p * plane(in_, padded_out_);
            product.c_row = static_cast<std::ptrdiff_t>(padded_out_);
            product.rows = static_cast<int>(in_);
            product.columns = static_cast<int>(out_);
            product.steps = chunk.count;
            product.accumulate = first > 0;
            multiply(product);
            if (!input_gradient) continue;
            MatrixProduct back;
            back.a = product.b;
            back.a_row = static_cast<std::ptrdiff_t>(padded_out_);
            back.a_step = 1;
            back.b = transposed + p * plane(out_, padded_in_);
            back.b_step = static_cast<std::ptrdiff_t>(padded_in_);
            back.c = dv + p * plane(size(chunk.count), padded_in_);
            back.c_row = static_cast<std::ptrdiff_t>(padded_in_);
            back.rows = chunk.count;
            back.columns = static_cast<int>(in_);
            back.steps = static_cast<int>(out_);
            multiply(back);
        }
        if (input_gradient) add_input_gradient(chunk, dv, padded_input_gradient, input_gradient);
    }
}

}  // namespace digitlab
