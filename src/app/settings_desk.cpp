#include "app/settings_desk.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "app/train_form.h"
#include "store/stored_name.h"

namespace digitlab {

namespace {

constexpr const char* folder = "settings";
constexpr const char* id = "page";
constexpr double left_alone_secs = 0.5;

constexpr std::array<std::pair<ThemeChoice, const char*>, 3> theme_names = {
    {{ThemeChoice::system, "system"}, {ThemeChoice::light, "light"}, {ThemeChoice::dark, "dark"}}};

/// Oldest first.
std::vector<StoredName> stored_names(const Files& files) {
    std::vector<StoredName> names = digitlab::stored_names(files, folder);
    std::erase_if(names, [](const StoredName& name) { return name.id != id; });
    std::ranges::sort(names, {}, &StoredName::revision);
    return names;
}

/// An error of what is not as it was written.
auto damaged() { return fail("bad-settings", "The settings of your last visit cannot be read; these are the usual ones."); }

}  // namespace

SettingsDesk::SettingsDesk(const State& state, Files& files, Clock clock, Stored stored)
    : state_(state), files_(files), clock_(std::move(clock)), stored_(std::move(stored)) {}

Result<Commands> SettingsDesk::restore() const {
    const std::vector<StoredName> names = stored_names(files_);
    if (names.empty()) return Commands{};
    const auto bytes = files_.read(names.back().path());
    if (!bytes) return tl::unexpected(bytes.error());
    const auto json = parse_json(std::string_view(reinterpret_cast<const char*>(bytes->data()), bytes->size()));
    if (!json || !json->is_object()) return damaged();
    std::string theme = "system";
    float pen_width = usual_pen;
    if (!read_optional(*json, "theme", theme) || !read_optional(*json, "penWidth", pen_width)) return damaged();
    Commands commands;
    const auto named = std::ranges::find(theme_names, theme, [](const auto& one) { return std::string(one.second); });
    if (named != theme_names.end()) commands.push_back(ChooseTheme{named->first});
    commands.push_back(SetPen{pen_width});
    if (json->contains("architecture")) commands.push_back(ReadArchitecture{dump_json((*json)["architecture"])});
    if (json->contains("spec")) commands.push_back(OpenSpec{dump_json((*json)["spec"])});
    return commands;
}

void SettingsDesk::begin() { kept_ = wanted_ = current(); }

void SettingsDesk::advance() {
    if (seen_revision_ != state_.revision) {
        seen_revision_ = state_.revision;
        if (std::string now = current(); now != wanted_) {
            wanted_ = std::move(now);
            changed_at_ = clock_();
        }
    }
    if (changed_at_ && clock_() - *changed_at_ >= left_alone_secs) store();
}

std::string SettingsDesk::current() {
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

void SettingsDesk::store() {
    changed_at_.reset();
    if (wanted_ == kept_ || !files_.read_only_reason().empty()) return;
    kept_ = wanted_;
    const std::vector<StoredName> old = stored_names(files_);
    const auto revision = next_revision(old, id);
    if (!revision) return stored_(tl::unexpected(revision.error()));
    const StoredName name{folder, id, *revision, "json"};
    const std::span bytes(reinterpret_cast<const std::uint8_t*>(wanted_.data()), wanted_.size());
    if (Status written = files_.write(name.path(), bytes); !written) return stored_(written);
    for (const StoredName& one : old) (void)files_.remove(one.path());
    stored_({});
}

}  // namespace digitlab
