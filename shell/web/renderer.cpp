#include "renderer.h"

#include <SDL.h>
#include <emscripten/html5.h>
#include <imgui.h>

namespace digitlab::web {

Status Renderer::open() {
    SDL_SetHint(SDL_HINT_EMSCRIPTEN_KEYBOARD_ELEMENT, "#canvas");
    if (SDL_Init(SDL_INIT_VIDEO) != 0) return fail("no-webgl2", SDL_GetError());
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_PROFILE_MASK, SDL_GL_CONTEXT_PROFILE_ES);
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_MAJOR_VERSION, 3);
    SDL_GL_SetAttribute(SDL_GL_DEPTH_SIZE, 0);
    SDL_GL_SetAttribute(SDL_GL_ALPHA_SIZE, 0);
    window_ = SDL_CreateWindow("Digit Lab", 0, 0, 1, 1, SDL_WINDOW_OPENGL | SDL_WINDOW_RESIZABLE);
    if (window_) context_ = SDL_GL_CreateContext(window_);
    if (!context_) return fail("no-webgl2", SDL_GetError());
    // SDL listens to the page's keys, wheel and size, but here JavaScript alone handles these.
    emscripten_html5_remove_all_event_listeners();
    ImGuiIO& io = ImGui::GetIO();
    io.BackendRendererName = "digitlab::web::Painter";
    io.BackendFlags |= ImGuiBackendFlags_RendererHasVtxOffset;
    return painter_.open();
}

void Renderer::upload_fonts() {
    ImFontAtlas& fonts = *ImGui::GetIO().Fonts;
    unsigned char* pixels = nullptr;
    int width = 0, height = 0;
    fonts.GetTexDataAsAlpha8(&pixels, &width, &height);
    fonts.SetTexID(textures_.set_fonts(pixels, width, height));
    changed_.forget();
}

bool Renderer::end_frame(int pixel_width, int pixel_height) {
    const ImDrawData& data = *ImGui::GetDrawData();
    const ImVec4 paper = ImGui::GetStyle().Colors[ImGuiCol_WindowBg];
    if (paper.x != paper_.x || paper.y != paper_.y || paper.z != paper_.z) changed_.forget();
    paper_ = paper;
    const auto rects =
        changed_.next(data, pixel_width, pixel_height, [this](ImTextureID id) { return textures_.revision(id); });
    if (rects.empty()) return false;

    painter_.paint(data, rects, paper, pixel_width, pixel_height);
    SDL_GL_SwapWindow(window_);
    return true;
}

void Renderer::context_lost() { textures_.forget(); }

Status Renderer::context_restored() {
    if (Status opened = painter_.open(); !opened) return opened;
    upload_fonts();  // also makes the next frame paint everything
    return {};
}

}  // namespace digitlab::web
