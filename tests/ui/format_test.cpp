#include "ui/format.h"

#include <catch2/catch_test_macros.hpp>
#include <cmath>

using namespace digitlab;

TEST_CASE("numbers are formatted for people", "[ui]") {
    CHECK(percent(0.97126) == "97.1 %");
    CHECK(precise_percent(0.97126) == "97.13 %");
    CHECK(precise_percent(1) == "100.00 %");
    CHECK(fixed(1.0 / 3, 4) == "0.3333");
    CHECK(fixed(-0.5, 0) == "-0");
    CHECK(general(0.001) == "0.001");
    CHECK(general(5e-7) == "5e-07");
    CHECK(general(1234567) == "1.23457e+06");
    CHECK(megabytes(11.5e6) == "11.5 MB");
    CHECK(bytes(0) == "0 bytes");
    CHECK(bytes(999) == "999 bytes");
    CHECK(bytes(1000) == "1.0 kB");
    CHECK(bytes(999'949) == "999.9 kB");
    CHECK(bytes(999'950) == "1.0 MB");  // not "1000.0 kB"
}

TEST_CASE("counts have a comma before every three digits", "[ui]") {
    CHECK(count(0) == "0");
    CHECK(count(999) == "999");
    CHECK(count(1000) == "1,000");
    CHECK(count(60000) == "60,000");
    CHECK(count(1234567.4) == "1,234,567");
    CHECK(count(-1234) == "-1,234");
    CHECK(count(-999) == "-999");
    CHECK(count(NAN) == "nan");
    CHECK(count(INFINITY) == "inf");
}

TEST_CASE("durations use larger units as they grow", "[ui]") {
    CHECK(duration(0) == "0.0 s");
    CHECK(duration(59.94) == "59.9 s");
    CHECK(duration(59.96) == "1 min 0 s");  // not "60.0 s"
    CHECK(duration(3599.4) == "59 min 59 s");
    CHECK(duration(3599.6) == "1 h 0 min");
    CHECK(duration(90061) == "25 h 1 min");
}
