#include <algorithm>
#include <array>
#include <cmath>

#include "data/augmentation.h"
#include "data/digit_pixels.h"
#include "ui/panels/train_form.h"
#include "ui/picture_sheet.h"
#include "ui/widgets.h"

namespace digitlab {

namespace {

constexpr int kinds = 10;

/// Some training digits as augmentation varies them, and the settings they were made with.
struct AugmentedSheet {
    const Dataset* dataset = nullptr;  ///< only compared, never dereferenced
    float strength = 0;
    std::uint64_t seed = 0;
    GreyImage pictures;
    std::uint64_t revision = 0;
};

/// Puts a picture on the sheet as the first epoch of a run with this seed will see it.
void put_varied(GreyImage& sheet, int index, const Dataset& dataset, std::uint32_t row, const AugmentedSheet& made_of) {
    DigitPixels varied{};
    augment_row(dataset, row, standard_augmentation(made_of.strength), made_of.seed, 1, varied);
    std::array<std::uint8_t, digit_pixels> bytes{};
    std::ranges::transform(varied, bytes.begin(),
                           [](float ink) { return static_cast<std::uint8_t>(std::lround(std::clamp(ink, 0.0F, 1.0F) * 255)); });
    put_on_sheet(sheet, index, bytes);
}

/// Makes the sheet from the first image of each class.
void make_sheet(const Dataset& dataset, AugmentedSheet& sheet) {
    sheet.pictures = empty_sheet(kinds, 1);
    ++sheet.revision;
    if (dataset.image_size() != digit_pixels) return;
    for (int digit = 0; digit < kinds; ++digit) {
        const auto found = std::ranges::find(dataset.labels, static_cast<std::uint8_t>(digit));
        if (found == dataset.labels.end()) continue;
        put_varied(sheet.pictures, digit, dataset, static_cast<std::uint32_t>(found - dataset.labels.begin()), sheet);
    }
}

}  // namespace

void draw_augmentation_preview(const State& state, Ui& ui) {
    const TrainForm& form = state.form;
    const float strength = augmentation_strength(form.spec.augmentation);
    if (!(strength > 0)) return;
    const DataState* data = state.datasets.find_data(form.spec.dataset);
    const Dataset* dataset = data && data->phase == DataPhase::ready ? data->pair.train.get() : nullptr;
    if (!dataset) {
        text(ui, "Once the data set is here, you will see some of its digits as they are varied.", TextStyle::small);
        return;
    }
    AugmentedSheet& sheet = ui.states.of<AugmentedSheet>();
    if (sheet.dataset != dataset || sheet.strength != strength || sheet.seed != form.spec.seed) {
        sheet.dataset = dataset;
        sheet.strength = strength;
        sheet.seed = form.spec.seed;
        make_sheet(*dataset, sheet);
    }
    draw_sheet(ui, sheet.pictures, TextureSlot::augmented, sheet.revision, "Training digits as augmentation varies them");
}

}  // namespace digitlab
