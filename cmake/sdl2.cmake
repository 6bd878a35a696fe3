# SDL2 for the page, as tools/setup has built it.

if(EMSCRIPTEN)
    set(sdl2_library "SDL2$<$<BOOL:${DIGITLAB_THREADS}>:-mt>")
    add_library(sdl2 INTERFACE)
    target_include_directories(sdl2 SYSTEM INTERFACE "${DIGITLAB_DEPS}/sdl2/include" "${DIGITLAB_DEPS}/sdl2/include/SDL2")
    target_link_libraries(sdl2 INTERFACE "${DIGITLAB_DEPS}/sdl2/lib/lib${sdl2_library}.a")
    # Without this Emscripten adds its emulation of SDL 1.
    target_link_options(sdl2 INTERFACE -sUSE_SDL=0)
endif()
