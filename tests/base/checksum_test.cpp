#include "base/checksum.h"

#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "base/bytes_of.h"

using namespace digitlab;

namespace {

/// The definition of CRC-32, one bit at a time.
std::uint32_t slow_crc32(std::span<const std::uint8_t> bytes) {
    std::uint32_t crc = 0xFFFFFFFFU;
    for (const std::uint8_t byte : bytes) {
        crc ^= byte;
        for (int bit = 0; bit < 8; ++bit) crc = (crc & 1U) != 0 ? (crc >> 1) ^ 0xEDB88320U : crc >> 1;
    }
    return ~crc;
}

}  // namespace

TEST_CASE("CRC-32 has the check values of zip") {
    CHECK(crc32({}) == 0);
    CHECK(crc32(bytes_of("123456789")) == 0xCBF43926U);
    CHECK(crc32(bytes_of("The quick brown fox jumps over the lazy dog")) == 0x414FA339U);
}

TEST_CASE("CRC-32 matches its definition, for all lengths and offsets") {
    std::vector<std::uint8_t> bytes(100);
    for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::uint8_t>(i * i * 37 + 11);
    for (std::size_t start = 0; start < 9; ++start) {
        for (std::size_t size = 0; size + start <= bytes.size(); ++size) {
            const auto part = std::span(bytes).subspan(start, size);
            REQUIRE(crc32(part) == slow_crc32(part));
        }
    }
}

// NIST, "Secure Hash Standard" examples and the byte-oriented CAVP vectors.
TEST_CASE("SHA-256 has NIST's example values") {
    CHECK(sha256_hex({}) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(sha256_hex(bytes_of("abc")) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(sha256_hex(bytes_of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")) ==
          "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    CHECK(sha256_hex(bytes_of(std::string(1'000'000, 'a'))) ==
          "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("SHA-256 pads lengths around a block correctly") {
    // Python: hashlib.sha256(b"a" * n).hexdigest()
    CHECK(sha256_hex(bytes_of(std::string(55, 'a'))) == "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318");
    CHECK(sha256_hex(bytes_of(std::string(56, 'a'))) == "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a");
    CHECK(sha256_hex(bytes_of(std::string(63, 'a'))) == "7d3e74a05d7db15bce4ad9ec0658ea98e3f06eeecf16b4c6fff2da457ddc2f34");
    CHECK(sha256_hex(bytes_of(std::string(64, 'a'))) == "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb");
}
