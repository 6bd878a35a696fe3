#include "data/preprocess.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace digitlab {

namespace {

constexpr int fitted_side = 20;

bool is_well_formed(const GreyImage& image) {
    return image.width > 0 && image.height > 0 &&
           image.ink.size() == static_cast<std::uint64_t>(image.width) * static_cast<std::uint64_t>(image.height);
}

/// Sets the box around all ink of at least `threshold`; leaves `digit` blank when there is none.
void find_ink(const GreyImage& drawing, int threshold, PreparedDigit& digit) {
    int left = drawing.width, right = 0, top = drawing.height, bottom = 0;
    for (int y = 0; y < drawing.height; ++y) {
        for (int x = 0; x < drawing.width; ++x) {
            if (drawing.at(x, y) < threshold) continue;
            left = std::min(left, x);
            right = std::max(right, x + 1);
            top = std::min(top, y);
            bottom = std::max(bottom, y + 1);
        }
    }
    if (right == 0) return;
    digit.blank = false;
    digit.left = left;
    digit.top = top;
    digit.right = right;
    digit.bottom = bottom;
}

/// How one side of the box is scaled: each new pixel is a weighted mean of old ones. Shrinking, the mean is over the
/// area the new pixel covers; growing, the same rule with a window one old pixel wide is linear interpolation.
struct Resampling {
    int first, last;  ///< of the old pixels, last exclusive
    double scale;     ///< new pixels per old pixel
    int size;         ///< new pixels; the box lies in their middle, with paper around it

    Resampling(int first_pixel, int last_pixel, double by)
        : first(first_pixel), last(last_pixel), scale(by), size(pixels_for((last - first) * by)) {}

    /// 1e-6: 20.0000001 pixels are 20.
    static int pixels_for(double length) { return std::clamp(static_cast<int>(std::ceil(length - 1e-6)), 1, fitted_side); }

    /// Calls `add(old pixel, weight)` for every old pixel that new pixel `index` sees; the weights sum up to 1 at most.
    template <class Add>
    void for_each_source(int index, Add&& add) const {
        const double window = std::max(1 / scale, 1.0);
        const double centre = (index + 0.5 - 0.5 * size) / scale + 0.5 * (first + last);
        const double low = std::max(centre - window / 2, static_cast<double>(first));
        const double high = std::min(centre + window / 2, static_cast<double>(last));
        for (int old = static_cast<int>(std::floor(low)); old < high; ++old) {
            const double covered = std::min(high, old + 1.0) - std::max(low, static_cast<double>(old));
            if (covered > 0) add(old, covered / window);
        }
    }
};

/// Ink of the box scaled to fit, 0 to 255 and not yet rounded.
std::vector<double> resample(const GreyImage& drawing, const Resampling& across, const Resampling& down) {
    const auto columns = static_cast<std::size_t>(across.size);
    std::vector<double> narrow(static_cast<std::size_t>(down.last - down.first) * columns, 0);
    for (int column = 0; column < across.size; ++column) {
        across.for_each_source(column, [&](int x, double weight) {
            double* target = narrow.data() + column;
            for (int y = down.first; y < down.last; ++y, target += columns) *target += weight * drawing.at(x, y);
        });
    }
    std::vector<double> small(static_cast<std::size_t>(down.size) * columns, 0);
    for (int row = 0; row < down.size; ++row) {
        down.for_each_source(row, [&](int y, double weight) {
            const double* source = narrow.data() + static_cast<std::size_t>(y - down.first) * columns;
            double* target = small.data() + static_cast<std::size_t>(row) * columns;
            for (std::size_t column = 0; column < columns; ++column) target[column] += weight * source[column];
        });
    }
    return small;
}

/// The box scaled into 20×20. A thin pen has become grey by now, while every digit of MNIST has black in it, so the
/// darkest pixel is made black.
GreyImage fit(const GreyImage& drawing, const PreparedDigit& digit) {
    const double scale = static_cast<double>(fitted_side) / std::max(digit.right - digit.left, digit.bottom - digit.top);
    const Resampling across(digit.left, digit.right, scale);
    const Resampling down(digit.top, digit.bottom, scale);
    const std::vector<double> small = resample(drawing, across, down);
    const double peak = std::ranges::max(small);

    GreyImage fitted{across.size, down.size, std::vector<std::uint8_t>(small.size())};
    if (peak <= 0) return fitted;
    std::ranges::transform(small, fitted.ink.begin(),
                           [peak](double ink) { return static_cast<std::uint8_t>(ink / peak * 255 + 0.5); });
    return fitted;
}

/// Mean position of the ink, in pixels from the outer corner; the middle when there is none.
InkPoint centre_of_mass(const GreyImage& image) {
    double mass = 0, moment_x = 0, moment_y = 0;
    for (int y = 0; y < image.height; ++y) {
        for (int x = 0; x < image.width; ++x) {
            const double ink = image.at(x, y);
            mass += ink;
            moment_x += ink * (x + 0.5);
            moment_y += ink * (y + 0.5);
        }
    }
    if (mass <= 0) return {static_cast<float>(image.width) / 2, static_cast<float>(image.height) / 2};
    return {static_cast<float>(moment_x / mass), static_cast<float>(moment_y / mass)};
}

/// Where `size` pixels begin so that `centre` comes to lie within pixel 14, or as near to it as leaves nothing outside. That
/// pixel, and not the corner at (14, 14), is where all of MNIST's digits have their centre of mass.
int place(float centre, int size) {
    const int wanted = digit_side / 2 - static_cast<int>(std::floor(centre));
    return std::clamp(wanted, 0, digit_side - size);
}

/// Whole pixels only, as in MNIST: anything finer would blur the strokes a second time.
DigitPixels centred(const GreyImage& fitted) {
    const InkPoint centre = centre_of_mass(fitted);
    const int left = place(centre.x, fitted.width);
    const int top = place(centre.y, fitted.height);
    DigitPixels pixels{};
    for (int y = 0; y < fitted.height; ++y) {
        for (int x = 0; x < fitted.width; ++x) {
            pixels[static_cast<std::size_t>((top + y) * digit_side + left + x)] = static_cast<float>(fitted.at(x, y)) / 255.0F;
        }
    }
    return pixels;
}

}  // namespace

PreparedDigit prepare_digit(const GreyImage& drawing, int threshold) {
    PreparedDigit digit;
    if (!is_well_formed(drawing)) return digit;
    find_ink(drawing, std::max(threshold, 1), digit);
    if (digit.blank) return digit;
    digit.fitted = fit(drawing, digit);
    digit.pixels = centred(digit.fitted);
    return digit;
}

}  // namespace digitlab
