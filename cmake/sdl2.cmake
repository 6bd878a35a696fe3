# SDL2 for the page, built by tools/setup.

if(EMSCRIPTEN)
    set(sdl2_suffix "$<$<BOOL:${DIGITLAB_THREADS}>:-mt>")
    set(sdl2_folder "${DIGITLAB_DEPS}/sdl2${sdl2_suffix}")
    add_library(sdl2 INTERFACE)
    target_include_directories(sdl2 SYSTEM INTERFACE "${sdl2_folder}/include" "${sdl2_folder}/include/SDL2")
    target_link_libraries(sdl2 INTERFACE "${sdl2_folder}/libSDL2${sdl2_suffix}.a")
    # Without this Emscripten adds its emulation of SDL 1.
    target_link_options(sdl2 INTERFACE -sUSE_SDL=0)
endif()
