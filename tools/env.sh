# Puts the Emscripten that tools/setup chose on PATH:  source tools/env.sh
# CMake needs no environment: its presets find the compiler through .deps/emscripten-root.
_digitlab_root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
if [[ -f "$_digitlab_root/.deps/emscripten-root" ]]; then
    EMSCRIPTEN_ROOT="$(<"$_digitlab_root/.deps/emscripten-root")"
    export EMSCRIPTEN_ROOT PATH="$EMSCRIPTEN_ROOT:$PATH"
    # Only for -sUSE_SDL=2; the project itself links the SDL2 in .deps/sdl2.
    export EMCC_LOCAL_PORTS="sdl2=$_digitlab_root/.deps/src/libsdl2"
fi
unset _digitlab_root
