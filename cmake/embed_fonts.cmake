# Run as a script: writes embedded_fonts.h and .cpp for the files in FONTS into the folder OUTPUT.
set(declarations "")
set(definitions "")
foreach(file ${FONTS})
    get_filename_component(name "${file}" NAME_WE)
    file(READ "${file}" bytes HEX)
    string(REGEX REPLACE "(..)" "0x\\1," bytes "${bytes}")
    string(APPEND declarations "extern const unsigned char ${name}[];\nextern const std::size_t ${name}_size;\n")
    string(APPEND definitions
        "const unsigned char ${name}[] = {${bytes}};\nconst std::size_t ${name}_size = sizeof ${name};\n")
endforeach()

file(WRITE "${OUTPUT}/embedded_fonts.h"
    "#pragma once\n#include <cstddef>\nnamespace digitlab::fonts {\n${declarations}}\n")
file(WRITE "${OUTPUT}/embedded_fonts.cpp"
    "#include \"embedded_fonts.h\"\nnamespace digitlab::fonts {\n${definitions}}\n")
