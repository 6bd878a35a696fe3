#include "ui/table.h"

#include <algorithm>
#include <string_view>

#include "ui/drawing.h"

namespace digitlab {

namespace {

constexpr float header_height = 30, row_height = 36, cell_padding = 8;
constexpr std::size_t most_lines = 3;

/// Left edges of the columns, and the right edge of the last.
std::vector<float> edges(const std::vector<TableColumn>& columns, float left, float width) {
    float weights = 0;
    for (const TableColumn& column : columns) weights += column.weight;
    std::vector<float> found = {left};
    for (const TableColumn& column : columns) found.push_back(found.back() + width * column.weight / std::max(weights, 0.01F));
    return found;
}

/// Where names like "model_small-cnn_run12" may be broken: "97.1 %" stays whole.
bool breaks_after(std::string_view words, std::size_t place) {
    constexpr std::string_view separators = " _-/,";
    return separators.find(words[place]) != std::string_view::npos && place + 1 < words.size() && words[place + 1] != '%';
}

/// The words in lines that fit into `width`, as far as they can be broken.
std::vector<std::string> lines_of(const ImFont* font, std::string_view words, float width) {
    std::vector<std::string> lines;
    while (lines.size() + 1 < most_lines && measure(font, words).x > width) {
        std::size_t end = 0;
        for (std::size_t place = 0; place < words.size(); ++place) {
            if (breaks_after(words, place) && measure(font, words.substr(0, place + 1)).x <= width) end = place + 1;
        }
        if (end == 0) break;
        lines.emplace_back(words.substr(0, words[end - 1] == ' ' ? end - 1 : end));
        words.remove_prefix(end);
    }
    lines.emplace_back(words);
    return lines;
}

struct Cell {
    ImFont* font;
    ImU32 colour;
    bool right;  ///< aligned
};

void draw_cell(const Cell& cell, const std::vector<std::string>& lines, float left_edge, float right_edge, float middle) {
    const float width = right_edge - left_edge - 2 * cell_padding;
    float y = middle - line_height(cell.font) * static_cast<float>(lines.size()) / 2;
    for (const std::string& line : lines) {
        if (cell.right && measure(cell.font, line).x <= width) {
            put_text_right(cell.font, {right_edge - cell_padding, y}, cell.colour, line);
        } else {
            put_text_cut(cell.font, {left_edge + cell_padding, y}, cell.colour, line, width);
        }
        y += line_height(cell.font);
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

/// A row's cells in lines, and its height.
struct Row {
    std::vector<std::vector<std::string>> cells;
    float height = row_height;
};

Cell look_of(const Ui& ui, const std::vector<TableColumn>& columns, std::size_t column) {
    return {column == 0 ? ui.fonts.strong : ui.fonts.body, ui.colours.text, columns[column].right};
}

Row lay_out(const Ui& ui, const std::vector<TableColumn>& columns, const std::vector<std::string>& words,
            const std::vector<float>& edge) {
    Row row;
    std::size_t lines = 1;
    for (std::size_t column = 0; column < columns.size() && column < words.size(); ++column) {
        const float room = edge[column + 1] - edge[column] - 2 * cell_padding;
        row.cells.push_back(lines_of(look_of(ui, columns, column).font, words[column], room));
        lines = std::max(lines, row.cells.back().size());
    }
    row.height += static_cast<float>(lines - 1) * line_height(ui.fonts.body);
    return row;
}

void report_table(Ui& ui, const char* name, const std::vector<TableColumn>& columns,
                  const std::vector<std::vector<std::string>>& rows, ImVec2 min, ImVec2 max) {
    MirrorNode node;
    node.id = ImGui::GetID(name);
    node.role = Role::table;
    node.name = name;
    node.rows.reserve(rows.size() + 1);
    node.rows.emplace_back();
    for (const TableColumn& column : columns) node.rows[0].emplace_back(column.title);
    node.rows.insert(node.rows.end(), rows.begin(), rows.end());
    report(ui, std::move(node), min, max);
}

}  // namespace

int table(Ui& ui, const char* name, const std::vector<TableColumn>& columns, const std::vector<std::vector<std::string>>& rows,
          const TableOptions& options) {
    const ImVec2 origin = ImGui::GetCursorScreenPos();
    const std::vector<float> edge = edges(columns, origin.x, ui.width);
    std::vector<Row> laid_out;
    float height = header_height;
    for (const std::vector<std::string>& words : rows) {
        laid_out.push_back(lay_out(ui, columns, words, edge));
        height += laid_out.back().height;
    }
    report_table(ui, name, columns, rows, origin, origin + ImVec2(ui.width, height));
    for (std::size_t column = 0; column < columns.size(); ++column) {
        draw_cell({ui.fonts.small, ui.colours.muted, columns[column].right}, {columns[column].title}, edge[column],
                  edge[column + 1], origin.y + header_height / 2);
    }

    int pressed = -1;
    float top = origin.y + header_height;
    ImGui::PushID(name);
    for (std::size_t row = 0; row < rows.size(); ++row) {
        const Row& one = laid_out[row];
        ImGui::GetWindowDrawList()->AddLine({origin.x, top}, {origin.x + ui.width, top}, ui.colours.border);
        if (row < options.row_names.size() &&
            pressable_row(ui, options.row_names[row], options.selected == static_cast<int>(row), {origin.x, top + 1},
                          {ui.width, one.height - 1})) {
            pressed = static_cast<int>(row);
        }
        if (ImGui::IsRectVisible({origin.x, top}, {origin.x + ui.width, top + one.height})) {
            for (std::size_t column = 0; column < one.cells.size(); ++column)
                draw_cell(look_of(ui, columns, column), one.cells[column], edge[column], edge[column + 1],
                          top + one.height / 2);
        }
        top += one.height;
    }
    ImGui::PopID();
    ImGui::SetCursorScreenPos(origin);
    ImGui::Dummy({ui.width, height});
    return pressed;
}

}  // namespace digitlab
