#include "base/files.h"

#include <catch2/catch_test_macros.hpp>

using namespace digitlab;

TEST_CASE("file names that stay within the folder are accepted") {
    for (const char* name : {"a", "runs/r-0001.1.json", "a/b/c.d", "A_z-0.9", "a..b"}) {
        INFO(name);
        CHECK(check_file_name(name));
    }
    CHECK(check_file_name(std::string(longest_file_name, 'a')));
}

TEST_CASE("file names that could lead elsewhere are refused") {
    for (const char* name : {"", "/", "/etc/passwd", "..", "../a", "a/../b", "a/..", "a/./b", ".hidden", "a/.b", "a//b", "a/",
                             "a\\b", "C:a", "a b", "a\nb", "\xC3\xBC", "a*"}) {
        INFO(name);
        const Status status = check_file_name(name);
        REQUIRE_FALSE(status);
        CHECK(status.error().code == "bad-name");
    }
    CHECK_FALSE(check_file_name(std::string("a\0b", 3)));
    CHECK_FALSE(check_file_name(std::string(longest_file_name + 1, 'a')));
}
