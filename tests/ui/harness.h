#pragma once

#include <imgui.h>

#include <algorithm>
#include <string>

#include "ui/window.h"

namespace digitlab {

/// A Window without a renderer: frames are drawn and discarded.
class Harness {
   public:
    explicit Harness(float width = 1280, float height = 800, ThemeChoice theme = ThemeChoice::light, float pixel_ratio = 1)
        : theme_(theme) {
        metrics_.width = width;
        metrics_.height = height;
        metrics_.pixel_ratio = pixel_ratio;
        ImGui::GetIO().BackendFlags |= ImGuiBackendFlags_RendererHasVtxOffset;
    }

    Commands frame(const State& state) {
        window.prepare(metrics_, theme_);
        ImGui::GetIO().DeltaTime = 1.0F / 60;
        Commands commands;
        window.take_strokes(commands);
        window.draw(state, commands);
        return commands;
    }

    /// Draws until the window wants no more frames; returns the commands of all of them.
    Commands settle(const State& state) {
        Commands all;
        for (int left = 30; left > 0; --left) {
            Commands commands = frame(state);
            all.take(commands);
            if (!window.wants_frame()) break;
        }
        return all;
    }

    /// Whether the text of some node contains `words`.
    bool says(const std::string& words) const {
        return std::ranges::any_of(window.mirror().nodes(),
                                   [&](const MirrorNode& node) { return node.value.find(words) != std::string::npos; });
    }

    const MirrorNode* find(Role role, const std::string& name) const {
        for (const MirrorNode& node : window.mirror().nodes()) {
            if (node.role == role && (node.name == name || node.value == name)) return &node;
        }
        return nullptr;
    }

    void point(PointerSample::Phase phase, float x, float y, PointerSample::Kind kind = PointerSample::Kind::mouse,
               int id = 1) {
        PointerSample sample;
        sample.kind = kind;
        sample.phase = phase;
        sample.pointer_id = id;
        sample.x = x;
        sample.y = y;
        window.pointer(sample);
    }

    Commands click(const State& state, const MirrorNode& node, PointerSample::Kind kind = PointerSample::Kind::mouse) {
        const float x = node.x + node.width / 2, y = node.y + node.height / 2;
        if (kind == PointerSample::Kind::mouse) point(PointerSample::Phase::move, x, y, kind);
        point(PointerSample::Phase::down, x, y, kind);
        point(PointerSample::Phase::up, x, y, kind);
        return settle(state);
    }

    void set_time(double secs) { metrics_.now_secs = secs; }

    mutable Window window;

   private:
    WindowMetrics metrics_;
    ThemeChoice theme_;
};

template <class Wanted>
const Wanted* last(const Commands& commands) {
    const Wanted* found = nullptr;
    for (const Command& command : commands) {
        if (const auto* wanted = command.template as<Wanted>()) found = wanted;
    }
    return found;
}

template <class Wanted>
const Wanted* first(const Commands& commands) {
    for (const Command& command : commands) {
        if (const auto* wanted = command.template as<Wanted>()) return wanted;
    }
    return nullptr;
}

}  // namespace digitlab
