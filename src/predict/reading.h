#pragma once

#include <span>
#include <string>
#include <vector>

#include "data/prepare.h"
#include "predict/predictor.h"

namespace digitlab {

/// One digit of a picture with every model's answer.
struct ReadDigit {
    PreparedDigit prepared;
    std::vector<Answer> answers;  ///< most confident first; empty without models
    Consensus consensus;
    bool fits = true;  ///< false: not a digit, says the model that is most often right
    bool unsure = false;
    std::string doubt;  ///< why, for people, when unsure: "Could be 4 or 9"
};

/// The digits of a picture read as a number.
struct Reading {
    PreparedPicture picture;
    std::vector<ReadDigit> digits;  ///< left to right; empty when blank
    std::string number;  ///< a character a digit, "?" where nothing fits, lines and words parted by a space; "" when blank or
                         ///< without models
    bool unsure = false;
    std::string doubt;  ///< why, for people, when unsure: "These two may touch"
};

/// Finds the digits of `grey` (0 black to 255 white) and asks the models `only` (all when empty) for each. Code
/// "unknown-model".
Result<Reading> read_picture(Predictor& predictor, const GreyImage& grey, const PreparationSteps& steps = {},
                             std::span<const std::string> only = {});

/// {number, unsure, doubt, digits: [{box: {left, top, right, bottom}, digit, label, confidence, fits, unsure, doubt,
/// answers}]}: `read()` of the JavaScript API. digit and confidence are null without models, digit on a tie, too.
Json to_json(const Reading& reading);

}  // namespace digitlab
