#pragma once

#include <imgui.h>

#include <cmath>

#include "ui/keyboard_pen.h"
#include "ui/ui.h"

namespace digitlab {

/// A Dear ImGui window for testing a widget without the rest of the page.
class WidgetFrame {
   public:
    WidgetFrame(float width, float height) : context_(ImGui::CreateContext()), width_(width) {
        ImGui::SetCurrentContext(context_);
        ImGuiIO& io = ImGui::GetIO();
        io.IniFilename = nullptr;
        io.DisplaySize = {width, height};
        io.BackendFlags |= ImGuiBackendFlags_RendererHasVtxOffset;
        apply_theme(false);
        fonts_ = build_fonts(1);
    }
    ~WidgetFrame() { ImGui::DestroyContext(context_); }
    WidgetFrame(const WidgetFrame&) = delete;
    WidgetFrame& operator=(const WidgetFrame&) = delete;

    /// Draws one frame, whose contents `draw(ui)` draws.
    template <class Draw>
    void draw(Draw&& draw) {
        ImGui::GetIO().DeltaTime = 1.0F / 60;
        ImGui::NewFrame();
        mirror.begin_frame();
        ImGui::SetNextWindowPos({0, 0});
        ImGui::SetNextWindowSize(ImGui::GetIO().DisplaySize);
        ImGui::Begin("window", nullptr, ImGuiWindowFlags_NoDecoration);
        double next_frame_secs = INFINITY;
        Ui ui{mirror, palette(false), fonts_, nullptr, commands, states, surface, pen, 0, next_frame_secs};
        ui.width = width_;
        draw(ui);
        ImGui::End();
        mirror.end_frame();
        ImGui::Render();
    }

    const Fonts& fonts() const { return fonts_; }

    Mirror mirror;
    Commands commands;
    PanelStates states;
    DrawingSurface surface;
    KeyboardPen pen;

   private:
    ImGuiContext* context_;
    Fonts fonts_;
    float width_;
};

}  // namespace digitlab
