#pragma once

#include "base/result.h"
#include "painter.h"
#include "textures.h"
#include "ui/changed_area.h"

struct SDL_Window;

namespace digitlab::web {

/// Lets Dear ImGui draw on the canvas. SDL makes the window and its WebGL2 context. SDL's events are not used; web/input.js
/// listens instead.
///
/// Only what has changed is painted; web/loader.js asks for a canvas that keeps the rest.
class Renderer {
   public:
    /// Needs a Dear ImGui context. Fails with "no-webgl2".
    Status open();

    Textures& textures() { return textures_; }
    void upload_fonts();
    /// Shows what Dear ImGui has drawn. Returns false, without touching the canvas, if nothing has changed.
    bool end_frame(int pixel_width, int pixel_height);

    /// Called when the canvas has been given a size, which empties it.
    void canvas_emptied() { changed_.forget(); }

    /// Called when the browser has taken away the WebGL context and everything in it. No frame until it is restored.
    void context_lost();
    /// Called when the context works again. It is empty, so everything in it is made again. Fails with "no-webgl2".
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
