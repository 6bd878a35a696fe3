#include "data/photo.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

namespace digitlab {

namespace {

using Colour = std::array<double, 3>;

double between(RandomStream& random, double low, double high) {
    return low + (high - low) * static_cast<double>(random.uniform());
}

/// A digit of the data set with its box.
struct Glyph {
    std::span<const std::uint8_t> pixels;
    int left = 28, top = 28, right = 0, bottom = 0;

    explicit Glyph(std::span<const std::uint8_t> image) : pixels(image) {
        for (int y = 0; y < 28; ++y) {
            for (int x = 0; x < 28; ++x) {
                if (pixels[static_cast<std::size_t>(y * 28 + x)] < 32) continue;
                left = std::min(left, x);
                right = std::max(right, x + 1);
                top = std::min(top, y);
                bottom = std::max(bottom, y + 1);
            }
        }
    }

    double at(int x, int y) const {
        return x < 0 || y < 0 || x > 27 || y > 27 ? 0 : pixels[static_cast<std::size_t>(y * 28 + x)] / 255.0;
    }
    /// Bilinear interpolation; (0, 0) is the outer corner of the first pixel.
    double sample(double x, double y) const {
        const double u = x - 0.5, v = y - 0.5;
        const int column = static_cast<int>(std::floor(u)), row = static_cast<int>(std::floor(v));
        const double across = u - column, down = v - row;
        const double above = at(column, row) * (1 - across) + at(column + 1, row) * across;
        const double below = at(column, row + 1) * (1 - across) + at(column + 1, row + 1) * across;
        return above * (1 - down) + below * down;
    }
};

/// Ink of all digits, 0 to 1.
std::vector<double> write_digits(const Dataset& data, std::span<const std::uint32_t> rows, RandomStream& random,
                                 bool touching) {
    std::vector<Glyph> glyphs;
    std::vector<double> scales, lefts;
    double width = 0, tallest = 0;
    for (const std::uint32_t row : rows) {
        glyphs.emplace_back(data.image(row));
        // A digit of MNIST is twenty pixels high, whatever its shape; here that is about 1.
        scales.push_back(between(random, 0.85, 1.15) / 20);
        const Glyph& glyph = glyphs.back();
        if (!lefts.empty()) width += touching ? between(random, -0.1, -0.02) : between(random, 0.12, 0.5);
        lefts.push_back(width);
        width += (glyph.right - glyph.left) * scales.back();
        tallest = std::max(tallest, (glyph.bottom - glyph.top) * scales.back());
    }
    // Up to 85 % of the sheet, with room for the rotation.
    const double largest = std::min(0.85 * Photo::width / width, 0.75 * Photo::height / tallest);
    const double size = between(random, std::min(60.0, largest), std::min(largest, 320.0));
    const double angle = between(random, -10, 10) * 3.14159265 / 180, cosine = std::cos(angle), sine = std::sin(angle);
    const double half_width = (width * std::abs(cosine) + tallest * std::abs(sine)) * size / 2 + 8;
    const double half_height = (tallest * std::abs(cosine) + width * std::abs(sine)) * size / 2 + 8;
    const auto middle = [&](double half, double side) {
        return half < side / 2 ? between(random, half, side - half) : side / 2;
    };
    const double middle_x = middle(half_width, Photo::width), middle_y = middle(half_height, Photo::height);

    std::vector<double> ink(std::size_t{Photo::width} * Photo::height);
    for (int y = 0; y < Photo::height; ++y) {
        for (int x = 0; x < Photo::width; ++x) {
            const double dx = (x + 0.5 - middle_x) / size, dy = (y + 0.5 - middle_y) / size;
            const double along = dx * cosine + dy * sine + width / 2, down = dy * cosine - dx * sine;
            double& here = ink[static_cast<std::size_t>(y * Photo::width + x)];
            for (std::size_t i = 0; i < glyphs.size(); ++i) {
                const double u = (along - lefts[i]) / scales[i] + glyphs[i].left;
                const double v = down / scales[i] + (glyphs[i].top + glyphs[i].bottom) / 2.0;
                if (u > -1 && v > -1 && u < 29 && v < 29) here = std::max(here, glyphs[i].sample(u, v));
            }
        }
    }
    return ink;
}

struct Colours {
    Colour paper, ink;
};

/// Light paper with dark ink in four of five cases, otherwise the reverse.
Colours choose_colours(RandomStream& random) {
    for (;;) {
        const bool light_paper = random.uniform() < 0.8F;
        Colours colours{};
        double difference = 0;
        for (std::size_t channel = 0; channel < 3; ++channel) {
            colours.paper[channel] = light_paper ? between(random, 170, 255) : between(random, 10, 80);
            colours.ink[channel] = light_paper ? between(random, 0, 200) : between(random, 100, 255);
            difference = std::max(difference, std::abs(colours.paper[channel] - colours.ink[channel]));
        }
        if (difference >= 90) return colours;
    }
}

/// The share of full light at each point.
struct Light {
    double fall_x, fall_y, shadow_x, shadow_y, shadow_at, shadow_depth, shadow_softness;

    explicit Light(RandomStream& random) {
        const double way = between(random, 0, 6.2831853), fall = between(random, 0, 0.4);
        fall_x = fall * std::cos(way);
        fall_y = fall * std::sin(way);
        const double turn = between(random, 0, 6.2831853);
        shadow_x = std::cos(turn);
        shadow_y = std::sin(turn);
        shadow_at = between(random, -0.6, 0.6);
        shadow_depth = between(random, 0, 0.4);
        shadow_softness = between(random, 0.1, 0.4);
    }
    /// (x, y) from -0.5 to 0.5
    double at(double x, double y) const {
        const double into_shadow = (x * shadow_x + y * shadow_y - shadow_at) / shadow_softness;
        const double shadow = shadow_depth / (1 + std::exp(-8 * into_shadow));
        return std::clamp(1 - shadow + fall_x * x + fall_y * y, 0.1, 1.2);
    }
};

}  // namespace

Photo photo_of_digits(const Dataset& data, std::span<const std::uint32_t> rows, RandomStream random, bool touching) {
    const Colours colours = choose_colours(random);
    const Light light(random);
    const double deviation = between(random, 1, 10);
    const std::vector<double> ink = write_digits(data, rows, random, touching);
    Photo photo;
    photo.rgba.reserve(ink.size() * 4);
    for (int y = 0; y < Photo::height; ++y) {
        for (int x = 0; x < Photo::width; ++x) {
            const double share = ink[static_cast<std::size_t>(y * Photo::width + x)];
            const double brightness =
                light.at(static_cast<double>(x) / Photo::width - 0.5, static_cast<double>(y) / Photo::height - 0.5);
            for (std::size_t channel = 0; channel < 3; ++channel) {
                const double colour = colours.paper[channel] + share * (colours.ink[channel] - colours.paper[channel]);
                const double value = colour * brightness + deviation * static_cast<double>(random.normal());
                photo.rgba.push_back(static_cast<std::uint8_t>(std::clamp(value, 0.0, 255.0) + 0.5));
            }
            photo.rgba.push_back(255);
        }
    }
    return photo;
}

}  // namespace digitlab
