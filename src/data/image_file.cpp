#include "data/image_file.h"

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <initializer_list>
#include <limits>

#include "base/within_memory.h"
#include "data/grey.h"
#include "data/stb_image.h"

namespace digitlab {

namespace {

using ByteView = std::span<const std::uint8_t>;

bool begins_with(ByteView file, std::initializer_list<std::uint8_t> magic) {
    return file.size() >= magic.size() && std::ranges::equal(magic, file.first(magic.size()));
}

/// The most pixels that a byte of a file can hold: a BMP or PGM stores each row in full; deflate unpacks one byte to at most
/// 1,032, and a byte of PNG holds up to 8 pixels; a JPEG has at least one bit for each 8×8 block; GIF's longest code, of 12
/// bits, stands for 4,096.
std::int64_t most_pixels_per_byte(ByteView file) {
    if (begins_with(file, {0x89, 'P', 'N', 'G'})) return 8 * 1032;
    if (begins_with(file, {0xFF, 0xD8})) return 8 * 64;
    if (begins_with(file, {'G', 'I', 'F'})) return 4096;
    if (begins_with(file, {'B', 'M'})) return 8;
    return 1;
}

std::uint32_t little_endian(ByteView file, std::size_t at, int bytes) {
    std::uint32_t value = 0;
    for (int i = bytes; i-- > 0;) value = value << 8U | file[at + static_cast<std::size_t>(i)];
    return value;
}

/// Whether a BMP has as many bytes as its header says; stb_image treats missing bytes as black.
bool is_whole_bmp(ByteView file, int width, int height) {
    constexpr std::size_t old_header = 12, least = 30;
    if (file.size() < least) return false;
    const bool old = little_endian(file, 14, 4) == old_header;
    const std::uint64_t bits = little_endian(file, old ? 24 : 28, 2);
    const std::uint64_t row = (static_cast<std::uint64_t>(width) * bits + 31) / 32 * 4;
    return little_endian(file, 10, 4) + row * static_cast<std::uint64_t>(height) <= file.size();
}

std::string in_pixels(int width, int height) { return std::to_string(width) + "\u00D7" + std::to_string(height) + " pixels"; }

/// The largest allocations of stb_image are RGBA with 16 bits per channel, and the file unpacked on the way to it.
std::size_t memory_for(int width, int height, std::size_t file_bytes) {
    constexpr std::size_t little = std::size_t{1} << 20U;
    return std::size_t{8} * static_cast<std::size_t>(width + 1) * static_cast<std::size_t>(height + 1) + 2 * file_bytes +
           little;
}

}  // namespace

void RgbaImage::Free::operator()(std::uint8_t* pixels) const { stbi_image_free(pixels); }

Result<RgbaImage> decode_rgba(const std::string& name, ByteView file, const PictureLimits& limits) {
    const auto refuse = [&](const std::string& why) { return fail("bad-image", name + " " + why); };
    if (file.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) return refuse("is far too large a file.");
    const int size = static_cast<int>(file.size());
    int width = 0, height = 0, channels = 0;
    const StbMemoryBound for_header(std::size_t{1} << 20U);
    const bool known = stbi_info_from_memory(file.data(), size, &width, &height, &channels) != 0;
    const bool bmp = begins_with(file, {'B', 'M'});
    // A BMP with rows from top to bottom has a negative height.
    if (bmp && height > std::numeric_limits<int>::min()) height = std::abs(height);
    if (!known || width < 1 || height < 1) {
        return refuse("is not a picture that can be read (PNG, JPEG, BMP, GIF and PGM can), or it is damaged.");
    }
    const std::int64_t pixels = std::int64_t{width} * height;
    if (width > limits.side || height > limits.side || pixels > limits.pixels) {
        return fail("image-too-large", name + " has " + in_pixels(width, height) + "; at most " + std::to_string(limits.side) +
                                           " a side and " + std::to_string(limits.pixels / 1'000'000) +
                                           " megapixels can be read. Make it smaller first.");
    }
    if (pixels / most_pixels_per_byte(file) > size || (bmp && !is_whole_bmp(file, width, height))) {
        return refuse("is cut short or damaged: it says that it has " + in_pixels(width, height) + ", but a file of " +
                      std::to_string(file.size()) + " bytes cannot hold them. Copy or download it again.");
    }
    const StbMemoryBound for_pixels(memory_for(width, height, file.size()));
    RgbaImage image(width, height, stbi_load_from_memory(file.data(), size, &width, &height, &channels, 4));
    if (image.rgba().data() == nullptr) return refuse("is damaged: " + std::string(stbi_failure_reason()) + ".");
    if (image.width != width || image.height != height) return refuse("is damaged: its header contradicts itself.");
    return image;
}

Result<GreyImage> decode_picture(const std::string& name, ByteView file, const PictureLimits& limits) {
    return within_memory(no_memory_for_picture, [&]() -> Result<GreyImage> {
        const auto image = decode_rgba(name, file, limits);
        if (!image) return tl::unexpected(image.error());
        auto grey = grey_from_rgba(image->rgba(), image->width, image->height);
        if (!grey) return fail("bad-image", name + " cannot be used: " + grey.error().message);
        return grey;
    });
}

}  // namespace digitlab
