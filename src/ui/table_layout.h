#pragma once

#include <imgui.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace digitlab {

// The layout of tables. All lengths are in CSS pixels.

/// The left edges of columns with these shares of `width`, and the right edge of the last.
std::vector<float> column_edges(const std::vector<float>& weights, float left, float width);

inline constexpr std::size_t most_cell_lines = 3;
/// Breaks the words into at most three lines that fit into `width`, only after a space or one of "_-/,". The last line may be
/// too wide.
std::vector<std::string> cell_lines(const ImFont* font, std::string_view words, float width);

/// The heights of a table's rows. A row that was never in sight counts as one line high.
class RowHeights {
   public:
    static constexpr float least = 36;

    /// Forgets the heights when the width of the table or its number of rows has changed.
    void fit(std::size_t rows, float width);
    void set(std::size_t row, float height) { heights_[row] = height; }
    /// The top of each row, and the bottom of the last one.
    std::vector<float> edges(float top) const;

   private:
    std::vector<float> heights_;
    float width_ = 0;
};

/// The rows from `first` up to but not including `end`.
struct RowRange {
    std::size_t first = 0, end = 0;
    bool contains(std::size_t row) const { return row >= first && row < end; }
};

/// The rows with these edges that overlap `top` to `bottom`; an empty range at the nearer end when there are none.
RowRange rows_between(const std::vector<float>& edges, float top, float bottom);

/// The range with up to `margin` more rows on both sides. A table of up to `whole` rows is included whole, so that a screen
/// reader has all of it.
RowRange with_margin(RowRange range, std::size_t rows, std::size_t margin, std::size_t whole);

}  // namespace digitlab
