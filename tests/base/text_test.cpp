#include "base/text.h"

#include <catch2/catch_test_macros.hpp>

using namespace digitlab;

TEST_CASE("spaces, tabs and line ends around a text are trimmed") {
    CHECK(trimmed(" \t a b\r\n") == "a b");
    CHECK(trimmed("a") == "a");
    CHECK(trimmed(" \n").empty());
    CHECK(trimmed("").empty());
}

TEST_CASE("a decimal number must make up the whole text") {
    CHECK(decimal_in("0") == 0);
    CHECK(decimal_in("-12.5") == -12.5);
    CHECK(decimal_in("+3") == 3);
    CHECK(decimal_in(".5") == 0.5);
    CHECK(decimal_in("5.") == 5);
    CHECK(decimal_in("1e-3") == 0.001);
    CHECK(decimal_in("1E3") == 1000);
    for (const char* text :
         {"", " 1", "1 ", "1,5", "0x1F", "nan", "inf", "-inf", "infinity", "1e999", "--1", "1e", "one", "."}) {
        CAPTURE(text);
        CHECK_FALSE(decimal_in(text));
    }
}

TEST_CASE("plain text is UTF-8 without control characters") {
    for (const char* good : {"", "a", "\u00E9", "\u6F22\u5B57", "\U0001F600", "a b"}) CHECK(is_plain_text(good));
    for (const char* bad :
         {"\x80", "\xC3", "\xC0\x80", "\xED\xA0\x80", "\xF5\x80\x80\x80", "a\nb", "\x7F", "\xC2\x85", "\xE2\x82"}) {
        CHECK_FALSE(is_plain_text(bad));
    }
}
