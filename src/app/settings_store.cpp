#include "app/settings_store.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "app/train_form.h"

namespace digitlab {

namespace {

const std::string page_id = "page";
constexpr double left_alone_secs = 0.5;

constexpr std::array<std::pair<ThemeChoice, const char*>, 3> theme_names = {
    {{ThemeChoice::system, "system"}, {ThemeChoice::light, "light"}, {ThemeChoice::dark, "dark"}}};

auto bad_settings() { return fail("bad-settings", "This is not a set of settings."); }

}  // namespace

Status StoredSettings::take(const std::string& id, const Json& json) {
    if (id != page_id || !json.is_object()) return bad_settings();
    std::string theme = "system";
    float pen_width = usual_pen;
    if (!read_optional(json, "theme", theme) || !read_optional(json, "penWidth", pen_width)) return bad_settings();
    Commands commands;
    const auto named = std::ranges::find(theme_names, theme, [](const auto& one) { return std::string(one.second); });
    if (named != theme_names.end()) commands.push_back(ChooseTheme{named->first});
    commands.push_back(SetPen{pen_width});
    if (json.contains("architecture")) commands.push_back(ReadArchitecture{dump_json(json["architecture"])});
    if (json.contains("spec")) commands.push_back(OpenSpec{dump_json(json["spec"])});
    commands_ = std::move(commands);
    return {};
}

Status StoredSettings::save(const std::string& json) {
    return Records::save(page_id, {}, [&](auto) { return Text{json, {}}; });
}

SettingsStore::SettingsStore(const State& state, Files& files, Clock clock, Stored stored)
    : state_(state), files_(files), stored_settings_(files), clock_(std::move(clock)), stored_(std::move(stored)) {}

Result<Commands> SettingsStore::restore() {
    if (auto commands = stored_settings_.take_commands()) return std::move(*commands);
    if (stored_settings_.problems().empty()) return Commands{};
    return fail("bad-settings", "The settings of your last visit cannot be read; these are the usual ones.");
}

void SettingsStore::begin() { kept_ = wanted_ = current(); }

void SettingsStore::advance() {
    if (seen_revision_ != state_.revision) {
        seen_revision_ = state_.revision;
        if (std::string now = current(); now != wanted_) {
            wanted_ = std::move(now);
            changed_at_ = clock_();
        }
    }
    if (changed_at_ && clock_() - *changed_at_ >= left_alone_secs) store();
}

std::string SettingsStore::current() {
    if (state_.form.problem.empty()) {
        if (const auto spec = spec_from_form(state_.form)) spec_ = to_json(*spec);
        if (state_.form.custom && infer_shapes(*state_.form.custom)) architecture_ = to_json(*state_.form.custom);
    }
    const auto theme = std::ranges::find(theme_names, state_.theme, &std::pair<ThemeChoice, const char*>::first);
    Json json = {{"theme", theme->second}, {"penWidth", state_.draw.pen_width}};
    if (!spec_.is_null()) json["spec"] = spec_;
    if (!architecture_.is_null()) json["architecture"] = architecture_;
    return dump_json(json);
}

void SettingsStore::store() {
    changed_at_.reset();
    if (wanted_ == kept_) why_unsaved_.reset();
    if (wanted_ == kept_ || !files_.read_only_reason().empty()) return;
    const Status saved = stored_settings_.save(wanted_);
    why_unsaved_ = saved ? std::nullopt : std::optional(saved.error());
    if (saved) kept_ = wanted_;
    stored_(saved);
}

}  // namespace digitlab
