#include "ui/window.h"

#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>
#include <cmath>
#include <deque>

#include "ui/app_bar.h"
#include "ui/drawing.h"
#include "ui/item_hooks.h"
#include "ui/keyboard_pen.h"
#include "ui/panels/panels.h"
#include "ui/pointer_input.h"
#include "ui/table.h"
#include "ui/ui.h"

namespace digitlab {

namespace {

constexpr float narrow_below = 700, widest_content = 1240;
/// Dear ImGui settles within this many frames after input: hover, press, layout.
constexpr int settling_frames = 3;
/// One frame to notice the pointer's new position, one to draw what it hovers over.
constexpr int frames_after_move = 2;

ImGuiContext* new_context() {
    ImGuiContext* context = ImGui::CreateContext();
    ImGui::SetCurrentContext(context);
    return context;
}

void draw_view(const State& state, Ui& ui) {
    switch (state.view) {
        case View::train: return draw_train(state, ui);
        case View::draw: return draw_draw(state, ui);
        case View::history: return draw_history(state, ui);
        case View::inspect: return draw_inspect(state, ui);
        case View::data: return draw_data(state, ui);
        case View::about: return draw_about(state, ui);
    }
}

/// Draws the part between the bars, which scrolls. Each view has its own scroll position.
void draw_content(const State& state, Ui& ui, float top, float bottom, float scroll) {
    const float width = ImGui::GetIO().DisplaySize.x;
    const float margin = ui.narrow ? 14.0F : std::max(24.0F, (width - widest_content) / 2);
    ImGui::SetCursorScreenPos({0, top});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {margin, ui.narrow ? 12.0F : 20.0F});
    // The scrollbar fits into the margin, so that it takes no width from the content.
    ImGui::PushStyleVar(ImGuiStyleVar_ScrollbarSize, ui.narrow ? 5.0F : 10.0F);
    if (ImGui::BeginChild(title(state.view), {width, bottom - top}, ImGuiChildFlags_AlwaysUseWindowPadding)) {
        if (scroll != 0) ImGui::SetScrollY(ImGui::GetScrollY() - scroll);
        ui.width = std::floor(width - 2 * margin);
        draw_view(state, ui);
    }
    ImGui::EndChild();
    ImGui::PopStyleVar(2);
}

void draw_everything(const State& state, Ui& ui, float scroll) {
    const ImVec2 size = ImGui::GetIO().DisplaySize;
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize(size);
    ImGui::Begin("Digit Lab", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                     ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoScrollWithMouse | ImGuiWindowFlags_NoNav);
    ui.width = size.x;
    draw_app_bar(state, ui);
    const float top = ui.narrow ? narrow_app_bar_height : app_bar_height;
    const float bottom = size.y - (ui.narrow ? bottom_tabs_height : 0) - notices_height(state, ui);
    draw_content(state, ui, top, std::max(bottom, top + 1), scroll);
    draw_notices(state, ui);
    if (ui.narrow) draw_bottom_tabs(state, ui);
    ImGui::End();
}

}  // namespace

struct Window::Impl {
    ImGuiContext* context = new_context();
    Mirror mirror;
    ItemHooks hooks{mirror};
    Fonts fonts;
    PanelStates states;
    DrawingSurface surface;
    StrokeInput strokes;
    KeyboardPen keyboard_pen;
    PointerInput pointer;
    TextureHost* textures = nullptr;
    float pixel_ratio = 0;
    bool dark = false, themed = false;
    int frames_to_settle = settling_frames;
    double now_secs = 0, next_frame_secs = INFINITY;

    // A click must be carried out before the next press: it may clear the paper, choose the eraser or show another view. So a
    // pointer that comes down waits until the click is carried out and drawn.
    std::deque<PointerSample> waiting;
    bool clicks_drawn = true;  ///< the last frame started without any pending clicks

    ~Impl() { ImGui::DestroyContext(context); }

    bool has_clicks_to_do() const {
        return mirror.pending() || std::ranges::any_of(context->InputEventsQueue, [](const ImGuiInputEvent& event) {
                   return event.Type == ImGuiInputEventType_MouseButton;
               });
    }
    bool has_to_wait(const PointerSample& sample) const {
        return sample.phase == PointerSample::Phase::down && (has_clicks_to_do() || !clicks_drawn);
    }
    void take(const PointerSample& sample) {
        if (strokes.take(sample, surface)) {
            keyboard_pen.rest();
            // The eraser's outline follows the pointer.
            if (sample.kind != PointerSample::Kind::touch) ImGui::GetIO().AddMousePosEvent(sample.x, sample.y);
        } else {
            pointer.take(sample, mirror);
        }
    }
};

Window::Window() : impl_(new Impl) {
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.LogFilename = nullptr;
    io.ConfigFlags |= ImGuiConfigFlags_NoMouseCursorChange;
    io.ConfigWindowsMoveFromTitleBarOnly = true;
}

Window::~Window() { delete impl_; }

bool Window::prepare(const WindowMetrics& metrics, ThemeChoice theme) {
    ImGui::SetCurrentContext(impl_->context);
    impl_->now_secs = metrics.now_secs;
    ImGuiIO& io = ImGui::GetIO();
    const ImVec2 size = {std::max(metrics.width, 1.0F), std::max(metrics.height, 1.0F)};
    if (io.DisplaySize.x != size.x || io.DisplaySize.y != size.y) impl_->frames_to_settle = settling_frames;
    io.DisplaySize = size;
    io.DisplayFramebufferScale = {metrics.pixel_ratio, metrics.pixel_ratio};

    const bool dark = theme == ThemeChoice::dark || (theme == ThemeChoice::system && metrics.system_dark);
    if (!impl_->themed || dark != impl_->dark) {
        apply_theme(dark);
        impl_->dark = dark;
        impl_->themed = true;
        impl_->frames_to_settle = settling_frames;
    }
    if (impl_->pixel_ratio == metrics.pixel_ratio) return false;
    impl_->pixel_ratio = metrics.pixel_ratio;
    impl_->fonts = build_fonts(std::clamp(metrics.pixel_ratio, 0.5F, 4.0F));
    impl_->frames_to_settle = settling_frames;
    return true;
}

void Window::set_texture_host(TextureHost* host) { impl_->textures = host; }

void Window::pointer(const PointerSample& sample) {
    ImGui::SetCurrentContext(impl_->context);
    const int frames = sample.phase == PointerSample::Phase::move ? frames_after_move : settling_frames;
    impl_->frames_to_settle = std::max(impl_->frames_to_settle, frames);
    if (!impl_->waiting.empty() || impl_->has_to_wait(sample)) {
        impl_->waiting.push_back(sample);
    } else {
        impl_->take(sample);
    }
}

bool Window::key(std::uint32_t id, const KeyPress& press) {
    const DrawingSurface& surface = impl_->surface;
    if (surface.shown && id == surface.id) {
        if (!impl_->keyboard_pen.press(press, surface)) return false;
    } else {
        const bool modified = press.shift || press.control;
        if (modified || !moves_in_tables(press.key) || !impl_->mirror.takes_keys(id)) return false;
        impl_->mirror.press_key(id, press.key);
    }
    impl_->frames_to_settle = settling_frames;
    return true;
}

void Window::take_strokes(Commands& commands) {
    ImGui::SetCurrentContext(impl_->context);
    while (!impl_->waiting.empty() && !impl_->has_to_wait(impl_->waiting.front())) {
        impl_->take(impl_->waiting.front());
        impl_->waiting.pop_front();
    }
    // The focus may have moved since the last key.
    if (!impl_->mirror.focused(impl_->surface.id)) impl_->keyboard_pen.rest();
    impl_->strokes.append_to(commands);
    impl_->keyboard_pen.append_to(commands);
}

void Window::wheel(float dx, float dy) {
    ImGui::SetCurrentContext(impl_->context);
    impl_->frames_to_settle = settling_frames;
    ImGui::GetIO().AddMouseWheelEvent(dx, dy);
}

void Window::draw(const State& state, Commands& commands) {
    ImGui::SetCurrentContext(impl_->context);
    impl_->frames_to_settle = std::max(impl_->frames_to_settle - 1, 0);
    // A request from the page may change the next frames.
    if (impl_->mirror.pending()) impl_->frames_to_settle = settling_frames;
    impl_->clicks_drawn = !impl_->has_clicks_to_do();
    ImGui::NewFrame();
    impl_->mirror.begin_frame();
    impl_->hooks.begin_frame();
    impl_->surface.shown = false;
    impl_->next_frame_secs = INFINITY;

    Ui ui{impl_->mirror, palette(impl_->dark), impl_->fonts,        impl_->textures, commands,
          impl_->states, impl_->surface,       impl_->keyboard_pen, impl_->now_secs, impl_->next_frame_secs};
    ui.dark = impl_->dark;
    ui.narrow = ImGui::GetIO().DisplaySize.x < narrow_below;
    ImGui::PushFont(impl_->fonts.body);
    draw_everything(state, ui, impl_->pointer.take_scroll());
    ImGui::PopFont();

    impl_->hooks.end_frame();
    impl_->mirror.end_frame();
    ImGui::Render();
}

bool Window::wants_frame() const {
    return impl_->frames_to_settle > 0 || !impl_->context->InputEventsQueue.empty() || !impl_->waiting.empty() ||
           impl_->mirror.pending();
}

double Window::next_frame_secs() const { return impl_->next_frame_secs; }

Mirror& Window::mirror() { return impl_->mirror; }

}  // namespace digitlab
