#include "app/jobs.h"

#include <catch2/catch_test_macros.hpp>
#include <string>

using namespace digitlab;

namespace {

/// A job with `slices` slices that appends its letter to `done` for each.
Jobs::Job job(std::string& done, char letter, int& slices) {
    return {[&slices] { return slices > 0; },
            [&done, &slices, letter](double) {
                done += letter;
                --slices;
                return true;
            }};
}

}  // namespace

TEST_CASE("jobs take turns, and those with nothing to do are skipped", "[app]") {
    std::string done;
    int a = 4, b = 2, c = 0;
    Jobs jobs({job(done, 'a', a), job(done, 'b', b), job(done, 'c', c)});
    CHECK(jobs.advance(0.01));
    CHECK(jobs.advance(0.01));
    c = 1;
    while (jobs.pending()) jobs.advance(0.01);
    CHECK(done == "abcabaa");
    CHECK_FALSE(jobs.advance(0.01));
}
