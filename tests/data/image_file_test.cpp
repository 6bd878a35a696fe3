#include "data/image_file.h"

#include <catch2/catch_test_macros.hpp>

#include "data/fit.h"
#include "data/packed.h"

using namespace digitlab;

namespace {

void append(Bytes& bytes, std::uint32_t value, int count) {
    for (int i = 0; i < count; ++i) bytes.push_back(i < 4 ? static_cast<std::uint8_t>(value >> (8 * i)) : std::uint8_t{0});
}

/// A BMP of 24 bits a pixel whose header says `width`×`height`, with `pixel_bytes` bytes of black pixels.
Bytes bmp_of(std::uint32_t width, std::uint32_t height, std::size_t pixel_bytes) {
    Bytes file = {'B', 'M'};
    append(file, static_cast<std::uint32_t>(54 + pixel_bytes), 4);
    append(file, 0, 4);
    append(file, 54, 4);
    append(file, 40, 4);
    append(file, width, 4);
    append(file, height, 4);
    append(file, 1, 2);
    append(file, 24, 2);
    append(file, 0, 24);
    file.resize(54 + pixel_bytes);
    return file;
}

Bytes pgm_of(const std::string& size, std::size_t pixels) {
    Bytes file = bytes_of_text("P5\n" + size + "\n255\n");
    file.insert(file.end(), pixels, 200);
    return file;
}

std::string refusal(const Bytes& file) {
    const auto grey = decode_picture("x", file, photo_limits);
    REQUIRE_FALSE(grey);
    CHECK(grey.error().code == "bad-image");
    return grey.error().message;
}

}  // namespace

TEST_CASE("pictures of the supported kinds are read") {
    const GreyImage bars = bar_picture(40, 4, 255, 0);
    const auto png = decode_picture("x.png", png_of(bars));
    REQUIRE(png);
    CHECK(png->ink == bars.ink);
    const auto pgm = decode_picture("x.pgm", pgm_of("5 4", 20));
    REQUIRE(pgm);
    CHECK(pgm->ink == std::vector<std::uint8_t>(20, 200));
    const auto bmp = decode_picture("x.bmp", bmp_of(5, 4, 64));
    REQUIRE(bmp);
    CHECK(bmp->ink == std::vector<std::uint8_t>(20, 0));
    const auto from_the_top = decode_picture("x.bmp", bmp_of(5, static_cast<std::uint32_t>(-4), 64));
    REQUIRE(from_the_top);
    CHECK(from_the_top->height == 4);
}

TEST_CASE("a header that claims more than the file can hold is refused before memory is allocated") {
    CHECK(refusal(bmp_of(6000, 6000, 2200)).find("cut short") != std::string::npos);
    CHECK(refusal(bmp_of(5, 4, 63)).find("cut short") != std::string::npos);
    CHECK(refusal(bmp_of(5, static_cast<std::uint32_t>(-4), 10)).find("cut short") != std::string::npos);
    CHECK(refusal(pgm_of("5000 5000", 100)).find("cut short") != std::string::npos);
    Bytes png = png_of(bar_picture(28, 4, 255, 0));
    png[18] = png[22] = 0x10;  // 4124 a side
    CHECK(refusal(png).find("cut short") != std::string::npos);
}

TEST_CASE("large photos are read, and those above the limits are refused") {
    CHECK(decode_picture("x", bmp_of(5000, 3, 45'000), photo_limits));
    CHECK(decode_picture("x", bmp_of(5000, 3, 45'000)).error().code == "image-too-large");
    CHECK(decode_picture("x", bmp_of(7000, 7000, 100), photo_limits).error().code == "image-too-large");
    CHECK(decode_picture("x", bmp_of(2'000'000'000, 2'000'000'000, 100), photo_limits).error().code == "image-too-large");
}

TEST_CASE("a picture with too many pixels is scaled down and keeps its aspect ratio") {
    const GreyImage large{3000, 1000, std::vector<std::uint8_t>(3'000'000, 77)};
    const GreyImage small = with_at_most(750'000, large);
    CHECK(small.width == 1500);
    CHECK(small.height == 500);
    CHECK(small.ink == std::vector<std::uint8_t>(750'000, 77));
    CHECK(with_at_most(3'000'000, large).width == 3000);
    CHECK(with_at_most(10, GreyImage{5000, 1, std::vector<std::uint8_t>(5000, 1)}).height == 1);
}

TEST_CASE("damage anywhere in a picture does not crash the decoder") {
    const Bytes sound[] = {png_of(bar_picture(40, 4, 255, 0)), bmp_of(5, 4, 64), pgm_of("5 4", 20)};
    for (const Bytes& file : sound) {
        for (std::size_t at = 0; at < file.size(); ++at) {
            Bytes damaged = file;
            damaged[at] ^= 0x5A;
            (void)decode_picture("x", damaged, photo_limits);
            damaged.resize(at);
            (void)decode_picture("x", damaged, photo_limits);
        }
    }
}
