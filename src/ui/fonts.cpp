#include "ui/fonts.h"

#include <embedded_fonts.h>

namespace digitlab {

namespace {

constexpr ImWchar text_ranges[] = {0x20,   0x7E,   0xA0,   0xFF,   0x2013, 0x2014, 0x2018, 0x201E, 0x2022, 0x2022, 0x2026,
                                   0x2026, 0x2190, 0x2193, 0x2212, 0x2212, 0x2248, 0x2248, 0x2713, 0x2713, 0};
constexpr ImWchar latin_ranges[] = {0x20, 0x7E, 0xD7, 0xD7, 0x2013, 0x2013, 0};
constexpr ImWchar digit_ranges[] = {'0', '9', '?', '?', 0};
constexpr ImWchar icon_ranges[] = {
    0xF002, 0xF002, 0xF00C, 0xF00D, 0xF019, 0xF019, 0xF040, 0xF040, 0xF04B, 0xF04D, 0xF051, 0xF051, 0xF05A, 0xF05A, 0xF062,
    0xF063, 0xF067, 0xF067, 0xF071, 0xF071, 0xF085, 0xF085, 0xF0D0, 0xF0D0, 0xF12D, 0xF12D, 0xF185, 0xF186, 0xF1C0, 0xF1C0,
    0xF01E, 0xF01E, 0xF03E, 0xF03E, 0xF042, 0xF042, 0xF0E2, 0xF0E2, 0xF1DA, 0xF1DA, 0xF1F8, 0xF1F8, 0xF201, 0xF201, 0};

ImFont* add(const unsigned char* bytes, std::size_t size, float pixels, const ImWchar* ranges, ImFontConfig config) {
    // The atlas only reads the bytes, although its interface is not const.
    config.FontDataOwnedByAtlas = false;
    return ImGui::GetIO().Fonts->AddFontFromMemoryTTF(const_cast<unsigned char*>(bytes), static_cast<int>(size), pixels,
                                                      &config, ranges);
}

ImFontConfig sharpness(float pixel_ratio) {
    ImFontConfig config;
    config.OversampleH = pixel_ratio < 1.75F ? 2 : 1;
    config.OversampleV = 1;
    return config;
}

void merge_icons(float pixels, ImFontConfig config) {
    config.MergeMode = true;
    config.GlyphMinAdvanceX = pixels * 1.2F;  // equally wide, so that labels behind icons line up
    config.GlyphOffset.y = pixels * 0.04F;
    add(fonts::font_awesome, fonts::font_awesome_size, pixels, icon_ranges, config);
}

}  // namespace

Fonts build_fonts(float pixel_ratio) {
    ImGuiIO& io = ImGui::GetIO();
    io.Fonts->Clear();
    io.FontGlobalScale = 1 / pixel_ratio;
    const ImFontConfig config = sharpness(pixel_ratio);
    const auto regular = [&](float size, const ImWchar* ranges) {
        return add(fonts::inter_regular, fonts::inter_regular_size, size * pixel_ratio, ranges, config);
    };
    const auto semibold = [&](float size, const ImWchar* ranges) {
        return add(fonts::inter_semibold, fonts::inter_semibold_size, size * pixel_ratio, ranges, config);
    };
    Fonts made;
    made.body = regular(17.5F, text_ranges);
    merge_icons(16 * pixel_ratio, config);
    made.strong = semibold(17.5F, text_ranges);
    merge_icons(16 * pixel_ratio, config);
    made.small = regular(15, text_ranges);
    merge_icons(15 * pixel_ratio, config);
    made.heading = semibold(22, text_ranges);
    made.large = semibold(30, latin_ranges);
    made.digit = semibold(80, digit_ranges);
    io.Fonts->TexDesiredWidth = pixel_ratio > 1.5F ? 1024 : 512;
    io.Fonts->Build();
    return made;
}

}  // namespace digitlab
