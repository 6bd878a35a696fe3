#include "data/invert.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace digitlab {

namespace {

/// The median of the border, so that it is paper even if a stroke runs off the picture, as long as most of the border is paper.
int paper_grey(const GreyImage& grey) {
    std::vector<std::uint8_t> border;
    for (int x = 0; x < grey.width; ++x) {
        border.push_back(grey.at(x, 0));
        border.push_back(grey.at(x, grey.height - 1));
    }
    for (int y = 0; y < grey.height; ++y) {
        border.push_back(grey.at(0, y));
        border.push_back(grey.at(grey.width - 1, y));
    }
    const auto middle = border.begin() + static_cast<std::ptrdiff_t>(border.size() / 2);
    std::ranges::nth_element(border, middle);
    return *middle;
}

/// Uses the third power, so that a little strong ink counts more than a lot of faint noise.
bool ink_is_dark(const GreyImage& grey, int paper) {
    std::vector<std::int64_t> counts(256);
    for (const std::uint8_t value : grey.ink) ++counts[value];
    double skewness = 0;
    for (int value = 0; value < 256; ++value) {
        const double difference = value - paper;
        skewness += static_cast<double>(counts[static_cast<std::size_t>(value)]) * difference * difference * difference;
    }
    return skewness < 0;
}

/// Ink by grey value: 0 for paper and anything beyond it, 255 for the other end of the scale.
std::vector<std::uint8_t> ink_table(int paper, bool dark_ink) {
    const int range = std::max(dark_ink ? paper : 255 - paper, 1);
    std::vector<std::uint8_t> table(256);
    for (int grey = 0; grey < 256; ++grey) {
        const int above_paper = std::max(dark_ink ? paper - grey : grey - paper, 0);
        table[static_cast<std::size_t>(grey)] = static_cast<std::uint8_t>((255 * above_paper + range / 2) / range);
    }
    return table;
}

}  // namespace

GreyImage ink_on_paper(const GreyImage& even) {
    const int paper = paper_grey(even);
    const std::vector<std::uint8_t> table = ink_table(paper, ink_is_dark(even, paper));
    GreyImage ink = even;
    for (std::uint8_t& value : ink.ink) value = table[value];
    return ink;
}

}  // namespace digitlab
