#include "ui/table_layout.h"

#include <algorithm>
#include <numeric>

#include "ui/drawing.h"

namespace digitlab {

namespace {

/// Names like "model_small-cnn_run12" may be broken, but "97.1 %" stays whole.
bool breaks_after(std::string_view words, std::size_t place) {
    constexpr std::string_view separators = " _-/,";
    return separators.find(words[place]) != std::string_view::npos && place + 1 < words.size() && words[place + 1] != '%';
}

}  // namespace

std::vector<float> column_edges(const std::vector<float>& weights, float left, float width) {
    const float sum = std::max(std::accumulate(weights.begin(), weights.end(), 0.0F), 0.01F);
    std::vector<float> edges = {left};
    for (const float weight : weights) edges.push_back(edges.back() + width * weight / sum);
    return edges;
}

std::vector<std::string> cell_lines(const ImFont* font, std::string_view words, float width) {
    std::vector<std::string> lines;
    while (lines.size() + 1 < most_cell_lines && measure(font, words).x > width) {
        std::size_t end = 0;
        for (std::size_t place = 0; place < words.size(); ++place) {
            if (breaks_after(words, place) && measure(font, words.substr(0, place + 1)).x <= width) end = place + 1;
        }
        if (end == 0) break;
        lines.emplace_back(words.substr(0, words[end - 1] == ' ' ? end - 1 : end));
        words.remove_prefix(end);
    }
    lines.emplace_back(words);
    return lines;
}

void RowHeights::fit(std::size_t rows, float width) {
    if (rows == heights_.size() && width == width_) return;
    heights_.assign(rows, least);
    width_ = width;
}

std::vector<float> RowHeights::edges(float top) const {
    std::vector<float> edges = {top};
    edges.reserve(heights_.size() + 1);
    for (const float height : heights_) edges.push_back(edges.back() + height);
    return edges;
}

RowRange rows_between(const std::vector<float>& edges, float top, float bottom) {
    const std::size_t rows = edges.size() - 1;
    const auto first = std::ranges::upper_bound(edges.begin() + 1, edges.end(), top) - (edges.begin() + 1);
    const auto end = std::ranges::lower_bound(edges.begin(), edges.end() - 1, bottom) - edges.begin();
    const RowRange range{static_cast<std::size_t>(first), static_cast<std::size_t>(end)};
    return {range.first, std::clamp(range.end, range.first, rows)};
}

RowRange with_margin(RowRange range, std::size_t rows, std::size_t margin, std::size_t whole) {
    if (rows <= whole) return {0, rows};
    return {range.first - std::min(range.first, margin), std::min(range.end + margin, rows)};
}

}  // namespace digitlab
