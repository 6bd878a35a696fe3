#include "data/prepare.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "data/fit.h"

namespace digitlab {

namespace {

/// Ink below counts as paper when the box is found.
constexpr int least_ink = 32;

/// The border shows paper even where a stroke runs off the picture, as long as most of it is paper: hence the median.
int paper_grey(const GreyImage& grey) {
    std::vector<std::uint8_t> border;
    for (int x = 0; x < grey.width; ++x) {
        border.push_back(grey.at(x, 0));
        border.push_back(grey.at(x, grey.height - 1));
    }
    for (int y = 0; y < grey.height; ++y) {
        border.push_back(grey.at(0, y));
        border.push_back(grey.at(grey.width - 1, y));
    }
    const auto middle = border.begin() + static_cast<std::ptrdiff_t>(border.size() / 2);
    std::ranges::nth_element(border, middle);
    return *middle;
}

/// Ink by grey value: paper, and what is beyond it on the other side, is 0; the far end of the scale is 255.
std::vector<std::uint8_t> ink_table(int paper) {
    const bool paper_is_light = paper >= 128;
    const int range = paper_is_light ? paper : 255 - paper;
    std::vector<std::uint8_t> table(256);
    for (int grey = 0; grey < 256; ++grey) {
        const int above_paper = std::max(paper_is_light ? paper - grey : grey - paper, 0);
        table[static_cast<std::size_t>(grey)] = static_cast<std::uint8_t>((255 * above_paper + range / 2) / range);
    }
    return table;
}

/// The box around all ink; all of the picture when nothing is to be cropped.
PreparedDigit find_digit(const GreyImage& ink, bool crop) {
    PreparedDigit digit;
    int left = ink.width, right = 0, top = ink.height, bottom = 0;
    for (int y = 0; y < ink.height; ++y) {
        for (int x = 0; x < ink.width; ++x) {
            if (ink.at(x, y) < least_ink) continue;
            left = std::min(left, x);
            right = std::max(right, x + 1);
            top = std::min(top, y);
            bottom = std::max(bottom, y + 1);
        }
    }
    if (right == 0) return digit;
    digit.blank = false;
    digit.left = crop ? left : 0;
    digit.top = crop ? top : 0;
    digit.right = crop ? right : ink.width;
    digit.bottom = crop ? bottom : ink.height;
    return digit;
}

GreyImage cut_out(const GreyImage& image, const PreparedDigit& box) {
    GreyImage crop{box.right - box.left, box.bottom - box.top, {}};
    for (int y = box.top; y < box.bottom; ++y) {
        for (int x = box.left; x < box.right; ++x) crop.ink.push_back(image.at(x, y));
    }
    return crop;
}

}  // namespace

PreparedPicture prepare_picture(const GreyImage& grey, const PreparationSteps& steps) {
    PreparedPicture picture;
    if (!is_well_formed(grey)) return picture;
    picture.grey = grey;
    picture.even = grey;
    picture.ink = picture.even;
    if (steps.invert) {
        const std::vector<std::uint8_t> table = ink_table(paper_grey(picture.even));
        for (std::uint8_t& value : picture.ink.ink) value = table[value];
    }
    picture.clean = picture.ink;
    PreparedDigit digit = find_digit(picture.clean, steps.crop);
    if (digit.blank) return picture;
    digit.crop = cut_out(picture.clean, digit);
    digit.fitted = fit_into_square(digit.crop, steps.fit ? fitted_side : digit_side);
    digit.pixels = steps.centre ? centre_by_mass(digit.fitted) : centre_by_box(digit.fitted);
    picture.digits.push_back(std::move(digit));
    return picture;
}

}  // namespace digitlab
