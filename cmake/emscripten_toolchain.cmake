# Compiles with the Emscripten that tools/setup chose: one found on PATH, or the one in .deps.
set(emscripten_choice "${CMAKE_CURRENT_LIST_DIR}/../.deps/emscripten-root")
if(NOT EXISTS "${emscripten_choice}")
    message(FATAL_ERROR "Emscripten is missing. Run tools/setup --web first.")
endif()
file(STRINGS "${emscripten_choice}" EMSCRIPTEN_ROOT_PATH LIMIT_COUNT 1)
include("${EMSCRIPTEN_ROOT_PATH}/cmake/Modules/Platform/Emscripten.cmake")
