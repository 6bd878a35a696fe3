#pragma once

#include "base/result.h"
#include "textures.h"

struct SDL_Window;

namespace digitlab::web {

/// The canvas as something Dear ImGui can draw on: SDL makes the window and its WebGL2 context, the OpenGL backend of Dear
/// ImGui draws. SDL's events are not used; web/input.js listens instead.
class Renderer {
   public:
    /// Needs a Dear ImGui context. Code "no-webgl2".
    Status open();

    Textures& textures() { return textures_; }
    void upload_fonts();
    void begin_frame();
    /// Shows what Dear ImGui has drawn.
    void end_frame(int pixel_width, int pixel_height);

    /// The browser has taken the WebGL context away, and everything in it; no frame until it is restored.
    void context_lost();
    /// The context works again, but is empty: what was in it has to be made anew.
    void context_restored();

   private:
    SDL_Window* window_ = nullptr;
    void* context_ = nullptr;
    Textures textures_;
};

}  // namespace digitlab::web
