#include "train/training_rows.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "train/stripes.h"

using namespace digitlab;

TEST_CASE("label noise makes the given share of the labels wrong, the same ones for the same seed") {
    const auto data = striped_rows(4000);
    ExperimentSpec spec = quick_spec();
    CHECK(training_labels(spec, *data) == data->labels);
    spec.label_noise = 0.4F;
    const auto noisy = training_labels(spec, *data);
    int wrong = 0;
    std::vector<int> instead(10);
    for (std::size_t row = 0; row < noisy.size(); ++row) {
        REQUIRE(noisy[row] < 10);
        if (noisy[row] == data->labels[row]) continue;
        ++wrong;
        ++instead[noisy[row]];
    }
    CHECK((wrong > 1500 && wrong < 1700));
    for (const int count : instead) CHECK((count > 110 && count < 210));  // all other classes about equally
    CHECK(training_labels(spec, *data) == noisy);
    spec.seed = 2;
    CHECK(training_labels(spec, *data) != noisy);
}

TEST_CASE("rows are ordered at random, as stored or class by class") {
    const auto data = striped_rows(300);
    ExperimentSpec spec = quick_spec();
    spec.validation_count = 20;
    const Split split = choose_training_rows(spec, 300);
    const auto ordered = [&](RowOrder order, int epoch) {
        spec.order = order;
        auto rows = split.train;
        order_rows(rows, spec, data->labels, epoch);
        return rows;
    };
    auto sorted = split.train;
    std::ranges::sort(sorted);
    CHECK(ordered(RowOrder::as_stored, 1) == sorted);
    CHECK(ordered(RowOrder::shuffled, 1) != ordered(RowOrder::shuffled, 2));
    const auto by_class = ordered(RowOrder::by_class, 1);
    CHECK(std::ranges::is_sorted(by_class, {}, [&](std::uint32_t row) { return data->labels[row]; }));
    auto same = by_class;
    std::ranges::sort(same);
    CHECK(same == sorted);
}
