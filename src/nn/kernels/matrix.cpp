#include "nn/kernels/matrix.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "nn/kernels/simd.h"

namespace digitlab {

namespace {

using simd::Floats;

// A tile is max_rows x (max_vectors * width) outputs held in registers. AVX2 has 16 vector registers, so 6 x 2 leaves room for
// two vectors of B and one broadcast of A; AVX-512 has 32. V8 reserves one of the 16 and needs another for each product: there
// a tile of 5 x 2 or more spills, which costs up to half the speed, while eight sums still hide the latency of the addition.
constexpr int max_rows = simd::width == 16 ? 8 : simd::width == 8 ? 6 : 4;
constexpr int max_vectors = 2;

/// In which direction values of A are contiguous: along k (a row of A), along m (a column), or both, as in the one-channel
/// window of a network's first layer. Along m, one address serves all rows of a tile. The window has rows of three or five:
/// such short loops cost more than the work in them unless their length is a constant.
enum class Contiguous { steps, three_steps, five_steps, rows };
constexpr int constant_steps(Contiguous kind) {
    return kind == Contiguous::three_steps ? 3 : kind == Contiguous::five_steps ? 5 : 0;
}

template <int Rows, int Vectors, Contiguous Kind>
inline void add_step(Floats (&sums)[Rows][Vectors], const float* const (&a)[Rows], std::ptrdiff_t offset, const float* b) {
    Floats right[Vectors];
    for (int v = 0; v < Vectors; ++v) right[v] = simd::load(b + v * simd::width);
    for (int m = 0; m < Rows; ++m) {
        const Floats left = simd::splat(Kind == Contiguous::steps ? a[m][offset] : a[0][offset + m]);
        for (int v = 0; v < Vectors; ++v) sums[m][v] = simd::multiply_add(left, right[v], sums[m][v]);
    }
}

/// Computes one tile; `a` and `c` are its first row, `b` its first column. Only `columns` of the tile's columns are stored.
template <int Rows, int Vectors, Contiguous Kind>
inline void compute_tile(const MatrixProduct& p, const float* a, const float* b, const float* bias, float* c, int columns) {
    Floats sums[Rows][Vectors];
    for (int m = 0; m < Rows; ++m) {
        for (int v = 0; v < Vectors; ++v) {
            const int first = v * simd::width;
            if (p.accumulate) {
                sums[m][v] = simd::load_lanes(c + m * p.c_row + first, columns - first);
            } else {
                sums[m][v] = bias ? simd::load(bias + first) : Floats{};
            }
        }
    }
    for (int segment = 0; segment < p.segments; ++segment) {
        const float* left[Rows];
        for (int m = 0; m < Rows; ++m) left[m] = a + segment * p.a_segment + m * p.a_row;
        const float* right = b + segment * p.b_segment;
        if constexpr (constant_steps(Kind) > 0) {
            for (int i = 0; i < constant_steps(Kind); ++i) add_step<Rows, Vectors, Kind>(sums, left, i, right + i * p.b_step);
            continue;
        }
        // Not unrolled: compilers would load the values of all steps ahead and run out of registers.
        for (int k = 0; k < p.steps; ++k) {
            add_step<Rows, Vectors, Kind>(sums, left, 0, right);
            for (int m = 0; m < Rows; ++m) left[m] += Kind == Contiguous::steps ? 1 : p.a_step;
            right += p.b_step;
        }
    }
    for (int m = 0; m < Rows; ++m) {
        for (int v = 0; v < Vectors; ++v) {
            const int first = v * simd::width;
            const Floats value = p.relu ? simd::greater(sums[m][v], Floats{}) : sums[m][v];
            simd::store_lanes(c + m * p.c_row + first, value, columns - first);
        }
    }
}

/// Computes `tiles` tiles below each other.
template <int Rows, int Vectors, Contiguous Kind>
void compute_tiles(const MatrixProduct& p, const float* a, const float* b, const float* bias, float* c, int columns,
                   int tiles) {
    for (int tile = 0; tile < tiles; ++tile, a += Rows * p.a_row, c += Rows * p.c_row) {
        compute_tile<Rows, Vectors, Kind>(p, a, b, bias, c, columns);
    }
}

using TileFunction = void (*)(const MatrixProduct&, const float*, const float*, const float*, float*, int, int);

template <int Vectors, Contiguous Kind, int... Indices>
constexpr std::array<TileFunction, max_rows> tiles_by_rows(std::integer_sequence<int, Indices...>) {
    return {compute_tiles<Indices + 1, Vectors, Kind>...};
}

/// tile_functions<Kind>[vectors - 1][rows - 1]
template <Contiguous Kind>
constexpr std::array<std::array<TileFunction, max_rows>, max_vectors> tile_functions = {
    tiles_by_rows<1, Kind>(std::make_integer_sequence<int, max_rows>()),
    tiles_by_rows<2, Kind>(std::make_integer_sequence<int, max_rows>())};

template <Contiguous Kind>
void multiply_tiles(const MatrixProduct& p) {
    if (p.rows <= 0) return;
    // Tiles of nearly equal height: 26 rows are 6 + 6 + 7 + 7, not 8 + 8 + 8 + 2.
    const int tiles = (p.rows + max_rows - 1) / max_rows;
    const int height = p.rows / tiles, higher = p.rows % tiles, lower_rows = (tiles - higher) * height;
    for (int column = 0; column < p.columns; column += max_vectors * simd::width) {
        const int columns = std::min(p.columns - column, max_vectors * simd::width);
        const int vectors = (columns + simd::width - 1) / simd::width;
        const auto& by_rows = tile_functions<Kind>[static_cast<std::size_t>(vectors - 1)];
        const float* b = p.b + column;
        const float* bias = p.bias ? p.bias + column : nullptr;
        for (int group = 0; group < p.groups; ++group) {
            const float* a = p.a + group * p.a_group;
            float* c = p.c + group * p.c_group + column;
            by_rows[static_cast<std::size_t>(height - 1)](p, a, b, bias, c, columns, tiles - higher);
            if (higher == 0) continue;
            by_rows[static_cast<std::size_t>(height)](p, a + lower_rows * p.a_row, b, bias, c + lower_rows * p.c_row, columns,
                                                      higher);
        }
    }
}

}  // namespace

void multiply(const MatrixProduct& product) {
    if (product.a_row == 1 && product.a_step == 1) {
        if (product.steps == 3) return multiply_tiles<Contiguous::three_steps>(product);
        if (product.steps == 5) return multiply_tiles<Contiguous::five_steps>(product);
    }
    if (product.a_row == 1) return multiply_tiles<Contiguous::rows>(product);
    multiply_tiles<Contiguous::steps>(product);
}

void transpose(const float* from, std::ptrdiff_t from_row, int rows, int columns, float* to, std::ptrdiff_t to_row) {
    constexpr int block = 8;  // eight rows on either side fit into the first-level cache with any stride
    for (int row = 0; row < rows; row += block) {
        const int last_row = std::min(row + block, rows);
        for (int column = 0; column < columns; ++column) {
            for (int r = row; r < last_row; ++r) to[column * to_row + r] = from[r * from_row + column];
        }
    }
}

void pad_rows(const float* from, int rows, int columns, float* to) {
    const int stride = simd::padded(columns);
    for (int row = 0; row < rows; ++row, from += columns, to += stride) {
        std::memcpy(to, from, static_cast<std::size_t>(columns) * sizeof(float));
        std::fill(to + columns, to + stride, 0.0F);
    }
}

}  // namespace digitlab
