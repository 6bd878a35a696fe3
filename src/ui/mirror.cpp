#include "ui/mirror.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace digitlab {

namespace {

const char* word(Role role) {
    switch (role) {
        case Role::button: return "button";
        case Role::tab: return "tab";
        case Role::checkbox: return "checkbox";
        case Role::slider: return "slider";
        case Role::field: return "field";
        case Role::text_area: return "textarea";
        case Role::combobox: return "combobox";
        case Role::region: return "region";
        case Role::table: return "table";
        case Role::status: return "status";
        case Role::heading: return "heading";
        case Role::text: return "text";
        case Role::progressbar: return "progressbar";
    }
    return "text";
}

/// Tenths of a CSS pixel are precise enough, and short.
double rounded(float pixels) { return std::round(static_cast<double>(pixels) * 10) / 10; }

Json node_json(const MirrorNode& node) {
    Json json = {{"id", node.id}, {"role", word(node.role)}, {"name", node.name}};
    if (!node.value.empty()) json["value"] = node.value;
    json["rect"] = {rounded(node.x), rounded(node.y), rounded(node.width), rounded(node.height)};
    if (node.clipped) json["clipped"] = true;
    if (!node.enabled) json["enabled"] = false;
    if (node.takes_keys) json["keys"] = true;
    if (node.takes_focus) json["focus"] = true;
    if (node.expandable) json["expanded"] = node.expanded;
    if (node.toggles) json["pressed"] = node.checked;
    if (node.checked) json["checked"] = true;
    if (node.minimum != 0) json["minimum"] = node.minimum;
    if (node.maximum != 0) json["maximum"] = node.maximum;
    if (node.step != 0) json["step"] = node.step;
    for (const Choice& option : node.options) json["options"].push_back({{"id", option.id}, {"title", option.title}});
    if (!node.rows.empty()) json["rows"] = node.rows;
    if (node.row_count >= node.rows.size()) {
        json["rowCount"] = node.row_count;
        json["firstRow"] = node.first_row;
    }
    if (!node.description.empty()) json["description"] = node.description;
    return json;
}

}  // namespace

void Mirror::begin_frame() {
    std::swap(nodes_, previous_);
    nodes_.clear();
    ids_.clear();
    if (requests_.empty()) return;
    offered_ = std::move(requests_.front());
    requests_.pop_front();
}

void Mirror::add(MirrorNode node) {
    while (node.id == 0 || !ids_.insert(node.id).second) ++node.id;
    nodes_.push_back(std::move(node));
}

void Mirror::end_frame() {
    if (nodes_ != previous_) ++revision_;
    offered_.reset();
    focus_moved_ = false;
}

Json Mirror::to_json() const {
    Json json = Json::array();
    for (const MirrorNode& node : nodes_) json.push_back(node_json(node));
    return json;
}

void Mirror::set_value(std::uint32_t id, std::string value) {
    const auto is_older = [&](const Request& request) { return request.id == id && request.kind == Request::Kind::value; };
    if (!requests_.empty() && is_older(requests_.back())) requests_.pop_back();
    requests_.push_back({id, Request::Kind::value, std::move(value)});
}

std::optional<std::string> Mirror::take(std::uint32_t id, Request::Kind kind) {
    if (id == 0 || !offered_ || offered_->id != id || offered_->kind != kind) return std::nullopt;
    return std::exchange(offered_, std::nullopt)->text;
}

bool Mirror::take_activation(std::uint32_t id) { return take(id, Request::Kind::activation).has_value(); }

std::optional<std::string> Mirror::take_value(std::uint32_t id) { return take(id, Request::Kind::value); }

std::optional<std::string> Mirror::take_key(std::uint32_t id) { return take(id, Request::Kind::key); }

bool Mirror::takes_keys(std::uint32_t id) const {
    return std::ranges::any_of(nodes_, [&](const MirrorNode& node) { return node.id == id && node.takes_keys; });
}

std::uint32_t Mirror::pressable_at(float px, float py) const {
    const auto node = std::ranges::find_if(nodes_, [&](const MirrorNode& one) { return one.pressable && one.is_at(px, py); });
    return node == nodes_.end() || !node->enabled ? 0 : node->id;
}

}  // namespace digitlab
