#pragma once

#include <GLES3/gl3.h>
#include <imgui.h>

#include <span>

#include "base/result.h"
#include "ui/changed_area.h"

namespace digitlab::web {

/// Paints what Dear ImGui has drawn, with WebGL 2. Dear ImGui's own back end cannot skip what has not changed, and it queries
/// WebGL for the state to restore, which makes the page wait until the last frame is painted.
class Painter {
   public:
    /// Makes its objects in the current context. Fails with "no-webgl2", and the driver's reason, when it rejects the shaders.
    Status open();

    /// Paints inside `rects` only, on a background of colour `paper`. The framebuffer must be bound and hold the rest.
    void paint(const ImDrawData& data, std::span<const PixelRect> rects, const ImVec4& paper, int width, int height);

   private:
    void upload(const ImDrawData& data);
    void paint(const ImDrawData& data, const PixelRect& rect, int height);

    GLuint program_ = 0, vertex_array_ = 0, vertices_ = 0, indices_ = 0;
    GLint scale_ = -1, white_ = -1;
};

}  // namespace digitlab::web
