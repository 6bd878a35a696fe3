#include "predict/drawing_csv.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "base/iso_time.h"

namespace digitlab {

namespace {

struct ModelColumn {
    std::string id, name;
};

/// Models may share a name; all but the first of them get their id appended.
std::vector<ModelColumn> model_columns(const DrawingList& drawings) {
    std::vector<ModelColumn> columns;
    for (const auto& drawing : drawings) {
        for (const DrawingAnswer& answer : drawing->answers) {
            if (std::ranges::find(columns, answer.model, &ModelColumn::id) != columns.end()) continue;
            const bool taken = std::ranges::find(columns, answer.name, &ModelColumn::name) != columns.end();
            columns.push_back({answer.model, taken ? answer.name + " (" + answer.model + ")" : answer.name});
        }
    }
    return columns;
}

/// `text` as a CSV field that no spreadsheet takes for a formula.
std::string field(std::string_view text) {
    constexpr std::string_view formula_starts = "=+-@\t\r\n";
    std::string safe(text);
    if (!safe.empty() && formula_starts.find(safe.front()) != std::string_view::npos) safe.insert(safe.begin(), '\'');
    if (safe.find_first_of(",\"\r\n") == std::string::npos) return safe;
    std::string quoted = "\"";
    for (const char c : safe) quoted.append(c == '"' ? 2 : 1, c);
    return quoted + '"';
}

std::string number(float value) { return Json(value).dump(); }

std::string digit(const std::optional<int>& value) { return value ? std::to_string(*value) : ""; }

class Line {
   public:
    void add(std::string_view written) {
        if (fields_++ > 0) text_ += ',';
        text_ += written;
    }
    void end(std::string& csv) {
        csv += text_ + "\r\n";
        text_.clear();
        fields_ = 0;
    }

   private:
    std::string text_;
    int fields_ = 0;
};

void add_answers(const Drawing& drawing, const std::vector<ModelColumn>& models, Line& line) {
    for (const ModelColumn& model : models) {
        const auto answer = std::ranges::find(drawing.answers, model.id, &DrawingAnswer::model);
        const bool answered = answer != drawing.answers.end();
        line.add(answered ? std::to_string(answer->digit) : "");
        line.add(answered ? number(answer->confidence) : "");
    }
}

}  // namespace

std::string drawings_csv(const DrawingList& drawings, bool pixels) {
    const std::vector<ModelColumn> models = model_columns(drawings);
    std::string csv;
    Line line;
    for (const char* name : {"id", "date", "source", "label", "vote", "right"}) line.add(name);
    for (const ModelColumn& model : models) {
        line.add(field(model.name + " digit"));
        line.add(field(model.name + " confidence"));
    }
    for (int i = 0; pixels && i < digit_pixels; ++i) line.add("pixel_" + std::to_string(i));
    line.end(csv);
    for (const auto& one : drawings) {
        const Drawing& drawing = *one;
        const auto vote = voted_digit(drawing);
        line.add(field(drawing.id));
        line.add(iso_from_unix_secs(drawing.unix_secs));
        line.add(to_string(drawing.source));
        line.add(digit(drawing.label));
        line.add(digit(vote));
        line.add(vote && drawing.label ? (*vote == *drawing.label ? "1" : "0") : "");
        add_answers(drawing, models, line);
        for (std::size_t i = 0; pixels && i < drawing.pixels.size(); ++i) line.add(std::to_string(drawing.pixels[i]));
        line.end(csv);
    }
    return csv;
}

}  // namespace digitlab
