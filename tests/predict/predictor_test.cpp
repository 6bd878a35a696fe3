#include "predict/predictor.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <initializer_list>
#include <numeric>

using namespace digitlab;

namespace {

/// A softmax regression that answers `digit` for any picture: its bias is `certainty` for this digit and 0 for the rest.
Model constant_model(int digit, float certainty) {
    ThreadPool pool(1);
    auto network = Network::create(*find_architecture("softmax"), 1, NetworkUse::inference, pool);
    REQUIRE(network);
    for (const Parameter& parameter : network->parameters()) {
        std::ranges::fill(parameter.value, 0.0F);
        if (parameter.value.size() == 10) parameter.value[static_cast<std::size_t>(digit)] = certainty;
    }
    return model_from_network(*network);
}

/// A clock that advances by a millisecond per call.
Clock ticking() {
    return [ticks = 0]() mutable { return 0.001 * ticks++; };
}

Answer answer(int digit) {
    Answer made;
    made.digit = digit;
    return made;
}

constexpr DigitPixels paper{};

}  // namespace

TEST_CASE("every model answers, most confident first") {
    Predictor predictor(ticking());
    REQUIRE(predictor.add("a", "model a", constant_model(3, 1)));
    REQUIRE(predictor.add("b", "model b", constant_model(7, 5)));
    CHECK(predictor.ids() == std::vector<std::string>{"a", "b"});
    const auto answers = predictor.predict(paper);
    REQUIRE(answers);
    REQUIRE(answers->size() == 2);
    const Answer& best = answers->at(0);
    CHECK(best.model == "b");
    CHECK(best.name == "model b");
    CHECK(best.architecture == "softmax");
    CHECK(best.digit == 7);
    CHECK(std::abs(static_cast<double>(best.confidence) - std::exp(5.0) / (std::exp(5.0) + 9)) < 1e-5);
    REQUIRE(best.probabilities.size() == 10);
    CHECK(best.probabilities[7] == best.confidence);
    CHECK(std::abs(std::accumulate(best.probabilities.begin(), best.probabilities.end(), 0.0) - 1) < 1e-5);
    CHECK(std::abs(best.ms - 1) < 1e-9);
    CHECK(answers->at(1).digit == 3);
}

TEST_CASE("models can be replaced, removed and asked selectively") {
    Predictor predictor(ticking());
    CHECK(predictor.predict(paper)->empty());
    REQUIRE(predictor.add("a", "a", constant_model(3, 1)));
    REQUIRE(predictor.add("b", "b", constant_model(7, 5)));
    REQUIRE(predictor.add("a", "a again", constant_model(4, 9)));
    CHECK(predictor.ids() == std::vector<std::string>{"a", "b"});

    const std::vector<std::string> only = {"a"};
    const auto answers = predictor.predict(paper, only);
    REQUIRE(answers);
    REQUIRE(answers->size() == 1);
    CHECK(answers->at(0).digit == 4);
    CHECK(answers->at(0).name == "a again");

    predictor.remove("a");
    predictor.remove("never there");
    CHECK(predictor.ids() == std::vector<std::string>{"b"});
    CHECK(predictor.predict(paper, only).error().code == "unknown-model");
    CHECK(predictor.predict(paper)->at(0).model == "b");
}

TEST_CASE("a model that does not fit its architecture is refused and changes nothing") {
    Predictor predictor(ticking());
    REQUIRE(predictor.add("a", "a", constant_model(3, 1)));
    Model broken = constant_model(5, 1);
    broken.tensors.pop_back();
    CHECK(predictor.add("a", "a", broken).error().code == "bad-model");
    CHECK(predictor.add("b", "b", Model{}).error().code == "bad-model");
    CHECK(predictor.ids() == std::vector<std::string>{"a"});
    CHECK(predictor.predict(paper)->at(0).digit == 3);
}

TEST_CASE("consensus counts votes and recognises ties") {
    const auto of = [](std::initializer_list<int> digits) {
        std::vector<Answer> answers;
        for (const int digit : digits) answers.push_back(answer(digit));
        return find_consensus(answers);
    };
    CHECK(of({}).digit == -1);
    CHECK(of({}).models == 0);
    CHECK(of({4}).digit == 4);
    CHECK(of({4}).votes == 1);
    CHECK(of({4, 9, 4}).digit == 4);
    CHECK(of({4, 9, 4}).votes == 2);
    CHECK(of({4, 9, 4}).models == 3);
    CHECK(of({4, 9}).digit == -1);
    CHECK(of({4, 9}).votes == 1);
    CHECK(of({4, 4, 9, 9, 1}).digit == -1);
}

TEST_CASE("a model with ten unnamed classes of another data set neither votes nor judges") {
    Model characters = constant_model(5, 9);
    characters.notes["dataset"] = "kuzushiji";
    characters.notes["calibration"] = {{"temperature", 1.0}, {"validationAccuracy", 0.99}};
    Model digits = constant_model(3, 1);
    digits.notes["calibration"] = {{"temperature", 1.0}, {"validationAccuracy", 0.9}};
    Predictor predictor(ticking());
    REQUIRE(predictor.add("characters", "characters", characters));
    REQUIRE(predictor.add("digits", "digits", digits));
    CHECK(predictor.best() == "digits");
    const auto answers = predictor.predict(paper);
    REQUIRE(answers);
    CHECK(answers->front().model == "characters");
    CHECK(leading_answer(*answers)->model == "digits");
    const Consensus consensus = find_consensus(*answers);
    CHECK(consensus.digit == 3);
    CHECK(consensus.models == 1);
    predictor.remove("digits");
    CHECK(find_consensus(*predictor.predict(paper)).digit == 5);
}

TEST_CASE("the most probable digits come first") {
    Answer made;
    made.probabilities = {0.1F, 0.5F, 0.1F, 0.3F};
    CHECK(top_digits(made.probabilities, 3) == std::vector<int>{1, 3, 0});
    CHECK(top_digits(made.probabilities, 10).size() == 4);
    CHECK(top_digits(made.probabilities, 0).empty());
    CHECK(top_digits(made.probabilities, -1).empty());
    CHECK(top_digits({}, 2).empty());
}

TEST_CASE("the JSON of an answer has the fields of the JavaScript API") {
    Answer made{"r-0001", "model_mlp_run1", "mlp", 2, 0.5F, {0.25F, 0.25F, 0.5F}, 1.5};
    CHECK(to_json(made).dump() ==
          R"({"model":"r-0001","name":"model_mlp_run1","architecture":"mlp","digit":2,"label":"2","confidence":0.5,)"
          R"("probabilities":[0.25,0.25,0.5],"ms":1.5,"fits":true})");
}
