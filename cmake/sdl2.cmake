# SDL2 and Dear ImGui's drawing on it. In WebAssembly tools/setup has built SDL2; natively it is used
# only where the machine has its headers (libsdl2-dev), for the desktop window.

if(EMSCRIPTEN)
    set(sdl2_library "SDL2$<$<BOOL:${DIGITLAB_THREADS}>:-mt>")
    add_library(sdl2 INTERFACE)
    target_include_directories(sdl2 SYSTEM INTERFACE "${DIGITLAB_DEPS}/sdl2/include" "${DIGITLAB_DEPS}/sdl2/include/SDL2")
    target_link_libraries(sdl2 INTERFACE "${DIGITLAB_DEPS}/sdl2/lib/lib${sdl2_library}.a")
    # Without this Emscripten adds its emulation of SDL 1.
    target_link_options(sdl2 INTERFACE -sUSE_SDL=0)
else()
    find_package(SDL2 QUIET)
    find_package(OpenGL QUIET)
    if(SDL2_FOUND AND OpenGL_FOUND)
        add_library(sdl2 INTERFACE)
        target_link_libraries(sdl2 INTERFACE SDL2::SDL2 OpenGL::GL)
    endif()
endif()

if(TARGET sdl2)
    add_library(imgui_backends STATIC
        "${DIGITLAB_DEPS}/src/imgui/backends/imgui_impl_sdl2.cpp"
        "${DIGITLAB_DEPS}/src/imgui/backends/imgui_impl_opengl3.cpp")
    target_include_directories(imgui_backends SYSTEM PUBLIC "${DIGITLAB_DEPS}/src/imgui/backends")
    target_link_libraries(imgui_backends PUBLIC imgui sdl2)
    if(EMSCRIPTEN)
        # WebGL 2 is OpenGL ES 3; the back end would assume ES 2.
        target_compile_definitions(imgui_backends PUBLIC IMGUI_IMPL_OPENGL_ES3)
    endif()
endif()
