#include "ui/stage_sheet.h"

#include <algorithm>
#include <cmath>

namespace digitlab {

namespace {

constexpr int cell = StageSheet::cell;

/// The position and size of a picture that is scaled to fill a square and centred in it.
struct Fit {
    int left, top, width, height;
};

Fit fit_into(int side, int width, int height) {
    const float scale = static_cast<float>(side) / static_cast<float>(std::max({width, height, 1}));
    const int wide = std::max(static_cast<int>(std::lround(static_cast<float>(width) * scale)), 1);
    const int high = std::max(static_cast<int>(std::lround(static_cast<float>(height) * scale)), 1);
    return {(side - wide) / 2, (side - high) / 2, wide, high};
}

/// The mean of the pixels of `image` that fall on one pixel of the sheet; a single pixel when the picture is enlarged.
std::uint8_t mean(const GreyImage& image, int from_x, int to_x, int from_y, int to_y) {
    to_x = std::max(to_x, from_x + 1);
    to_y = std::max(to_y, from_y + 1);
    int sum = 0;
    for (int y = from_y; y < to_y; ++y) {
        for (int x = from_x; x < to_x; ++x) sum += image.at(x, y);
    }
    return static_cast<std::uint8_t>(sum / ((to_x - from_x) * (to_y - from_y)));
}

void put(StageSheet& sheet, Stage stage, const GreyImage& image, int side = cell) {
    if (!is_well_formed(image)) return;
    const Fit fit = fit_into(side, image.width, image.height);
    const int margin = (cell - side) / 2, left = static_cast<int>(stage) * cell + margin + fit.left, top = margin + fit.top;
    for (int y = 0; y < fit.height; ++y) {
        const int from_y = y * image.height / fit.height, to_y = (y + 1) * image.height / fit.height;
        for (int x = 0; x < fit.width; ++x) {
            const int from_x = x * image.width / fit.width, to_x = (x + 1) * image.width / fit.width;
            sheet.pictures.ink[static_cast<std::size_t>((top + y) * sheet.pictures.width + left + x)] =
                mean(image, from_x, to_x, from_y, to_y);
        }
    }
}

GreyImage image_of(const DigitPixels& pixels) {
    GreyImage image{digit_side, digit_side, {}};
    for (const float pixel : pixels) image.ink.push_back(static_cast<std::uint8_t>(std::clamp(pixel, 0.0F, 1.0F) * 255 + 0.5F));
    return image;
}

}  // namespace

void update_sheet(StageSheet& sheet, const DrawState& draw) {
    const bool current =
        !sheet.pictures.ink.empty() && sheet.reading_revision == draw.reading_revision && sheet.digit == draw.selected_digit;
    if (current) return;
    sheet.reading_revision = draw.reading_revision;
    sheet.digit = draw.selected_digit;
    ++sheet.revision;
    sheet.pictures = {cell * stage_count, cell, std::vector<std::uint8_t>(std::size_t{cell} * cell * stage_count, 0)};
    const PreparedPicture& picture = draw.reading.picture;
    put(sheet, Stage::grey, picture.grey);
    put(sheet, Stage::even_light, picture.even);
    put(sheet, Stage::invert, picture.ink);
    put(sheet, Stage::threshold, picture.clean);
    const ReadDigit* digit = selected_digit(draw);
    if (!digit) return;
    put(sheet, Stage::crop, digit->prepared.crop);
    // Use the scale of the last stage, so that the added border can be seen.
    constexpr int scale = cell / digit_side;
    const GreyImage& fitted = digit->prepared.fitted;
    put(sheet, Stage::fit, fitted, scale * std::max(fitted.width, fitted.height));
    put(sheet, Stage::centre, image_of(digit->prepared.pixels));
}

std::array<float, 4> digit_in_cell(const DrawState& draw) {
    const ReadDigit* digit = selected_digit(draw);
    const GreyImage& grey = draw.reading.picture.grey;
    if (!digit || !is_well_formed(grey)) return {0, 0, 0, 0};
    const Fit fit = fit_into(cell, grey.width, grey.height);
    const auto across = [&](int x) {
        return (static_cast<float>(fit.left) + static_cast<float>(x * fit.width) / static_cast<float>(grey.width)) / cell;
    };
    const auto down = [&](int y) {
        return (static_cast<float>(fit.top) + static_cast<float>(y * fit.height) / static_cast<float>(grey.height)) / cell;
    };
    const PreparedDigit& box = digit->prepared;
    return {across(box.left), down(box.top), across(box.right), down(box.bottom)};
}

}  // namespace digitlab
