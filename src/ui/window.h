#pragma once

#include <cstdint>
#include <string>

#include "app/command.h"
#include "app/state.h"
#include "ui/mirror.h"

namespace digitlab {

class TextureHost;

/// One sample of a mouse, finger or pen, in CSS pixels of the page. Browsers report several between two frames (coalesced
/// events); all of them reach the drawing area, so that strokes are smooth.
struct PointerSample {
    enum class Kind { mouse, touch, pen };
    enum class Phase { move, down, up, cancel };
    Kind kind = Kind::mouse;
    Phase phase = Phase::move;
    int pointer_id = 0;
    float x = 0, y = 0;
    float pressure = 0.5F;
    int button = 0;  ///< 0 main, 1 middle, 2 secondary, 5 a pen's eraser; for down and up
};
inline constexpr int eraser_button = 5;

/// A key pressed on the focused element of the mirror.
struct KeyPress {
    std::string key;  ///< as the browser names it: "ArrowLeft", "z"
    bool shift = false;
    bool control = false;  ///< Control, or Command on a Mac
};

/// The page as it is now.
struct WindowMetrics {
    float width = 1280, height = 800;  ///< CSS pixels
    float pixel_ratio = 1;
    bool system_dark = false;
    double now_secs = 0;  ///< on a monotonic clock
};

/// The contents of the window, independent of the renderer: Dear ImGui context, theme, fonts, panels. The caller owns the
/// renderer: it calls `draw`, then renders ImGui::GetDrawData().
class Window {
   public:
    Window();   ///< creates the Dear ImGui context
    ~Window();  ///< destroys it
    Window(const Window&) = delete;
    Window& operator=(const Window&) = delete;

    /// Must be called before the renderer's new frame. Sets display size and theme; rebuilds fonts when the pixel ratio
    /// changed. Returns true when the font texture was rebuilt and the renderer must upload it again.
    bool prepare(const WindowMetrics& metrics, ThemeChoice theme);

    /// Call before the first `draw`; without a host, pictures are drawn coarser. `host` must outlive the window; null removes
    /// it.
    void set_texture_host(TextureHost* host);

    /// Feeds Dear ImGui and the drawing area.
    void pointer(const PointerSample& sample);
    void wheel(float dx, float dy);
    /// Handles a key pressed on the mirrored element `id`, which takes keys. Returns true when the key has a meaning there.
    bool key(std::uint32_t id, const KeyPress& press);

    /// Moves the strokes drawn since the last call to `commands`. If they are carried out before a frame, that frame shows
    /// them.
    void take_strokes(Commands& commands);

    /// Draws one frame (ImGui::NewFrame to ImGui::Render) and appends what the user did in the panels to `commands`.
    void draw(const State& state, Commands& commands);

    /// Returns true while input or requests wait, or Dear ImGui needs another frame to settle after input.
    bool wants_frame() const;

    /// When a frame is due even if nothing happens, on the clock of `WindowMetrics::now_secs`; infinity when none is.
    double next_frame_secs() const;

    Mirror& mirror();

   private:
    struct Impl;
    Impl* impl_;
};

}  // namespace digitlab
