#pragma once

#include <imgui.h>

namespace digitlab {

/// The colours of one theme. Text colours have a contrast of at least 4.5:1 on `background` and `surface`; text on an accent or
/// soft fill has it on that fill.
struct Palette {
    ImU32 background, surface, raised, border;
    ImU32 text, muted;
    ImU32 accent, accent_hover, on_accent;
    ImU32 accent_soft;  ///< fill of selected elements; `accent` is readable on it
    ImU32 good, bad, bad_soft;
    ImU32 track, grid;  ///< of sliders and bars; of charts
    ImU32 paper, ink;   ///< of drawings
    ImU32 series[2];    ///< training, validation: blue and orange, distinct in every kind of colour vision
    ImU32 correct;      ///< confusion matrix: right answers at full strength; wrong ones are `bad`
};

const Palette& palette(bool dark);

/// Sets the colours of the current Dear ImGui context, and its sizes in CSS pixels.
void apply_theme(bool dark);

/// Blends `under` with a `share` (0 to 1) of `over`.
ImU32 blend(ImU32 under, ImU32 over, float share);
ImU32 with_alpha(ImU32 colour, float alpha);

}  // namespace digitlab
