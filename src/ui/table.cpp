#include "ui/table.h"

#include <imgui_internal.h>

#include <algorithm>
#include <array>
#include <utility>

#include "ui/drawing.h"
#include "ui/pressable.h"
#include "ui/table_layout.h"

namespace digitlab {

namespace {

constexpr float header_height = 30, cell_padding = 8;
constexpr std::size_t margin_rows = 12, short_table = 64;

/// What a table remembers from frame to frame.
struct TableState {
    RowHeights heights;
    std::optional<std::size_t> focused;  ///< the row whose button has the keyboard focus; it is made even out of sight
    std::optional<std::size_t> wanted;   ///< the row that should get the focus
    ImGuiID wanted_from = 0;             ///< the element that has the focus until then
    std::size_t current = 0;             ///< the row last reached by key, in a table without buttons
};

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

/// Draws one table in one frame.
class TableDrawing {
   public:
    TableDrawing(Ui& ui, const char* name, const std::vector<TableColumn>& columns, const TableRows& rows)
        : ui_(ui),
          name_(name),
          id_(ImGui::GetID(name)),
          columns_(columns),
          rows_(rows),
          state_(ui.states.of<TableState>(id_)),
          origin_(ImGui::GetCursorScreenPos()) {
        std::vector<float> weights;
        for (const TableColumn& column : columns) weights.push_back(column.weight);
        column_edges_ = column_edges(weights, origin_.x, ui.width);
        state_.heights.fit(rows.count, ui.width);
        if (state_.wanted && ui.mirror.focus() != state_.wanted_from) state_.wanted.reset();
    }

    std::optional<std::size_t> draw() {
        find_rows();
        made_ = with_margin(in_sight_, rows_.count, margin_rows, short_table);
        for (std::size_t row = made_.first; row < made_.end; ++row) make_row(row);
        find_rows();
        const float bottom = row_edges_.back();
        report_table(bottom);
        draw_header();
        const auto focused = std::exchange(state_.focused, std::nullopt);
        if (focused && *focused < made_.first) press_row(*focused);
        for (std::size_t row = made_.first; row < made_.end; ++row) {
            if (rows_.button) press_row(row);
            if (in_sight_.contains(row)) draw_row(row);
        }
        if (focused && *focused >= made_.end && *focused < rows_.count) press_row(*focused);
        ImGui::SetCursorScreenPos(origin_);
        ImGui::Dummy({ui_.width, bottom - origin_.y});
        return pressed_;
    }

   private:
    /// A row's cells, and the lines they are broken into.
    struct Row {
        std::vector<std::string> cells;
        std::vector<std::vector<std::string>> lines;
    };

    bool is_long() const { return made_.end - made_.first < rows_.count; }

    Cell look_of(std::size_t column) const {
        return {column == 0 ? ui_.fonts.strong : ui_.fonts.body, ui_.colours.text, columns_[column].right};
    }

    void find_rows() {
        const ImDrawList& list = *ImGui::GetWindowDrawList();
        row_edges_ = state_.heights.edges(origin_.y + header_height);
        in_sight_ = rows_between(row_edges_, list.GetClipRectMin().y, list.GetClipRectMax().y);
    }

    void make_row(std::size_t index) {
        Row& row = made_rows_.emplace_back();
        row.cells = rows_.cells(index);
        std::size_t most_lines = 1;
        for (std::size_t column = 0; column < columns_.size() && column < row.cells.size(); ++column) {
            const float room = column_edges_[column + 1] - column_edges_[column] - 2 * cell_padding;
            row.lines.push_back(cell_lines(look_of(column).font, row.cells[column], room));
            most_lines = std::max(most_lines, row.lines.back().size());
        }
        state_.heights.set(index, RowHeights::least + static_cast<float>(most_lines - 1) * line_height(ui_.fonts.body));
    }

    void report_table(float bottom) {
        MirrorNode node;
        node.id = id_;
        node.role = Role::table;
        node.name = name_;
        node.rows.emplace_back();
        for (const TableColumn& column : columns_) node.rows[0].emplace_back(column.title);
        for (const Row& row : made_rows_) node.rows.push_back(row.cells);
        node.first_row = made_.first;
        node.row_count = rows_.count;
        node.takes_keys = is_long() && !rows_.button;
        const ImVec2 end = {origin_.x + ui_.width, bottom};
        if (node.takes_keys) focus_ring(ui_, id_, origin_, end);
        report(ui_, std::move(node), origin_, end);
        if (const auto key = ui_.mirror.take_key(id_)) state_.current = go_to(*key, state_.current);
    }

    void draw_header() {
        for (std::size_t column = 0; column < columns_.size(); ++column) {
            draw_cell({ui_.fonts.small, ui_.colours.muted, columns_[column].right}, {columns_[column].title},
                      column_edges_[column], column_edges_[column + 1], origin_.y + header_height / 2);
        }
    }

    void draw_row(std::size_t index) {
        const float top = row_edges_[index], bottom = row_edges_[index + 1];
        ImGui::GetWindowDrawList()->AddLine({origin_.x, top}, {origin_.x + ui_.width, top}, ui_.colours.border);
        const Row& row = made_rows_[index - made_.first];
        for (std::size_t column = 0; column < row.lines.size(); ++column) {
            draw_cell(look_of(column), row.lines[column], column_edges_[column], column_edges_[column + 1], (top + bottom) / 2);
        }
    }

    void press_row(std::size_t row) {
        MirrorNode node;
        node.role = Role::button;
        node.name = rows_.button(row);
        node.checked = rows_.selected == row;
        node.takes_keys = is_long();
        node.takes_focus = state_.wanted == row;
        const std::string key = node.name;
        ImGui::SetCursorScreenPos({origin_.x, row_edges_[row] + 1});
        ImGui::PushID(name_);
        const ImGuiID id = ImGui::GetID(key.c_str());
        const Press press =
            pressable(ui_, key.c_str(), {ui_.width, row_edges_[row + 1] - row_edges_[row] - 1}, std::move(node));
        ImGui::PopID();
        const ImU32 fill = rows_.selected == row ? ui_.colours.accent_soft : press.hovered ? ui_.colours.raised : 0;
        ImGui::GetWindowDrawList()->AddRectFilled(press.min, press.max, fill, 6);
        if (press.pressed) pressed_ = row;
        if (ui_.mirror.focused(id)) state_.focused = row;
        if (const auto pressed_key = ui_.mirror.take_key(id)) {
            state_.wanted = go_to(*pressed_key, row);
            state_.wanted_from = ui_.mirror.focus();
        }
    }

    /// Scrolls to the row that `key` leads to from `row`, and returns it.
    std::size_t go_to(const std::string& key, std::size_t row) const {
        const std::size_t last = rows_.count - 1, page = std::max<std::size_t>(in_sight_.end - in_sight_.first, 3) - 2;
        if (key == "Home") row = 0;
        if (key == "End") row = last;
        if (key == "ArrowUp") row -= std::min<std::size_t>(row, 1);
        if (key == "ArrowDown") row = std::min(row + 1, last);
        if (key == "PageUp") row -= std::min(row, page);
        if (key == "PageDown") row = std::min(row + page, last);
        // Scroll its neighbours into view, too, to show that there are more rows.
        const ImRect rect = {origin_.x, row_edges_[row] - RowHeights::least, origin_.x + ui_.width,
                             row_edges_[row + 1] + RowHeights::least};
        ImGui::ScrollToRect(ImGui::GetCurrentWindow(), rect, ImGuiScrollFlags_KeepVisibleEdgeY);
        return row;
    }

    Ui& ui_;
    const char* name_;
    ImGuiID id_;
    const std::vector<TableColumn>& columns_;
    const TableRows& rows_;
    TableState& state_;
    ImVec2 origin_;
    std::vector<float> column_edges_, row_edges_;
    RowRange in_sight_, made_;
    std::vector<Row> made_rows_;
    std::optional<std::size_t> pressed_;
};

}  // namespace

std::optional<std::size_t> table(Ui& ui, const char* name, const std::vector<TableColumn>& columns, const TableRows& rows) {
    return TableDrawing(ui, name, columns, rows).draw();
}

bool moves_in_tables(std::string_view key) {
    constexpr std::array<std::string_view, 6> keys = {"ArrowUp", "ArrowDown", "PageUp", "PageDown", "Home", "End"};
    return std::ranges::find(keys, key) != keys.end();
}

void table(Ui& ui, const char* name, const std::vector<TableColumn>& columns,
           const std::vector<std::vector<std::string>>& rows) {
    (void)table(ui, name, columns, {rows.size(), [&](std::size_t row) { return rows[row]; }});
}

}  // namespace digitlab
