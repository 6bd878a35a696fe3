#pragma once

#include <imgui.h>

#include <string_view>

#include "ui/ui.h"

namespace digitlab {

// Text at any position, and reports to the mirror. All lengths are in CSS pixels.

float line_height(const ImFont* font);
ImVec2 measure(const ImFont* font, std::string_view text, float wrap_width = 0);
void put_text(ImFont* font, ImVec2 place, ImU32 colour, std::string_view text, float wrap_width = 0);
/// Cuts text wider than `width` and ends it with "…".
void put_text_cut(ImFont* font, ImVec2 place, ImU32 colour, std::string_view text, float width);
void put_text_right(ImFont* font, ImVec2 top_right, ImU32 colour, std::string_view text);
void put_text_centred(ImFont* font, ImVec2 centre, ImU32 colour, std::string_view text);

ImVec2 operator+(ImVec2 a, ImVec2 b);
ImVec2 operator-(ImVec2 a, ImVec2 b);

/// Reserves `size` at the cursor and returns its top left corner.
ImVec2 reserve(ImVec2 size);

/// Adds `node` to the mirror with the visible part of the box; it is clipped when almost nothing is visible.
void report(Ui& ui, MirrorNode node, ImVec2 min, ImVec2 max);
/// The same for the last Dear ImGui item.
void report_item(Ui& ui, MirrorNode node);

/// Draws a ring around the item if it has the keyboard focus in the mirror; scrolls there when the focus is new.
void focus_ring(Ui& ui, ImGuiID id, ImVec2 min, ImVec2 max);

/// Draws the box of a field, combobox or chart.
void frame(ImVec2 min, ImVec2 max, ImU32 fill, ImU32 border);

}  // namespace digitlab
