#include "ui/pointer_input.h"

#include <imgui.h>

#include <algorithm>
#include <cfloat>
#include <cmath>
#include <utility>

namespace digitlab {

namespace {

constexpr float slop = 9;  ///< CSS pixels that a resting finger, or a pointer that clicks, may move

ImGuiMouseSource source(PointerSample::Kind kind) {
    switch (kind) {
        case PointerSample::Kind::mouse: return ImGuiMouseSource_Mouse;
        case PointerSample::Kind::touch: return ImGuiMouseSource_TouchScreen;
        case PointerSample::Kind::pen: return ImGuiMouseSource_Pen;
    }
    return ImGuiMouseSource_Mouse;
}

bool on_slider(const PointerSample& sample, const Mirror& mirror) {
    return std::ranges::any_of(
        mirror.nodes(), [&](const MirrorNode& node) { return node.role == Role::slider && node.is_at(sample.x, sample.y); });
}

void point_nowhere() { ImGui::GetIO().AddMousePosEvent(-FLT_MAX, -FLT_MAX); }

}  // namespace

void PointerInput::take(const PointerSample& sample, Mirror& mirror) {
    ImGuiIO& io = ImGui::GetIO();
    const bool is_finger = sample.kind == PointerSample::Kind::touch;
    // Dear ImGui has only one pointer.
    if (is_finger && finger_ != Finger::none && sample.pointer_id != finger_id_) return;
    io.AddMouseSourceEvent(source(sample.kind));
    switch (sample.phase) {
        case PointerSample::Phase::down: press(sample, mirror); break;
        case PointerSample::Phase::move:
            if (is_finger) {
                finger_moves(sample);
            } else {
                io.AddMousePosEvent(sample.x, sample.y);
            }
            break;
        case PointerSample::Phase::up:
        case PointerSample::Phase::cancel: release(sample, mirror); break;
    }
}

void PointerInput::press(const PointerSample& sample, const Mirror& mirror) {
    if (sample.button < 0 || sample.button > 2) return;
    if (sample.kind == PointerSample::Kind::touch) {
        finger_ = on_slider(sample, mirror) ? Finger::drags : Finger::undecided;
        finger_id_ = sample.pointer_id;
    }
    start_x_ = sample.x;
    start_y_ = last_y_ = sample.y;
    pressed_ = sample.button == 0 ? mirror.pressable_at(sample.x, sample.y) : 0;
    constexpr int dear_imgui_button[] = {0, 2, 1};
    ImGui::GetIO().AddMousePosEvent(sample.x, sample.y);
    ImGui::GetIO().AddMouseButtonEvent(dear_imgui_button[sample.button], true);
}

void PointerInput::finger_moves(const PointerSample& sample) {
    if (finger_ == Finger::none) return;
    if (finger_ == Finger::undecided && !rests_near_start(sample)) {
        finger_ = Finger::scrolls;
        pressed_ = 0;
        // Release elsewhere, so that what it started on is not pressed.
        point_nowhere();
        ImGui::GetIO().AddMouseButtonEvent(0, false);
    }
    if (finger_ == Finger::scrolls) {
        scroll_ += sample.y - last_y_;
        last_y_ = sample.y;
    } else if (finger_ == Finger::drags) {
        ImGui::GetIO().AddMousePosEvent(sample.x, sample.y);
    }
}

void PointerInput::release(const PointerSample& sample, Mirror& mirror) {
    ImGuiIO& io = ImGui::GetIO();
    const bool cancelled = sample.phase == PointerSample::Phase::cancel;
    const bool was_released = finger_ == Finger::scrolls;
    const std::uint32_t pressed = std::exchange(pressed_, 0);
    if (sample.kind == PointerSample::Kind::touch) finger_ = Finger::none;
    if (was_released) return;
    if (cancelled) {
        point_nowhere();
        for (int button = 0; button < 3; ++button) io.AddMouseButtonEvent(button, false);
        return;
    }
    // The widget may have moved since it was pressed. A pointer that has left it presses nothing.
    const bool stayed = rests_near_start(sample) || mirror.pressable_at(sample.x, sample.y) == pressed;
    if (pressed != 0 && stayed) mirror.activate(pressed);
    constexpr int dear_imgui_button[] = {0, 2, 1};
    if (sample.kind != PointerSample::Kind::touch) io.AddMousePosEvent(sample.x, sample.y);
    if (sample.button >= 0 && sample.button <= 2) io.AddMouseButtonEvent(dear_imgui_button[sample.button], false);
    // A lifted finger hovers over nothing.
    if (sample.kind == PointerSample::Kind::touch) point_nowhere();
}

bool PointerInput::rests_near_start(const PointerSample& sample) const {
    return std::hypot(sample.x - start_x_, sample.y - start_y_) <= slop;
}

float PointerInput::take_scroll() { return std::exchange(scroll_, 0.0F); }

}  // namespace digitlab
