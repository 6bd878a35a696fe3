#pragma once

#include <vector>

#include "data/digit_pixels.h"
#include "data/ink.h"
#include "data/line.h"

namespace digitlab {

/// Which steps of the preparation run; each can be switched off to see what it does.
struct PreparationSteps {
    bool even_light = true;  ///< off: shadows stay
    bool invert = true;      ///< off: light is taken for ink on any paper
    bool threshold = true;   ///< off: noise and the paper's grain stay
    bool crop = true;        ///< off: the whole picture is one digit
    bool fit = true;         ///< off: the digit fills all of 28×28 instead of 20×20
    bool centre = true;      ///< off: the box, not the centre of mass, is centred

    bool operator==(const PreparationSteps&) const = default;
};

/// A digit on its way to 28×28, each stage kept so that it can be shown.
struct PreparedDigit {
    bool blank = true;                             ///< no ink: the rest is empty and no model should be asked
    int left = 0, top = 0, right = 0, bottom = 0;  ///< the ink's box in the source picture, right and bottom exclusive
    GreyImage crop;                                ///< the digit's ink in its box, without that of its neighbours
    GreyImage fitted;                              ///< `crop` scaled into 20×20 by area averaging, aspect ratio kept
    DigitPixels pixels{};                          ///< `fitted` with its centre of mass in the centre of 28×28
};

/// A picture on its way to digits, each stage in the size of the source.
struct PreparedPicture {
    GreyImage grey;                     ///< the source, 0 black to 255 white
    GreyImage even;                     ///< as if the light were the same everywhere
    GreyImage ink;                      ///< 0 paper to 255 ink
    GreyImage clean;                    ///< without noise
    std::vector<PreparedDigit> digits;  ///< left to right; empty when blank
};

/// The stages of `grey` (0 black to 255 white; an ill-formed picture counts as blank), without the digits.
PreparedPicture prepare_stages(const GreyImage& grey, const PreparationSteps& steps = {});

/// The ink of a clean picture in lines, with the parts of digits not yet joined.
std::vector<InkLine> find_digits(const GreyImage& clean, const PreparationSteps& steps = {});

/// Crops, fits and centres the ink of one digit. Images of MNIST come back unchanged, except that 1 % are a pixel off.
PreparedDigit prepare_digit(const InkPiece& ink, const PreparationSteps& steps = {});

}  // namespace digitlab
