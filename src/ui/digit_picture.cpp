#include "ui/digit_picture.h"

#include <algorithm>
#include <string>

#include "data/digit_pixels.h"
#include "ui/drawing.h"
#include "ui/widgets.h"

namespace digitlab {

namespace {

constexpr std::uint8_t least_seen = 5;

}  // namespace

void draw_digit_pixels(Ui& ui, std::span<const std::uint8_t> pixels, ImVec2 min, float side) {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    list.AddRectFilled(min, min + ImVec2(side, side), ui.colours.paper, 4);
    const float scale = side / digit_side;
    for (std::size_t i = 0; i < pixels.size(); ++i) {
        if (pixels[i] < least_seen) continue;
        const ImVec2 at = min + ImVec2(static_cast<float>(i % digit_side) * scale, static_cast<float>(i / digit_side) * scale);
        list.AddRectFilled(at, at + ImVec2(scale, scale), with_alpha(ui.colours.ink, static_cast<float>(pixels[i]) / 255));
    }
    list.AddRect(min, min + ImVec2(side, side), ui.colours.border, 4);
}

int digit_buttons(Ui& ui, const char* key, std::optional<int> chosen, const char* what) {
    constexpr int digits = 10;
    const float gap = ui.narrow ? 3.0F : 6.0F;
    int pressed = -1;
    ImGui::PushID(key);
    for (int digit = 0; digit < digits; ++digit) {
        ButtonOptions options;
        options.width = std::min((ui.width - gap * (digits - 1)) / digits, 56.0F);
        options.kind = chosen == digit ? ButtonKind::primary : ButtonKind::plain;
        options.description = std::string(what) + " " + std::to_string(digit);
        if (digit > 0) ImGui::SameLine(0, gap);
        if (button(ui, std::to_string(digit).c_str(), options)) pressed = digit;
    }
    ImGui::PopID();
    return pressed;
}

}  // namespace digitlab
