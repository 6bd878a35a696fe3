option(DIGITLAB_THREADS "Use threads; otherwise the main loop trains in slices" ON)
option(DIGITLAB_UNITY "Compile several files of a room as one: a full build takes a third of the time, but one changed file takes longer" OFF)
option(DIGITLAB_WARNINGS_AS_ERRORS "Treat warnings in the project's own code as errors; on in presets whose compiler is pinned" OFF)
set(DIGITLAB_SANITIZERS "" CACHE STRING "Sanitizers for all code, e.g. address,undefined")

# Any x86-64 made since 2013 has AVX2; the kernels take their vector width from the compiler's macros.
set(default_arch "")
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64" AND NOT EMSCRIPTEN)
    set(default_arch "x86-64-v3")
endif()
set(DIGITLAB_ARCH "${default_arch}" CACHE STRING "Value of -march for native builds; empty for the compiler's own")

set(DIGITLAB_DEPS "${CMAKE_SOURCE_DIR}/.deps" CACHE PATH "Where tools/setup has put libraries, fonts and data")
if(NOT IS_DIRECTORY "${DIGITLAB_DEPS}/include" OR NOT IS_DIRECTORY "${DIGITLAB_DEPS}/src")
    message(FATAL_ERROR "Libraries are missing in ${DIGITLAB_DEPS}. Run tools/setup first.")
endif()

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

find_program(CCACHE ccache)
if(CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    # Lets checkouts in different folders share compiled files.
    # The sloppiness is what ccache's manual asks for with precompiled headers.
    set(launcher "${CMAKE_COMMAND}" -E env "CCACHE_BASEDIR=${CMAKE_SOURCE_DIR}" CCACHE_NOHASHDIR=1
        "CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime" "${CCACHE}")
    set(CMAKE_C_COMPILER_LAUNCHER "${launcher}")
    set(CMAKE_CXX_COMPILER_LAUNCHER "${launcher}")
endif()

# Tests train networks in debug builds too, so these are optimised a little.
set(CMAKE_CXX_FLAGS_DEBUG "-O1 -g")
set(CMAKE_C_FLAGS_DEBUG "-O1 -g")
set(CMAKE_CXX_FLAGS_RELEASE "-O3 -DNDEBUG")
set(CMAKE_C_FLAGS_RELEASE "-O3 -DNDEBUG")
