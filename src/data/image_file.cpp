#include "data/image_file.h"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <memory>
#include <vector>

#include "data/fit.h"
#include "data/grey.h"
#include "data/stb_image.h"

namespace digitlab {

namespace {

constexpr int most_pixels = 1 << 24;

}  // namespace

Result<GreyImage> decode_picture(const std::string& name, std::span<const std::uint8_t> file) {
    const auto refuse = [&](const std::string& why) { return fail("bad-image", name + " " + why); };
    if (file.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) return refuse("is far too large a file.");
    const int size = static_cast<int>(file.size());
    int width = 0, height = 0, channels = 0;
    if (stbi_info_from_memory(file.data(), size, &width, &height, &channels) == 0 || width < 1 || height < 1) {
        return refuse("is not a picture that can be read (PNG, JPEG and BMP can), or it is damaged.");
    }
    if (width > largest_picture_side || height > largest_picture_side || width * height > most_pixels) {
        return fail("image-too-large", name + " is " + std::to_string(width) + "\u00D7" + std::to_string(height) +
                                           " pixels; at most 4096 a side are taken. Make it smaller first.");
    }
    const std::unique_ptr<unsigned char, decltype(&stbi_image_free)> pixels(
        stbi_load_from_memory(file.data(), size, &width, &height, &channels, 4), stbi_image_free);
    if (!pixels) return refuse("is damaged: " + std::string(stbi_failure_reason()) + ".");
    const auto bytes = static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 4;
    auto grey = grey_from_rgba(std::span<const std::uint8_t>(pixels.get(), bytes), width, height);
    if (!grey) return refuse("cannot be used: " + grey.error().message);
    return grey;
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
