#pragma once

#include "base/result.h"
#include "painter.h"
#include "textures.h"
#include "ui/changed_area.h"

struct SDL_Window;

namespace digitlab::web {

/// The canvas as something Dear ImGui can draw on: SDL makes the window and its WebGL2 context. SDL's events are not used;
/// web/input.js listens instead.
///
/// Only what has changed is painted; web/loader.js has asked for a canvas that keeps the rest.
class Renderer {
   public:
    /// Needs a Dear ImGui context. Code "no-webgl2".
    Status open();

    Textures& textures() { return textures_; }
    void upload_fonts();
    /// Shows what Dear ImGui has drawn. False when it is what is there already; then the canvas is not touched.
    bool end_frame(int pixel_width, int pixel_height);

    /// The canvas has been given a size, which empties it.
    void canvas_emptied() { changed_.forget(); }

    /// The browser has taken the WebGL context away, and everything in it; no frame until it is restored.
    void context_lost();
    /// The context works again, but is empty: what was in it has to be made again.
    /// Code "no-webgl2", when it does not.
    Status context_restored();

   private:
    SDL_Window* window_ = nullptr;
    void* context_ = nullptr;
    Textures textures_;
    Painter painter_;
    ChangedArea changed_;
    ImVec4 paper_{};
};

}  // namespace digitlab::web
