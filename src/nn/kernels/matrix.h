#pragma once

#include <cstddef>

/// The matrix product behind dense layers and convolutions, forward and backward.
namespace digitlab {

/// C(g, m, n) = start + sum over s < segments, k < steps of A(g, m, s, k) * B(s, k, n), in this order of s and k for each
/// output, for g < groups, m < rows, n < columns.
///
/// A is read through strides: a row of a matrix, a column of it, or the pixels under a moving convolution window, without
/// copying any of them. Each stride counts floats; the last index of B and C is contiguous.
struct MatrixProduct {
    const float* a = nullptr;
    std::ptrdiff_t a_group = 0, a_row = 0, a_segment = 0, a_step = 0;
    const float* b = nullptr;  ///< must be readable up to simd::padded(columns) in every row
    std::ptrdiff_t b_segment = 0, b_step = 0;
    float* c = nullptr;
    std::ptrdiff_t c_group = 0, c_row = 0;
    int groups = 1, rows = 0, columns = 0, segments = 1, steps = 0;

    const float* bias = nullptr;  ///< start of each column, readable up to simd::padded(columns); null: zero
    bool accumulate = false;      ///< start from the values of C
    bool relu = false;            ///< negative results become zero
};

/// One of a_row and a_step must be 1.
void multiply(const MatrixProduct& product);

/// to(column, row) = from(row, column); strides in floats.
void transpose(const float* from, std::ptrdiff_t from_row, int rows, int columns, float* to, std::ptrdiff_t to_row);

/// Copies rows of `columns` floats into rows of simd::padded(columns), filled with zeros.
void pad_rows(const float* from, int rows, int columns, float* to);

}  // namespace digitlab
