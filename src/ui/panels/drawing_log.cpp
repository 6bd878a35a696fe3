#include "ui/panels/drawing_log.h"

#include <algorithm>

#include "store/drawings.h"
#include "ui/digit_picture.h"
#include "ui/drawing.h"
#include "ui/fields.h"
#include "ui/format.h"
#include "ui/icons.h"
#include "ui/layout.h"
#include "ui/pressable.h"
#include "ui/widgets.h"

namespace digitlab {

namespace {

constexpr float cell_side = 92, cell_gap = 10, caption_height = 24;
constexpr int rows_shown = 3;

/// A page of the log of drawings as one image.
struct LogSheet {
    DrawingList drawings;
    int columns = 0;
    GreyImage image;
    std::uint64_t revision = 0;
};

/// How the log of drawings is shown.
struct DrawingLogView {
    std::string filter = "all";
    std::size_t page = 0;  ///< from 0
    std::string selected;  ///< id of the drawing shown in detail
    bool clear_asked = false;
    LogSheet sheet;
};

const std::vector<Choice> log_filters = {
    {"all", "All"}, {"labelled", "Labelled"}, {"wrong", "Answered wrongly"}, {"unlabelled", "Not labelled"}};

bool passes(const Drawing& drawing, const std::string& filter) {
    if (filter == "labelled") return drawing.label.has_value();
    if (filter == "wrong") return drawing.label && voted_digit(drawing) != drawing.label;
    if (filter == "unlabelled") return !drawing.label;
    return true;
}

/// The drawings that pass the filter, newest first.
DrawingList shown_drawings(const DrawingsState& drawings, const std::string& filter) {
    DrawingList shown;
    std::ranges::copy_if(drawings.all.rbegin(), drawings.all.rend(), std::back_inserter(shown),
                         [&](const auto& drawing) { return passes(*drawing, filter); });
    return shown;
}

/// Puts the drawings of a page on one sheet, `columns` side by side, for the texture.
void lay_out(LogSheet& sheet, const DrawingList& page, int columns) {
    if (sheet.drawings == page && sheet.columns == columns) return;
    sheet.drawings = page;
    sheet.columns = columns;
    ++sheet.revision;
    constexpr int side = drawing_picture_side;
    sheet.image = {columns * side, rows_shown * side, {}};
    sheet.image.ink.assign(static_cast<std::size_t>(sheet.image.width) * static_cast<std::size_t>(sheet.image.height), 0);
    for (std::size_t i = 0; i < page.size(); ++i) {
        const GreyImage& picture = page[i]->picture;
        const int index = static_cast<int>(i);
        const int left = index % columns * side + (side - picture.width) / 2;
        const int top = index / columns * side + (side - picture.height) / 2;
        for (int y = 0; y < picture.height; ++y) {
            std::copy_n(picture.ink.begin() + y * picture.width, picture.width,
                        sheet.image.ink.begin() + (top + y) * sheet.image.width + left);
        }
    }
}

void draw_picture(Ui& ui, const LogSheet& sheet, std::size_t index, ImVec2 min) {
    if (!ui.textures) {
        draw_digit_pixels(ui, sheet.drawings[index]->pixels, min, cell_side);
        return;
    }
    const auto texture = ui.textures->texture(static_cast<int>(TextureSlot::drawing_log), sheet.image, sheet.revision);
    const auto columns = static_cast<std::size_t>(sheet.columns);
    const ImVec2 part = {1.0F / static_cast<float>(sheet.columns), 1.0F / rows_shown};
    const ImVec2 from = {static_cast<float>(index % columns) * part.x, static_cast<float>(index / columns) * part.y};
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const ImVec2 max = min + ImVec2(cell_side, cell_side);
    list.AddRectFilled(min, max, ui.colours.paper, 6);
    list.AddImage(texture, min, max, from, from + part, ui.colours.ink);
    list.AddRect(min, max, ui.colours.border, 6);
}

std::string answer_words(const Drawing& drawing) {
    const auto vote = voted_digit(drawing);
    return vote ? "answered " + std::to_string(*vote) : "not answered";
}

void draw_caption(Ui& ui, const Drawing& drawing, ImVec2 min) {
    const auto vote = voted_digit(drawing);
    const bool right = drawing.label && vote == drawing.label;
    const ImU32 colour = !drawing.label ? ui.colours.muted : right ? ui.colours.good : ui.colours.bad;
    const std::string label = drawing.label ? std::to_string(*drawing.label) : "?";
    put_text(ui.fonts.strong, min + ImVec2(2, 3), ui.colours.text, label);
    const std::string said =
        vote ? (right ? icons::check + (" " + std::to_string(*vote)) : "said " + std::to_string(*vote)) : "";
    put_text_right(ui.fonts.small, min + ImVec2(cell_side - 2, 4), colour, said);
}

void draw_cell(Ui& ui, const LogSheet& sheet, std::size_t index, ImVec2 min) {
    const Drawing& drawing = *sheet.drawings[index];
    std::string& selected = ui.states.of<DrawingLogView>().selected;
    const ImVec2 size = {cell_side, cell_side + caption_height};
    MirrorNode node;
    node.role = Role::button;
    node.name = "Drawing " + drawing.id + ": " + (drawing.label ? "a " + std::to_string(*drawing.label) : "no label") + ", " +
                answer_words(drawing);
    node.checked = selected == drawing.id;
    ImGui::SetCursorScreenPos(min);
    const bool pressed = pressable(ui, drawing.id.c_str(), size, std::move(node)).pressed;
    draw_picture(ui, sheet, index, min);
    draw_caption(ui, drawing, min + ImVec2(0, cell_side));
    if (selected == drawing.id)
        ImGui::GetWindowDrawList()->AddRect(min - ImVec2(3, 3), min + size + ImVec2(3, 3), ui.colours.accent, 8, 0, 2);
    if (pressed) selected = selected == drawing.id ? "" : drawing.id;
}

void draw_grid(Ui& ui, const DrawingList& shown) {
    DrawingLogView& view = ui.states.of<DrawingLogView>();
    const int columns = std::max(1, static_cast<int>((ui.width + cell_gap) / (cell_side + cell_gap)));
    const auto per_page = static_cast<std::size_t>(columns * rows_shown);
    const std::size_t pages = std::max<std::size_t>(1, (shown.size() + per_page - 1) / per_page);
    view.page = std::min(view.page, pages - 1);
    const std::size_t first = view.page * per_page, count = std::min(per_page, shown.size() - first);
    lay_out(view.sheet,
            DrawingList(shown.begin() + static_cast<std::ptrdiff_t>(first),
                        shown.begin() + static_cast<std::ptrdiff_t>(first + count)),
            columns);
    const ImVec2 origin = ImGui::GetCursorScreenPos();
    const float cell_height = cell_side + caption_height + cell_gap;
    for (std::size_t i = 0; i < count; ++i) {
        const auto column = static_cast<float>(i % static_cast<std::size_t>(columns));
        const auto row = static_cast<float>(i / static_cast<std::size_t>(columns));
        draw_cell(ui, view.sheet, i, origin + ImVec2(column * (cell_side + cell_gap), row * cell_height));
    }
    const auto rows = static_cast<float>((count + static_cast<std::size_t>(columns) - 1) / static_cast<std::size_t>(columns));
    ImGui::SetCursorScreenPos(origin);
    ImGui::Dummy({ui.width, rows * cell_height - cell_gap});
    if (pages == 1) return;
    ButtonOptions options;
    options.enabled = view.page > 0;
    if (button(ui, "Newer", options)) --view.page;
    ImGui::SameLine();
    options.enabled = view.page + 1 < pages;
    if (button(ui, "Older", options)) ++view.page;
    ImGui::SameLine();
    ImGui::SetCursorScreenPos(ImGui::GetCursorScreenPos() + ImVec2(4, 11));
    text(ui, "Page " + std::to_string(view.page + 1) + " of " + std::to_string(pages), TextStyle::muted, "log page");
}

void draw_exports(Ui& ui) {
    struct File {
        const char* name;
        ExportFormat format;
        const char* help;
    };
    constexpr File files[] = {
        {"CSV", ExportFormat::csv, "A table of all drawings with labels and answers, for a spreadsheet."},
        {"CSV with pixels", ExportFormat::csv_with_pixels, "The same table with the 784 pixels that the models got."},
        {"Images", ExportFormat::images, "A ZIP of PNG pictures in folders named by label."}};
    text(ui, "Save as a file", TextStyle::muted);
    bool first = true;
    for (const File& file : files) {
        ButtonOptions options;
        options.icon = icons::download;
        options.description = file.help;
        if (!std::exchange(first, false)) same_line_if_fits(ui, measure(ui.fonts.body, file.name).x + 60);
        if (button(ui, file.name, options)) ui.commands.push_back(ExportDrawings{file.format});
    }
}

void draw_clear(const DrawingsState& drawings, Ui& ui) {
    bool& asked = ui.states.of<DrawingLogView>().clear_asked;
    ButtonOptions options;
    options.icon = icons::remove;
    options.kind = ButtonKind::danger;
    if (!asked) {
        if (button(ui, "Remove all", options)) asked = true;
        return;
    }
    status(ui, "Remove all " + count(static_cast<double>(drawings.all.size())) + " drawings and their labels for good?",
           TextStyle::strong, "confirm removal");
    if (button(ui, "Remove for good", options)) {
        ui.commands.push_back(ClearDrawings{});
        asked = false;
    }
    ImGui::SameLine();
    if (button(ui, "Keep them")) asked = false;
}

void draw_log(const State& state, Ui& ui) {
    const Card card(ui);
    const DrawingsState& drawings = state.drawings;
    DrawingLogView& view = ui.states.of<DrawingLogView>();
    heading(ui, "Your drawings");
    const std::size_t labelled = labelled_count(drawings);
    status(ui,
           count(static_cast<double>(drawings.all.size())) + (drawings.all.size() == 1 ? " drawing, " : " drawings, ") +
               count(static_cast<double>(labelled)) + " labelled.",
           TextStyle::body, "log size");
    text(ui,
         labelled >= most_drawings
             ? "The log is full: it holds 2,000 labelled drawings. Save them as a file and remove some to keep more."
             : "Kept in this browser only. Beyond 2,000 the oldest one without a label goes.",
         TextStyle::small, "log limit");
    FieldOptions options;
    options.width = std::min(ui.width, 240.0F);
    if (const auto chosen = combobox(ui, "Show", log_filters, view.filter, options)) {
        view.filter = *chosen;
        view.page = 0;
    }
    const DrawingList shown = shown_drawings(drawings, view.filter);
    if (shown.empty()) {
        text(ui, "None of your drawings is of this kind.", TextStyle::muted);
    } else {
        draw_grid(ui, shown);
    }
    draw_exports(ui);
    draw_clear(drawings, ui);
}

}  // namespace

void draw_drawing_log(const State& state, Ui& ui) {
    if (state.drawings.all.empty()) {
        const Card card(ui);
        heading(ui, "Your drawings");
        text(ui,
             "What you draw is kept here with its answers, as soon as you say what it is or clear the paper. Then you can test "
             "the models on your own hand, and train them on it.",
             TextStyle::muted);
        return;
    }
    const Drawing* selected = find_drawing(state.drawings, ui.states.of<DrawingLogView>().selected);
    draw_log(state, ui);
    if (selected) draw_logged_drawing(*selected, ui);
    draw_drawing_lab(state, ui);
}

}  // namespace digitlab
