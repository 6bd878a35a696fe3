# Libraries, one target each, all with SYSTEM headers, so that their warnings are not reported.

function(add_header_library name)
    add_library(${name} INTERFACE)
    foreach(folder ${ARGN})
        target_include_directories(${name} SYSTEM INTERFACE "${DIGITLAB_DEPS}/include/${folder}")
    endforeach()
endfunction()

add_header_library(nlohmann_json json)
add_header_library(tl_expected expected)
add_header_library(stb stb)
add_header_library(cli11 cli11)
add_header_library(fast_float fast-float)

# tiny-dnn's own model files are not used, and its parallel loops start new threads each time: both are off.
add_header_library(tiny_dnn tiny-dnn stb)
target_compile_definitions(tiny_dnn INTERFACE CNN_NO_SERIALIZATION CNN_SINGLE_THREAD)
if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    target_compile_options(tiny_dnn INTERFACE -Wno-missing-template-arg-list-after-template-kw)
endif()

include(imgui)
include(sdl2)
include(catch2)
include(zlib)
