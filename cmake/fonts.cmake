# Turns the fetched fonts into byte arrays at build time: #include <embedded_fonts.h>.
set(fonts_output "${CMAKE_BINARY_DIR}/fonts")
set(font_files
    "${DIGITLAB_DEPS}/fonts/inter_regular.otf"
    "${DIGITLAB_DEPS}/fonts/inter_semibold.otf"
    "${DIGITLAB_DEPS}/fonts/font_awesome.ttf")

add_custom_command(
    OUTPUT "${fonts_output}/embedded_fonts.cpp" "${fonts_output}/embedded_fonts.h"
    COMMAND "${CMAKE_COMMAND}" "-DOUTPUT=${fonts_output}" "-DFONTS=${font_files}"
            -P "${CMAKE_SOURCE_DIR}/cmake/embed_fonts.cmake"
    DEPENDS ${font_files} "${CMAKE_SOURCE_DIR}/cmake/embed_fonts.cmake"
    VERBATIM)
add_library(digitlab_fonts STATIC "${fonts_output}/embedded_fonts.cpp" "${fonts_output}/embedded_fonts.h")
target_include_directories(digitlab_fonts SYSTEM PUBLIC "${fonts_output}")
