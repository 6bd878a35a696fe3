#include "ui/layout.h"

#include <algorithm>
#include <array>

#include "ui/drawing.h"

namespace digitlab {

namespace {

/// Splits what is drawn on cards from their backgrounds, for each depth of nested cards.
struct CardLayers {
    std::array<ImDrawListSplitter, 4> splitters;
};

}  // namespace

Card::Card(Ui& ui)
    : ui_(ui),
      min_(ImGui::GetCursorScreenPos()),
      outer_width_(ui.width),
      padding_(ui.narrow ? narrow_card_padding : card_padding) {
    ImDrawListSplitter& splitter = ui.states.of<CardLayers>().splitters[static_cast<std::size_t>(ui.cards++)];
    splitter.Split(ImGui::GetWindowDrawList(), 2);
    splitter.SetCurrentChannel(ImGui::GetWindowDrawList(), 1);
    ui.width -= 2 * padding_;
    ImGui::SetCursorScreenPos(min_ + ImVec2(padding_, padding_));
    ImGui::BeginGroup();
}

Card::~Card() {
    ImGui::EndGroup();
    const ImVec2 max = {min_.x + outer_width_, ImGui::GetItemRectMax().y + padding_};
    ImDrawListSplitter& splitter = ui_.states.of<CardLayers>().splitters[static_cast<std::size_t>(--ui_.cards)];
    ImDrawList* list = ImGui::GetWindowDrawList();
    // Draw the background behind the contents, whose height is known only now.
    splitter.SetCurrentChannel(list, 0);
    list->AddRectFilled(min_, max, ui_.colours.surface, 12);
    list->AddRect(min_, max, ui_.colours.border, 12);
    splitter.Merge(list);
    ui_.width = outer_width_;
    ImGui::SetCursorScreenPos(min_);
    ImGui::Dummy({outer_width_, max.y - min_.y + (column_gap - ImGui::GetStyle().ItemSpacing.y)});
}

Columns::Columns(Ui& ui, float first_width, bool always)
    : ui_(ui),
      side_by_side_(always || !ui.narrow),
      origin_(ImGui::GetCursorScreenPos()),
      outer_width_(ui.width),
      first_width_(first_width) {
    if (!side_by_side_) return;
    ui.width = first_width;
    ImGui::BeginGroup();
}

void Columns::next() {
    if (!side_by_side_) return;
    ImGui::EndGroup();
    bottom_ = ImGui::GetItemRectMax().y;
    ImGui::SetCursorScreenPos({origin_.x + first_width_ + column_gap, origin_.y});
    ui_.width = outer_width_ - first_width_ - column_gap;
    ImGui::BeginGroup();
}

Columns::~Columns() {
    if (!side_by_side_) return;
    ImGui::EndGroup();
    bottom_ = std::max(bottom_, ImGui::GetItemRectMax().y);
    ui_.width = outer_width_;
    ImGui::SetCursorScreenPos(origin_);
    ImGui::Dummy({outer_width_, bottom_ - origin_.y});
}

void space(float height) { ImGui::Dummy({0, height}); }

}  // namespace digitlab
