#include "app/sweep_form.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string_view>
#include <system_error>

#include "base/text.h"

namespace digitlab {

namespace {

/// A number or boolean if the text is one, otherwise the text.
Json value_of(std::string_view text) {
    if (text == "true" || text == "false") return text == "true";
    std::int64_t whole = 0;
    const char* const end = text.data() + text.size();
    if (const auto [stop, problem] = std::from_chars(text.data(), end, whole); problem == std::errc() && stop == end)
        return whole;
    const auto number = decimal_in(text);
    return number ? Json(*number) : Json(std::string(text));
}

/// "0.001, 0.01" as a list, "0.0001 to 0.1" as a range: a logarithmic one when it spans a power of ten.
Json values_of(const std::string& text) {
    if (const auto to = text.find(" to "); to != std::string::npos) {
        const Json low = value_of(trimmed(std::string_view(text).substr(0, to)));
        const Json high = value_of(trimmed(std::string_view(text).substr(to + 4)));
        Json range = {{"from", low}, {"to", high}};
        const bool wide =
            low.is_number() && high.is_number() && low.get<double>() > 0 && high.get<double>() >= 10 * low.get<double>();
        if (wide) range["scale"] = "log";
        return range;
    }
    Json list = Json::array();
    std::string_view rest = text;
    while (!rest.empty()) {
        const auto comma = rest.find(',');
        const std::string_view one = trimmed(rest.substr(0, comma));
        if (!one.empty()) list.push_back(value_of(one));
        rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
    }
    return list;
}

}  // namespace

std::vector<const SpecField*> sweep_fields() {
    std::vector<const SpecField*> fields = fields_with_details();
    std::erase_if(fields, [](const SpecField* field) { return !field->can_vary; });
    return fields;
}

std::string sweep_title(const std::string& key) {
    const auto& fields = fields_with_details();
    const auto found = std::ranges::find_if(fields, [&](const SpecField* field) { return field->key == key; });
    return found == fields.end() ? key : (*found)->title;
}

Result<Sweep> sweep_from_forms(const SweepForm& form, const TrainForm& training) {
    const auto base = spec_from_form(training);
    if (!base) return tl::unexpected(base.error());
    Json json = {
        {"name", form.name}, {"base", to_json(*base)}, {"vary", Json::object()}, {"medianStopping", form.median_stopping}};
    for (const SweepForm::Row& row : form.rows) {
        if (row.key.empty()) continue;
        if (json["vary"].contains(row.key)) return fail("bad-sweep", sweep_title(row.key) + " is varied twice.");
        json["vary"][row.key] = values_of(row.values);
        // The optimizer settings of the form may not suit another architecture or optimizer.
        if (row.key == "architecture" || row.key == "optimizer") json["base"].erase("optimizer");
    }
    if (form.random) {
        json["search"] = "random";
        json["runs"] = form.runs;
    }
    return sweep_from_json(json);
}

}  // namespace digitlab
