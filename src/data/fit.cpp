#include "data/fit.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace digitlab {

namespace {

/// How one side of the box is scaled: each new pixel is a weighted mean of old ones. When shrinking, the mean is over the
/// area that the new pixel covers; when growing, the same rule with a window one old pixel wide is linear interpolation.
struct Resampling {
    int length;    ///< old pixels
    double scale;  ///< new pixels per old pixel
    int size;      ///< new pixels; the old ones lie in their centre, with paper around

    Resampling(int old_pixels, double by) : length(old_pixels), scale(by), size(pixels_for(old_pixels * by)) {}

    /// Subtracting 1e-6 makes 20.0000001 pixels 20.
    static int pixels_for(double length) { return std::max(static_cast<int>(std::ceil(length - 1e-6)), 1); }

    /// Calls `add(old pixel, weight)` for every old pixel that new pixel `index` sees; the weights sum to at most 1.
    template <class Add>
    void for_each_source(int index, Add&& add) const {
        const double window = std::max(1 / scale, 1.0);
        const double centre = (index + 0.5 - 0.5 * size) / scale + 0.5 * length;
        const double low = std::max(centre - window / 2, 0.0);
        const double high = std::min(centre + window / 2, static_cast<double>(length));
        for (int old = static_cast<int>(std::floor(low)); old < high; ++old) {
            const double covered = std::min(high, old + 1.0) - std::max(low, static_cast<double>(old));
            if (covered > 0) add(old, covered / window);
        }
    }
};

/// The scaled picture, 0 to 255 and not yet rounded.
std::vector<double> resample(const GreyImage& crop, const Resampling& across, const Resampling& down) {
    const auto columns = static_cast<std::size_t>(across.size);
    std::vector<double> narrow(static_cast<std::size_t>(down.length) * columns, 0);
    for (int column = 0; column < across.size; ++column) {
        across.for_each_source(column, [&](int x, double weight) {
            double* target = narrow.data() + column;
            for (int y = 0; y < down.length; ++y, target += columns) *target += weight * crop.at(x, y);
        });
    }
    std::vector<double> small(static_cast<std::size_t>(down.size) * columns, 0);
    for (int row = 0; row < down.size; ++row) {
        down.for_each_source(row, [&](int y, double weight) {
            const double* source = narrow.data() + static_cast<std::size_t>(y) * columns;
            double* target = small.data() + static_cast<std::size_t>(row) * columns;
            for (std::size_t column = 0; column < columns; ++column) target[column] += weight * source[column];
        });
    }
    return small;
}

/// Mean position of the ink, in pixels from the outer corner; the centre of the picture if there is no ink.
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

/// Where `size` pixels begin so that `centre` lies within pixel 14, or as close to it as possible with nothing cut off. All of
/// MNIST's digits have their centre of mass in that pixel, not at the corner (14, 14).
int place(float centre, int size) {
    const int wanted = digit_side / 2 - static_cast<int>(std::floor(centre));
    return std::clamp(wanted, 0, digit_side - size);
}

/// Moves by whole pixels only, as in MNIST: anything finer would blur the strokes a second time.
DigitPixels placed(const GreyImage& fitted, InkPoint centre) {
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

GreyImage fit_into_square(const GreyImage& crop, int side) {
    const double scale = static_cast<double>(side) / std::max(crop.width, crop.height);
    const Resampling across(crop.width, scale);
    const Resampling down(crop.height, scale);
    const std::vector<double> small = resample(crop, across, down);
    const double peak = std::ranges::max(small);

    GreyImage fitted{across.size, down.size, std::vector<std::uint8_t>(small.size())};
    if (peak <= 0) return fitted;
    std::ranges::transform(small, fitted.ink.begin(),
                           [peak](double ink) { return static_cast<std::uint8_t>(ink / peak * 255 + 0.5); });
    return fitted;
}

GreyImage area_average(const GreyImage& image, int side) {
    const int longer = std::max(image.width, image.height);
    const auto scaled = [&](int length) { return std::max(1, (length * side + longer / 2) / longer); };
    const int width = scaled(image.width), height = scaled(image.height);
    const Resampling across(image.width, static_cast<double>(width) / image.width);
    const Resampling down(image.height, static_cast<double>(height) / image.height);
    // When growing, the window reaches beyond the edge; dividing by `whole` makes up for what is missing there.
    const GreyImage white{image.width, image.height, std::vector<std::uint8_t>(image.ink.size(), 255)};
    const std::vector<double> small = resample(image, across, down), whole = resample(white, across, down);
    GreyImage fitted{across.size, down.size, std::vector<std::uint8_t>(small.size())};
    for (std::size_t i = 0; i < small.size(); ++i) {
        fitted.ink[i] = static_cast<std::uint8_t>(std::clamp(whole[i] > 0 ? small[i] / whole[i] * 255 + 0.5 : 0.0, 0.0, 255.0));
    }
    return fitted;
}

GreyImage with_at_most(std::int64_t pixels, const GreyImage& image) {
    const std::int64_t own = std::int64_t{image.width} * image.height;
    if (own <= pixels) return image;
    const double scale = std::sqrt(static_cast<double>(pixels) / static_cast<double>(own));
    return area_average(image, std::max(1, static_cast<int>(scale * std::max(image.width, image.height))));
}

DigitPixels centre_by_mass(const GreyImage& fitted) { return placed(fitted, centre_of_mass(fitted)); }

DigitPixels centre_by_box(const GreyImage& fitted) {
    return placed(fitted, {static_cast<float>(fitted.width) / 2, static_cast<float>(fitted.height) / 2});
}

GreyImage fit_picture(const GreyImage& grey) {
    if (grey.width == digit_side && grey.height == digit_side) return grey;
    const GreyImage fitted = area_average(grey, digit_side);
    GreyImage square{digit_side, digit_side, {}};
    square.ink.assign(digit_pixels, static_cast<std::uint8_t>(border_brightness(grey) + 0.5));
    const int left = (digit_side - fitted.width) / 2, top = (digit_side - fitted.height) / 2;
    for (int y = 0; y < fitted.height; ++y) {
        std::ranges::copy(
            std::span(fitted.ink).subspan(static_cast<std::size_t>(y * fitted.width), static_cast<std::size_t>(fitted.width)),
            square.ink.begin() + (top + y) * digit_side + left);
    }
    return square;
}

double border_brightness(const GreyImage& grey) {
    double sum = 0;
    int count = 0;
    const auto add = [&](int x, int y) {
        sum += grey.at(x, y);
        ++count;
    };
    for (int x = 0; x < grey.width; ++x) {
        add(x, 0);
        add(x, grey.height - 1);
    }
    for (int y = 0; y < grey.height; ++y) {
        add(0, y);
        add(grey.width - 1, y);
    }
    return count > 0 ? sum / count : 0;
}

}  // namespace digitlab
