#include "data/prepare.h"

#include <utility>

#include "data/even_light.h"
#include "data/fit.h"
#include "data/invert.h"
#include "data/pieces.h"
#include "data/stroke_width.h"
#include "data/threshold.h"

namespace digitlab {

PreparedDigit prepare_digit(const InkPiece& ink, const PreparationSteps& steps) {
    PreparedDigit digit;
    if (!is_well_formed(ink.ink)) return digit;
    digit.blank = false;
    digit.left = ink.left;
    digit.top = ink.top;
    digit.right = ink.right();
    digit.bottom = ink.bottom();
    digit.crop = ink.ink;
    digit.fitted = fit_into_square(with_usual_stroke_width(digit.crop), steps.fit ? fitted_side : digit_side);
    digit.pixels = steps.centre ? centre_by_mass(digit.fitted) : centre_by_box(digit.fitted);
    return digit;
}

PreparedPicture prepare_stages(const GreyImage& grey, const PreparationSteps& steps) {
    PreparedPicture picture;
    if (!is_well_formed(grey)) return picture;
    picture.grey = grey;
    picture.even = steps.even_light ? with_even_light(grey) : grey;
    picture.ink = steps.invert ? ink_on_paper(picture.even) : picture.even;
    picture.clean = steps.threshold ? clean_ink(picture.ink) : picture.ink;
    // Paper that is evenly lit up to its edge, like that of a drawing, has no shadows there.
    if (steps.threshold && picture.even.ink != grey.ink) picture.clean = without_rims(std::move(picture.clean));
    return picture;
}

std::vector<InkLine> find_digits(const GreyImage& clean, const PreparationSteps& steps) {
    std::vector<InkPiece> pieces = find_pieces(clean);
    if (!steps.crop && !pieces.empty()) pieces = {InkPiece{0, 0, clean}};
    return find_lines(std::move(pieces));
}

}  // namespace digitlab
