#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>

#include "ui/theme.h"

using namespace digitlab;

namespace {

/// WCAG 2.1: relative luminance and contrast.
double luminance(ImU32 colour) {
    const ImVec4 parts = ImGui::ColorConvertU32ToFloat4(colour);
    const auto linear = [](float part) {
        const auto value = static_cast<double>(part);
        return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(parts.x) + 0.7152 * linear(parts.y) + 0.0722 * linear(parts.z);
}

double contrast(ImU32 a, ImU32 b) {
    const double first = luminance(a), second = luminance(b);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

}  // namespace

TEST_CASE("text can be read in both themes", "[ui]") {
    for (const bool dark : {false, true}) {
        const Palette& colours = palette(dark);
        INFO("dark " << dark);
        for (const ImU32 ground : {colours.background, colours.surface, colours.raised}) {
            for (const ImU32 ink : {colours.text, colours.muted, colours.accent, colours.bad, colours.good})
                CHECK(contrast(ink, ground) >= 4.5);
        }
        CHECK(contrast(colours.on_accent, colours.accent) >= 4.5);
        CHECK(contrast(colours.on_accent, colours.accent_hover) >= 4.5);
        CHECK(contrast(colours.accent, colours.accent_soft) >= 4.5);
        CHECK(contrast(colours.text, colours.accent_soft) >= 4.5);
        CHECK(contrast(colours.text, colours.bad_soft) >= 4.5);
        CHECK(contrast(colours.muted, colours.paper) >= 4.5);
        for (const ImU32 line : colours.series) CHECK(contrast(line, colours.surface) >= 3);
    }
}
