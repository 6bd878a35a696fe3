#include "app/drawings_state.h"

#include <algorithm>

#include "store/stored_name.h"

namespace digitlab {

namespace {

constexpr std::size_t fewest_to_hold_out_from = 10;
constexpr int every_held_out = 5;

int number_of(const Drawing& drawing) { return number_after(drawing.id, "d-"); }

}  // namespace

std::string to_string(ExportFormat format) {
    switch (format) {
        case ExportFormat::csv: return "csv";
        case ExportFormat::csv_with_pixels: return "csv-pixels";
        case ExportFormat::images: return "images";
    }
    return "";
}

const Drawing* find_drawing(const DrawingsState& drawings, const std::string& id) {
    const auto place = std::ranges::find(drawings.all, id, [](const auto& drawing) { return drawing->id; });
    return place == drawings.all.end() ? nullptr : place->get();
}

std::size_t labelled_count(const DrawingsState& drawings) {
    return static_cast<std::size_t>(
        std::ranges::count_if(drawings.all, [](const auto& drawing) { return drawing->label.has_value(); }));
}

DrawingList DrawingSplit::both() const {
    DrawingList all = trained;
    all.insert(all.end(), held_out.begin(), held_out.end());
    return all;
}

DrawingSplit split_drawings(const DrawingList& all) {
    DrawingSplit split;
    for (const auto& drawing : all) {
        if (!drawing->label) continue;
        const bool held_out = number_of(*drawing) % every_held_out == 0;
        (held_out ? split.held_out : split.trained).push_back(drawing);
    }
    if (split.trained.size() + split.held_out.size() < fewest_to_hold_out_from || split.trained.empty()) {
        split.trained.insert(split.trained.end(), split.held_out.begin(), split.held_out.end());
        split.held_out.clear();
    }
    return split;
}

Dataset dataset_of(const DrawingList& labelled) {
    Dataset data;
    data.name = "drawings";
    for (const auto& drawing : labelled) {
        if (!drawing->label) continue;
        data.pixels.insert(data.pixels.end(), drawing->pixels.begin(), drawing->pixels.end());
        data.labels.push_back(static_cast<std::uint8_t>(*drawing->label));
    }
    return data;
}

}  // namespace digitlab
