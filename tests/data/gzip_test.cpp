#include "data/gzip.h"

#include <catch2/catch_test_macros.hpp>

#include "base/checksum.h"
#include "data/packed.h"

using namespace digitlab;

namespace {

constexpr std::size_t plenty = 1 << 20;

Bytes sample() {
    Bytes bytes;
    for (int i = 0; i < 5000; ++i) bytes.push_back(static_cast<std::uint8_t>(i * i / 7));
    return bytes;
}

}  // namespace

TEST_CASE("gzip files are unpacked, even an empty one") {
    for (const Bytes& bytes : {sample(), Bytes{7}, Bytes{}}) {
        const auto unpacked = gunzip("a.gz", gzip_of(bytes), plenty);
        REQUIRE(unpacked);
        CHECK(*unpacked == bytes);
    }
}

TEST_CASE("gzip with every optional field is unpacked") {
    const Bytes plain = gzip_of(sample());
    Bytes file = {0x1F, 0x8B, 8, 2 + 4 + 8 + 16, 0, 0, 0, 0, 0, 3, 3, 0, 'x', 'y', 'z', 'n', 0, 'c', 0};
    const std::uint32_t checksum = crc32(file);
    file.push_back(static_cast<std::uint8_t>(checksum));
    file.push_back(static_cast<std::uint8_t>(checksum >> 8U));
    file.insert(file.end(), plain.begin() + 15, plain.end());
    const auto unpacked = gunzip("a.gz", file, plenty);
    REQUIRE(unpacked);
    CHECK(*unpacked == sample());
}

TEST_CASE("truncated and damaged gzip files are refused") {
    const Bytes file = gzip_of(sample());
    for (std::size_t size = 0; size < file.size(); size += size < 40 ? 1 : 97) {
        const auto unpacked = gunzip("a.gz", std::span(file).first(size), plenty);
        REQUIRE_FALSE(unpacked);
        CHECK(unpacked.error().message.find("a.gz") != std::string::npos);
    }
    for (std::size_t at = 15; at < file.size(); at += 101) {
        Bytes damaged = file;
        damaged[at] ^= 0x10;
        CHECK_FALSE(gunzip("a.gz", damaged, plenty));
    }
}

TEST_CASE("a gzip bomb is refused before it is unpacked") {
    const Bytes bomb = gzip_of(Bytes(3 << 20, 0));
    CHECK(bomb.size() < 100'000);
    const auto unpacked = gunzip("a.gz", bomb, plenty);
    REQUIRE_FALSE(unpacked);
    CHECK(unpacked.error().code == "too-large");
    Bytes liar = bomb;  // claims to be small
    liar[liar.size() - 4] = 10;
    liar[liar.size() - 3] = liar[liar.size() - 2] = liar[liar.size() - 1] = 0;
    CHECK(gunzip("a.gz", liar, plenty).error().code == "too-large");
    CHECK(gunzip("a.gz", liar, 4 << 20).error().code == "bad-gzip");
}

TEST_CASE("the members of a gzip file are concatenated") {
    Bytes file = gzip_of(sample()), expected = sample();
    const Bytes second = gzip_of(Bytes(70'000, 3));
    file.insert(file.end(), second.begin(), second.end());
    expected.insert(expected.end(), 70'000, 3);
    const auto unpacked = gunzip("a.gz", file, plenty);
    REQUIRE(unpacked);
    CHECK(*unpacked == expected);
    CHECK(gunzip("a.gz", file, 75'000));
    CHECK(gunzip("a.gz", file, 74'999).error().code == "too-large");
}
