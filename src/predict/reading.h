#pragma once

#include <span>
#include <string>
#include <vector>

#include "data/prepare.h"
#include "predict/predictor.h"

namespace digitlab {

/// One digit of a picture, with every model's answer.
struct ReadDigit {
    PreparedDigit prepared;
    std::vector<Answer> answers;  ///< most confident first; empty without models
    Consensus consensus;
    bool fits = true;  ///< false: the most accurate model takes it for no digit, or it is a blot
    bool unsure = false;
    std::string doubt;  ///< the reason to show when unsure: "Could be 4 or 9"
};

/// The digits of a picture read as a number.
struct Reading {
    PreparedPicture picture;
    std::vector<ReadDigit> digits;  ///< left to right; empty when blank
    std::string number;  ///< one character per digit, "?" where nothing fits, lines and words separated by a space; "" when
                         ///< blank or without models
    bool unsure = false;
    std::string doubt;  ///< the reason to show when unsure: "These two may touch"
};

/// Finds the digits of `grey` (0 black to 255 white) and asks the models `only` (all when empty) about each. Fails with
/// "unknown-model".
Result<Reading> read_picture(Predictor& predictor, const GreyImage& grey, const PreparationSteps& steps = {},
                             std::span<const std::string> only = {});

/// {number, unsure, doubt, digits: [{box: {left, top, right, bottom}, digit, label, confidence, fits, unsure, doubt,
/// answers}]}: `read()` of the JavaScript API. digit, label and confidence are null without models and on a tie.
Json to_json(const Reading& reading);

}  // namespace digitlab
