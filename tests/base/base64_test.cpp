#include "base/base64.h"

#include <catch2/catch_test_macros.hpp>

#include "base/bytes_of.h"

using namespace digitlab;

TEST_CASE("base64 matches RFC 4648") {
    const std::pair<const char*, const char*> examples[] = {{"", ""},
                                                            {"f", "Zg=="},
                                                            {"fo", "Zm8="},
                                                            {"foo", "Zm9v"},
                                                            {"foob", "Zm9vYg=="},
                                                            {"fooba", "Zm9vYmE="},
                                                            {"foobar", "Zm9vYmFy"}};
    for (const auto& [plain, encoded] : examples) {
        CHECK(base64(bytes_of(plain)) == encoded);
        CHECK(bytes_from_base64(encoded).value() == bytes_of(plain));
    }
}

TEST_CASE("bytes of every length survive a round trip through base64") {
    std::vector<std::uint8_t> bytes;
    for (int i = 0; i < 300; ++i) {
        CHECK(bytes_from_base64(base64(bytes)).value() == bytes);
        bytes.push_back(static_cast<std::uint8_t>(i * 7));
    }
}

TEST_CASE("text that is not base64 is refused") {
    for (const char* text : {"Zg", "Zg=", "Z===", "====", "Zm9v====", "Zg==Zg==", "Zm 9", "Zm9-", "Zh==", "Zm9="}) {
        CHECK(bytes_from_base64(text).error().code == "bad-base64");
    }
}
