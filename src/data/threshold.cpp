#include "data/threshold.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <vector>

namespace digitlab {

namespace {

/// Weaker ink is never distinguished from paper.
constexpr int least_contrast = 24;
/// A stroke has at least the first share of the picture's full ink somewhere, and at least the second everywhere.
constexpr double strong_share = 0.5, weak_share = 0.25;
/// How many standard deviations above the noise ink must be.
constexpr double certain_deviations = 6;
/// Noise of less than a grey level or so is rounding.
constexpr double least_noise = 1.5;

/// Smaller pictures consist of edges only.
constexpr int least_side = 20;

using Histogram = std::array<std::int64_t, 256>;

/// The value below which `share` of the counted values lie.
int quantile(const Histogram& counts, double share) {
    std::int64_t all = 0;
    for (const std::int64_t count : counts) all += count;
    auto left = static_cast<std::int64_t>(static_cast<double>(all) * share);
    for (int value = 0; value < 255; ++value) {
        left -= counts[static_cast<std::size_t>(value)];
        if (left < 0) return value;
    }
    return 255;
}

/// Pixels [first, last) of rows or columns.
struct Range {
    int first, last;
};

/// The standard deviation of the noise, from the median difference between pixels and the plane of their neighbours (Immerkær,
/// "Fast noise variance estimation", 1996); strokes and shadows affect few pixels.
double noise_deviation(const GreyImage& ink, Range rows, Range columns) {
    Histogram counts{};
    for (int y = std::max(rows.first, 1); y < std::min(rows.last, ink.height - 1); ++y) {
        for (int x = std::max(columns.first, 1); x < std::min(columns.last, ink.width - 1); ++x) {
            const int sides = ink.at(x - 1, y) + ink.at(x + 1, y) + ink.at(x, y - 1) + ink.at(x, y + 1);
            const int corners = ink.at(x - 1, y - 1) + ink.at(x + 1, y - 1) + ink.at(x - 1, y + 1) + ink.at(x + 1, y + 1);
            const int difference = std::abs(4 * ink.at(x, y) - 2 * sides + corners);
            ++counts[static_cast<std::size_t>(std::min(difference, 255))];
        }
    }
    // The norm of the mask's weights is 6; the median magnitude of a normal distribution is 0.6745 standard deviations. Paper
    // is cut off at 0, which nearly halves the differences.
    return quantile(counts, 0.5) / (6 * 0.6745) * 1.5;
}

/// Noise is stronger where the light was weak, so a fifth of the picture's sixteen parts may have more noise than this.
double noise_deviation(const GreyImage& ink) {
    constexpr int parts = 4;
    if (std::min(ink.width, ink.height) < least_side) return 0;
    if (std::min(ink.width, ink.height) < 4 * least_side) return noise_deviation(ink, {0, ink.height}, {0, ink.width});
    std::vector<double> noises;
    for (int row = 0; row < parts; ++row) {
        for (int column = 0; column < parts; ++column) {
            noises.push_back(noise_deviation(ink, {row * ink.height / parts, (row + 1) * ink.height / parts},
                                             {column * ink.width / parts, (column + 1) * ink.width / parts}));
        }
    }
    std::ranges::sort(noises);
    return noises[noises.size() * 4 / 5];
}

/// Smooths with weights 1 2 1 in both directions, which leaves about a third of the noise. Border pixels are repeated outside.
GreyImage smoothed(const GreyImage& image) {
    GreyImage rows = image, result = image;
    const auto width = static_cast<std::size_t>(image.width), height = static_cast<std::size_t>(image.height);
    const auto mean = [](int before, int own, int after) {
        return static_cast<std::uint8_t>((before + 2 * own + after + 2) / 4);
    };
    for (std::size_t y = 0; y < height; ++y) {
        const std::uint8_t* from = image.ink.data() + y * width;
        std::uint8_t* to = rows.ink.data() + y * width;
        for (std::size_t x = 0; x < width; ++x)
            to[x] = mean(from[x > 0 ? x - 1 : 0], from[x], from[std::min(x + 1, width - 1)]);
    }
    for (std::size_t y = 0; y < height; ++y) {
        const std::uint8_t* above = rows.ink.data() + (y > 0 ? y - 1 : 0) * width;
        const std::uint8_t* own = rows.ink.data() + y * width;
        const std::uint8_t* below = rows.ink.data() + std::min(y + 1, height - 1) * width;
        std::uint8_t* to = result.ink.data() + y * width;
        for (std::size_t x = 0; x < width; ++x) to[x] = mean(above[x], own[x], below[x]);
    }
    return result;
}

/// The ink in the middle of a stroke: `share` of the pixels that are surely ink have less.
int full_ink(const GreyImage& ink, int least, double share) {
    Histogram counts{};
    for (const std::uint8_t value : ink.ink) {
        if (value >= least) ++counts[value];
    }
    return quantile(counts, share);
}

/// Marks all ink of at least `weak` that is connected to ink of at least `strong`.
std::vector<std::uint8_t> strokes(const GreyImage& ink, int strong, int weak) {
    std::vector<std::uint8_t> marked(ink.ink.size());
    std::vector<std::size_t> open;
    const auto width = static_cast<std::size_t>(ink.width), height = static_cast<std::size_t>(ink.height);
    for (std::size_t start = 0; start < marked.size(); ++start) {
        if (marked[start] || ink.ink[start] < strong) continue;
        marked[start] = 1;
        open.push_back(start);
        while (!open.empty()) {
            const std::size_t place = open.back();
            open.pop_back();
            const std::size_t x = place % width, y = place / width;
            for (std::size_t v = y > 0 ? y - 1 : 0; v < std::min(y + 2, height); ++v) {
                for (std::size_t u = x > 0 ? x - 1 : 0; u < std::min(x + 2, width); ++u) {
                    const std::size_t next = v * width + u;
                    if (marked[next] || ink.ink[next] < weak) continue;
                    marked[next] = 1;
                    open.push_back(next);
                }
            }
        }
    }
    return marked;
}

/// Adds the grey edges of strokes: two pixels on every side.
void widen(std::vector<std::uint8_t>& marked, int width, int height) {
    const auto columns = static_cast<std::size_t>(width), rows = static_cast<std::size_t>(height);
    for (std::uint8_t round = 1; round <= 2; ++round) {
        for (std::size_t y = 0; y < rows; ++y) {
            for (std::size_t x = 0; x < columns; ++x) {
                const std::size_t place = y * columns + x;
                if (marked[place]) continue;
                const bool beside = (x > 0 && marked[place - 1] == round) || (x + 1 < columns && marked[place + 1] == round) ||
                                    (y > 0 && marked[place - columns] == round) ||
                                    (y + 1 < rows && marked[place + columns] == round);
                if (beside) marked[place] = static_cast<std::uint8_t>(round + 1);
            }
        }
    }
}

}  // namespace

GreyImage clean_ink(const GreyImage& ink) {
    double noise = noise_deviation(ink);
    const bool noisy = noise > least_noise;
    GreyImage clean = ink;
    if (noisy) {
        clean = smoothed(ink);
        noise *= 0.375;
    } else {
        noise = 0;
    }
    const int least = std::max(least_contrast, static_cast<int>(certain_deviations * noise));
    const int full = full_ink(clean, least, noisy ? 0.9 : 0.99);
    // A picture without noise has no shadows either, so faint ink counts as ink.
    const double trust = noisy ? 1 : 0.4;
    const int strong = std::max(least, static_cast<int>(trust * strong_share * full));
    const int weak = std::max(static_cast<int>(least * 0.75), static_cast<int>(trust * weak_share * full));
    std::vector<std::uint8_t> marked = strokes(clean, strong, weak);
    widen(marked, clean.width, clean.height);

    // Map the level that noise may reach on paper to 0, and full ink to 255.
    const double floor = 2 * noise, scale = 255 / std::max(full - floor, 1.0);
    std::array<std::uint8_t, 256> table{};
    for (std::size_t value = 0; value < 256; ++value) {
        const double stretched = std::clamp((static_cast<double>(value) - floor) * scale, 0.0, 255.0);
        table[value] = static_cast<std::uint8_t>(stretched + 0.5);
    }
    for (std::size_t i = 0; i < marked.size(); ++i) clean.ink[i] = marked[i] ? table[clean.ink[i]] : std::uint8_t{0};
    return clean;
}

}  // namespace digitlab
