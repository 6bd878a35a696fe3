#include "ui/table.h"

#include <algorithm>

#include "ui/drawing.h"

namespace digitlab {

namespace {

constexpr float header_height = 30, row_height = 36, cell_padding = 8;

/// Left edges of the columns, and the right edge of the last.
std::vector<float> edges(const std::vector<TableColumn>& columns, float left, float width) {
    float weights = 0;
    for (const TableColumn& column : columns) weights += column.weight;
    std::vector<float> found = {left};
    for (const TableColumn& column : columns) found.push_back(found.back() + width * column.weight / std::max(weights, 0.01F));
    return found;
}

void draw_cell(ImFont* font, ImU32 colour, const std::string& words, bool right, float left_edge, float right_edge,
               float middle) {
    const float width = right_edge - left_edge - 2 * cell_padding;
    const float y = middle - line_height(font) / 2;
    if (right && measure(font, words).x <= width) {
        put_text_right(font, {right_edge - cell_padding, y}, colour, words);
    } else {
        put_text_cut(font, {left_edge + cell_padding, y}, colour, words, width);
    }
}

bool pressable_row(Ui& ui, const std::string& name, bool selected, ImVec2 min, ImVec2 size) {
    ImGui::SetCursorScreenPos(min);
    const ImGuiID id = ImGui::GetID(name.c_str());
    bool pressed = ImGui::InvisibleButton(name.c_str(), size);
    const ImU32 fill = selected ? ui.colours.accent_soft : ImGui::IsItemHovered() ? ui.colours.raised : 0;
    ImGui::GetWindowDrawList()->AddRectFilled(min, min + size, fill, 6);
    focus_ring(ui, id, min, min + size);
    MirrorNode node;
    node.id = id;
    node.role = Role::button;
    node.name = name;
    node.checked = selected;
    report(ui, std::move(node), min, min + size);
    return ui.mirror.take_activation(id) || pressed;
}

}  // namespace

int table(Ui& ui, const char* name, const std::vector<TableColumn>& columns, const std::vector<std::vector<std::string>>& rows,
          const TableOptions& options) {
    const ImVec2 origin = ImGui::GetCursorScreenPos();
    const float height = header_height + row_height * static_cast<float>(rows.size());
    const std::vector<float> edge = edges(columns, origin.x, ui.width);
    ImDrawList& list = *ImGui::GetWindowDrawList();

    MirrorNode node;
    node.id = ImGui::GetID(name);
    node.role = Role::table;
    node.name = name;
    node.rows.reserve(rows.size() + 1);
    node.rows.emplace_back();
    for (std::size_t column = 0; column < columns.size(); ++column) {
        node.rows[0].emplace_back(columns[column].title);
        draw_cell(ui.fonts.small, ui.colours.muted, columns[column].title, columns[column].right, edge[column],
                  edge[column + 1], origin.y + header_height / 2);
    }
    node.rows.insert(node.rows.end(), rows.begin(), rows.end());
    report(ui, std::move(node), origin, origin + ImVec2(ui.width, height));

    int pressed = -1;
    ImGui::PushID(name);
    for (std::size_t row = 0; row < rows.size(); ++row) {
        const float top = origin.y + header_height + row_height * static_cast<float>(row);
        list.AddLine({origin.x, top}, {origin.x + ui.width, top}, ui.colours.border);
        if (row < options.row_names.size() &&
            pressable_row(ui, options.row_names[row], options.selected == static_cast<int>(row), {origin.x, top + 1},
                          {ui.width, row_height - 1})) {
            pressed = static_cast<int>(row);
        }
        if (!ImGui::IsRectVisible({origin.x, top}, {origin.x + ui.width, top + row_height})) continue;
        for (std::size_t column = 0; column < columns.size() && column < rows[row].size(); ++column) {
            draw_cell(column == 0 ? ui.fonts.strong : ui.fonts.body, ui.colours.text, rows[row][column], columns[column].right,
                      edge[column], edge[column + 1], top + row_height / 2);
        }
    }
    ImGui::PopID();
    ImGui::SetCursorScreenPos(origin);
    ImGui::Dummy({ui.width, height});
    return pressed;
}

}  // namespace digitlab
