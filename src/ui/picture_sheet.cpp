#include "ui/picture_sheet.h"

#include <algorithm>

#include "data/digit_pixels.h"
#include "ui/drawing.h"

namespace digitlab {

namespace {

constexpr int sheet_cell = digit_side + 2;

}  // namespace

GreyImage empty_sheet(int columns, int rows) {
    GreyImage sheet{columns * sheet_cell, rows * sheet_cell, {}};
    sheet.ink.assign(static_cast<std::size_t>(sheet.width) * static_cast<std::size_t>(sheet.height), 0);
    return sheet;
}

void put_on_sheet(GreyImage& sheet, int index, std::span<const std::uint8_t> digit) {
    const int columns = sheet.width / sheet_cell;
    const int left = index % columns * sheet_cell + 1, top = index / columns * sheet_cell + 1;
    for (int y = 0; y < digit_side; ++y) {
        std::ranges::copy(digit.subspan(static_cast<std::size_t>(y * digit_side), digit_side),
                          sheet.ink.begin() + (top + y) * sheet.width + left);
    }
}

void draw_sheet(Ui& ui, const GreyImage& sheet, TextureSlot slot, std::uint64_t revision, const char* description) {
    const float scale = ui.width / static_cast<float>(sheet.width);
    const ImVec2 size = {ui.width, scale * static_cast<float>(sheet.height)};
    const ImVec2 min = reserve(size), max = min + size;
    ImDrawList& list = *ImGui::GetWindowDrawList();
    list.AddRectFilled(min, max, ui.colours.paper, 6);
    if (ui.textures) {
        const ImTextureID texture = ui.textures->texture(static_cast<int>(slot), sheet, revision);
        list.AddImage(texture, min, max, {0, 0}, {1, 1}, ui.colours.ink);
    } else {
        for (int y = 0; y < sheet.height; ++y) {
            for (int x = 0; x < sheet.width; ++x) {
                if (sheet.at(x, y) < 24) continue;
                const ImVec2 at = min + ImVec2(static_cast<float>(x) * scale, static_cast<float>(y) * scale);
                list.AddRectFilled(at, at + ImVec2(scale, scale),
                                   with_alpha(ui.colours.ink, static_cast<float>(sheet.at(x, y)) / 255));
            }
        }
    }
    MirrorNode node;
    node.id = ImGui::GetID(description);
    node.role = Role::text;
    node.value = description;
    report_item(ui, std::move(node));
}

}  // namespace digitlab
