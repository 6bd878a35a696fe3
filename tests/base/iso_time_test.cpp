#include "base/iso_time.h"

#include <catch2/catch_test_macros.hpp>
#include <limits>

using namespace digitlab;

// Values from JavaScript: new Date(secs * 1000).toISOString().
TEST_CASE("dates are written as JavaScript writes them") {
    CHECK(iso_from_unix_secs(0) == "1970-01-01T00:00:00.000Z");
    CHECK(iso_from_unix_secs(951782399.9994) == "2000-02-28T23:59:59.999Z");
    CHECK(iso_from_unix_secs(951782400) == "2000-02-29T00:00:00.000Z");
    CHECK(iso_from_unix_secs(1.7e9) == "2023-11-14T22:13:20.000Z");
    CHECK(iso_from_unix_secs(253402300799) == "9999-12-31T23:59:59.000Z");
}

TEST_CASE("times outside the calendar are moved into it") {
    CHECK(iso_from_unix_secs(-5) == "1970-01-01T00:00:00.000Z");
    CHECK(iso_from_unix_secs(1e300) == "9999-12-31T23:59:59.000Z");
    CHECK(iso_from_unix_secs(std::numeric_limits<double>::quiet_NaN()) == "1970-01-01T00:00:00.000Z");
}

TEST_CASE("dates survive a round trip to the millisecond") {
    for (const double secs : {0.0, 0.001, 951782400.25, 1.7e9, 4102444799.999}) {
        CHECK(unix_secs_from_iso(iso_from_unix_secs(secs)) == secs);
    }
}

TEST_CASE("other texts are not dates") {
    for (const char* text : {"", "2023-11-14", "2023-11-14T22:13:20Z", "2023-11-14T22:13:20.000", "2023-02-29T00:00:00.000Z",
                             "2023-13-01T00:00:00.000Z", "2023-00-01T00:00:00.000Z", "2023-11-14T24:00:00.000Z",
                             "2023-11-14T22:60:20.000Z", "2023-11-14 22:13:20.000Z", "x023-11-14T22:13:20.000Z"}) {
        INFO(text);
        CHECK_FALSE(unix_secs_from_iso(text));
    }
}
