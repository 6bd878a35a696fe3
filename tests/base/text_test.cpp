#include "base/text.h"

#include <catch2/catch_test_macros.hpp>

using namespace digitlab;

TEST_CASE("blanks around a text are left out") {
    CHECK(trimmed(" \t a b\r\n") == "a b");
    CHECK(trimmed("a") == "a");
    CHECK(trimmed(" \n").empty());
    CHECK(trimmed("").empty());
}

TEST_CASE("a decimal is all of a text or none") {
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
