#include "platform/native/image.h"

#include <cstddef>
#include <fstream>
#include <iterator>
#include <memory>

#define STB_IMAGE_IMPLEMENTATION
#define STB_IMAGE_STATIC
#define STBI_NO_HDR
#define STBI_NO_LINEAR
#if defined(__GNUC__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"
#endif
#include <third_party/stb/stb_image.h>
#if defined(__GNUC__)
#pragma GCC diagnostic pop
#endif

namespace digitlab {

namespace {

constexpr std::int64_t most_pixels = 40'000'000;

Result<std::vector<unsigned char>> read_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return fail("no-file", "Cannot open " + path + ".");
    return std::vector<unsigned char>(std::istreambuf_iterator<char>(file), {});
}

}  // namespace

Result<RgbaImage> read_image(const std::string& path) {
    const auto bytes = read_file(path);
    if (!bytes) return tl::unexpected(bytes.error());
    const int size = static_cast<int>(bytes->size());
    RgbaImage image;
    int channels = 0;
    if (stbi_info_from_memory(bytes->data(), size, &image.width, &image.height, &channels) == 0) {
        return fail("bad-image", path + " is not a picture that can be read (PNG, JPEG, BMP, GIF and PGM can).");
    }
    if (std::int64_t{image.width} * image.height > most_pixels) {
        return fail("image-too-large", path + " has more than 40 megapixels. Make it smaller first.");
    }
    const std::unique_ptr<unsigned char, decltype(&stbi_image_free)> pixels(
        stbi_load_from_memory(bytes->data(), size, &image.width, &image.height, &channels, 4), stbi_image_free);
    if (!pixels) return fail("bad-image", path + " is damaged: " + stbi_failure_reason() + ".");
    image.rgba.assign(pixels.get(), pixels.get() + std::ptrdiff_t{image.width} * image.height * 4);
    return image;
}

}  // namespace digitlab
