#include "predict/ensemble.h"

#include <catch2/catch_approx.hpp>
#include <catch2/catch_test_macros.hpp>

using namespace digitlab;
using Catch::Approx;

namespace {

Answer answer_of(std::vector<float> probabilities) {
    Answer answer;
    answer.probabilities = std::move(probabilities);
    return answer;
}

}  // namespace

TEST_CASE("the ensemble is the mean of the probabilities", "[predict]") {
    // Two are slightly for 1, the third is sure of 2: the votes say 1, the mean says 2.
    const std::vector<Answer> answers = {answer_of({0.1F, 0.5F, 0.4F}), answer_of({0.1F, 0.5F, 0.4F}),
                                         answer_of({0.0F, 0.1F, 0.9F})};
    const Ensemble all = find_ensemble(answers);
    CHECK(all.digit == 2);
    CHECK(all.confidence == Approx(1.7 / 3));
    CHECK(all.probabilities[0] == Approx(0.2 / 3));
    CHECK(all.probabilities[1] == Approx(1.1 / 3));
}

TEST_CASE("the ensemble of one model is that model, that of none is empty", "[predict]") {
    const std::vector<Answer> one = {answer_of({0.2F, 0.8F})};
    CHECK(find_ensemble(one).digit == 1);
    CHECK(find_ensemble(one).confidence == 0.8F);
    CHECK(find_ensemble({}).digit == -1);
    CHECK(find_ensemble({}).probabilities.empty());
    const std::vector<Answer> odd = {answer_of({0.2F, 0.8F}), answer_of({1.0F, 0.0F, 0.0F})};
    CHECK(find_ensemble(odd).probabilities == std::vector<float>{0.2F, 0.8F});
}
