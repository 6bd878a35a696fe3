#include "data/even_light.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace digitlab {

namespace {

/// The light changes slowly: it is estimated on about this many cells along the longer side.
constexpr int cells = 96;
/// Pictures with fewer pixels along the longer side are drawn or scanned, and their strokes are as wide as any shadow.
constexpr int least_side = 100;
/// The most that grey levels of evenly lit paper may differ by.
constexpr float even_spread = 6;
/// Paper in shadow is brightened by at most this factor, since its noise grows as well.
constexpr float most_gain = 4;

/// A picture of means over cells of `cell` × `cell` pixels.
struct Cells {
    int cell = 1, width = 0, height = 0;
    std::vector<float> grey;  ///< (height, width)

    float at(int x, int y) const { return grey[static_cast<std::size_t>(y * width + x)]; }
};

Cells reduce(const GreyImage& image) {
    Cells small;
    small.cell = std::max(1, std::max(image.width, image.height) / cells);
    small.width = (image.width + small.cell - 1) / small.cell;
    small.height = (image.height + small.cell - 1) / small.cell;
    std::vector<int> sums(static_cast<std::size_t>(small.width * small.height)), counts(sums.size());
    for (int y = 0; y < image.height; ++y) {
        const std::size_t row = static_cast<std::size_t>(y / small.cell) * static_cast<std::size_t>(small.width);
        for (int x = 0; x < image.width; ++x) {
            const std::size_t place = row + static_cast<std::size_t>(x / small.cell);
            sums[place] += image.at(x, y);
            ++counts[place];
        }
    }
    for (std::size_t i = 0; i < sums.size(); ++i)
        small.grey.push_back(static_cast<float>(sums[i]) / static_cast<float>(counts[i]));
    return small;
}

/// Strokes rarely cover a tenth of the border, so the values between the first and last tenth are paper.
bool is_even(const Cells& small) {
    std::vector<float> border;
    for (int x = 0; x < small.width; ++x) {
        border.push_back(small.at(x, 0));
        border.push_back(small.at(x, small.height - 1));
    }
    for (int y = 0; y < small.height; ++y) {
        border.push_back(small.at(0, y));
        border.push_back(small.at(small.width - 1, y));
    }
    std::ranges::sort(border);
    return border[border.size() * 9 / 10] - border[border.size() / 10] <= even_spread;
}

float median(std::vector<float>& values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::ranges::nth_element(values, middle);
    return *middle;
}

/// Whether strokes, which differ most from their surroundings, are darker. Windows are equally wide on both sides, so that
/// light that falls off evenly cancels out even at the border.
bool paper_is_light(const Cells& small) {
    // Sums of all cells above and to the left.
    const auto columns = static_cast<std::size_t>(small.width) + 1;
    std::vector<double> sums(columns * (static_cast<std::size_t>(small.height) + 1), 0);
    const auto sum = [&](int x, int y) -> double& {
        return sums[static_cast<std::size_t>(y) * columns + static_cast<std::size_t>(x)];
    };
    for (int y = 0; y < small.height; ++y) {
        for (int x = 0; x < small.width; ++x) {
            sum(x + 1, y + 1) = static_cast<double>(small.at(x, y)) + sum(x, y + 1) + sum(x + 1, y) - sum(x, y);
        }
    }
    const int reach = std::max(small.width, small.height) / 10;
    double skewness = 0;
    for (int y = 0; y < small.height; ++y) {
        const int down = std::min({reach, y, small.height - 1 - y});
        for (int x = 0; x < small.width; ++x) {
            const int across = std::min({reach, x, small.width - 1 - x});
            const int left = x - across, right = x + across + 1, top = y - down, bottom = y + down + 1;
            const double mean =
                (sum(right, bottom) - sum(left, bottom) - sum(right, top) + sum(left, top)) / ((right - left) * (bottom - top));
            const double difference = static_cast<double>(small.at(x, y)) - mean;
            skewness += difference * difference * difference;
        }
    }
    return skewness <= 0;
}

/// Adds `margin` cells on every side, in which the light keeps changing as it does at the border: each is as far above the
/// outermost cell as its mirror image is below it.
Cells extended(const Cells& small, int margin) {
    Cells wide{small.cell, small.width + 2 * margin, small.height + 2 * margin, {}};
    const auto inside = [](int place, int size) { return std::clamp(place, 0, size - 1); };
    const auto mirrored = [&](int place, int size) { return inside(2 * inside(place, size) - place, size); };
    for (int v = 0; v < wide.height; ++v) {
        const int y = v - margin;
        for (int u = 0; u < wide.width; ++u) {
            const int x = u - margin;
            const float edge = small.at(inside(x, small.width), inside(y, small.height));
            const float mirror = small.at(mirrored(x, small.width), mirrored(y, small.height));
            wide.grey.push_back(std::clamp(2 * edge - mirror, 0.0F, 255.0F));
        }
    }
    return wide;
}

/// The inner part of `wide`, without its margin.
Cells without_margin(const Cells& wide, int margin) {
    Cells small{wide.cell, wide.width - 2 * margin, wide.height - 2 * margin, {}};
    for (int y = 0; y < small.height; ++y) {
        for (int x = 0; x < small.width; ++x) small.grey.push_back(wide.at(x + margin, y + margin));
    }
    return small;
}

/// Replaces every value by `pick` (the largest, the smallest or the mean) of those up to `reach` away, along rows and then
/// columns.
template <class Pick>
void filter(Cells& small, int reach, Pick&& pick) {
    const auto along = [&](int length, int lines, int step, int line_step) {
        std::vector<float> line(static_cast<std::size_t>(length));
        for (int index = 0; index < lines; ++index) {
            float* start = small.grey.data() + index * line_step;
            for (int i = 0; i < length; ++i) line[static_cast<std::size_t>(i)] = start[i * step];
            for (int i = 0; i < length; ++i) {
                const int first = std::max(i - reach, 0), last = std::min(i + reach + 1, length);
                start[i * step] = pick(line.begin() + first, line.begin() + last);
            }
        }
    };
    along(small.width, small.height, 1, small.width);
    along(small.height, small.width, small.width, 1);
}

/// The paper's brightness without the strokes on it: a morphological closing (an opening on dark paper) with a window wider
/// than any stroke, smoothed.
Cells without_strokes(const Cells& small) {
    using Place = std::vector<float>::iterator;
    const auto largest = [](Place first, Place last) { return *std::max_element(first, last); };
    const auto smallest = [](Place first, Place last) { return *std::min_element(first, last); };
    const auto mean = [](Place first, Place last) {
        float sum = 0;
        for (Place place = first; place != last; ++place) sum += *place;
        return sum / static_cast<float>(last - first);
    };
    const int reach = std::max(small.width, small.height) / 8, margin = 2 * reach;
    Cells wide = extended(small, margin);
    if (paper_is_light(small)) {
        filter(wide, reach, largest);
        filter(wide, reach, smallest);
    } else {
        filter(wide, reach, smallest);
        filter(wide, reach, largest);
    }
    filter(wide, 2, mean);
    return without_margin(wide, margin);
}

/// The two cells between which the centre of a pixel lies, and how far it is from the first to the second.
struct Between {
    int first, second;
    float share;

    Between(int pixel, int cell, int count) {
        const float place = std::clamp((static_cast<float>(pixel) + 0.5F) / static_cast<float>(cell) - 0.5F, 0.0F,
                                       static_cast<float>(count - 1));
        first = static_cast<int>(place);
        second = std::min(first + 1, count - 1);
        share = place - static_cast<float>(first);
    }
};

}  // namespace

GreyImage with_even_light(const GreyImage& grey) {
    if (std::max(grey.width, grey.height) < least_side) return grey;
    const Cells small = reduce(grey);
    if (is_even(small)) return grey;
    const Cells light = without_strokes(small);
    std::vector<float> papers = light.grey;
    const float target = median(papers);

    std::vector<Between> columns;
    for (int x = 0; x < grey.width; ++x) columns.emplace_back(x, light.cell, light.width);
    GreyImage even = grey;
    for (int y = 0; y < grey.height; ++y) {
        const Between row(y, light.cell, light.height);
        const float* above = light.grey.data() + std::ptrdiff_t{row.first} * light.width;
        const float* below = light.grey.data() + std::ptrdiff_t{row.second} * light.width;
        std::uint8_t* pixels = even.ink.data() + std::ptrdiff_t{y} * grey.width;
        for (int x = 0; x < grey.width; ++x) {
            const Between& column = columns[static_cast<std::size_t>(x)];
            const float left = above[column.first] + row.share * (below[column.first] - above[column.first]);
            const float right = above[column.second] + row.share * (below[column.second] - above[column.second]);
            const float paper = left + column.share * (right - left);
            // Light is a factor; the gain is limited where there is almost none.
            const float gain = std::min(target / std::max(paper, 1.0F), most_gain);
            const float value = target + (static_cast<float>(pixels[x]) - paper) * gain;
            pixels[x] = static_cast<std::uint8_t>(std::clamp(value, 0.0F, 255.0F) + 0.5F);
        }
    }
    return even;
}

}  // namespace digitlab
