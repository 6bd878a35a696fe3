#include "renderer.h"

#include <GLES3/gl3.h>
#include <SDL.h>
#include <emscripten/html5.h>
#include <imgui.h>
#include <imgui_impl_opengl3.h>

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
    // SDL listens to the page's keys, wheel and size; each of these has one owner here, and it is JavaScript.
    emscripten_html5_remove_all_event_listeners();
    ImGui_ImplOpenGL3_Init("#version 300 es");
    return {};
}

void Renderer::upload_fonts() {
    ImGui_ImplOpenGL3_DestroyFontsTexture();
    ImGui_ImplOpenGL3_CreateFontsTexture();
}

void Renderer::begin_frame() { ImGui_ImplOpenGL3_NewFrame(); }

void Renderer::end_frame(int pixel_width, int pixel_height) {
    const ImVec4 paper = ImGui::GetStyle().Colors[ImGuiCol_WindowBg];
    glViewport(0, 0, pixel_width, pixel_height);
    glDisable(GL_SCISSOR_TEST);
    glClearColor(paper.x, paper.y, paper.z, 1);
    glClear(GL_COLOR_BUFFER_BIT);
    ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
    SDL_GL_SwapWindow(window_);
}

void Renderer::context_lost() {
    ImGui_ImplOpenGL3_Shutdown();
    textures_.forget();
}

void Renderer::context_restored() { ImGui_ImplOpenGL3_Init("#version 300 es"); }

}  // namespace digitlab::web
