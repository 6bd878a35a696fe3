# What this project asks of its own code only; every room and program links it.
add_library(digitlab_own_code INTERFACE)

target_include_directories(digitlab_own_code INTERFACE "${CMAKE_SOURCE_DIR}/src")

target_compile_options(digitlab_own_code INTERFACE
    # Clang counts int to std::size_t, which every index is, among the conversions; GCC does not.
    -Wall -Wextra -Wpedantic -Wconversion -Wno-sign-conversion
    $<$<BOOL:${DIGITLAB_WARNINGS_AS_ERRORS}>:-Werror>
    # A compiler that fuses a*b+c where it sees fit gives other weights on every machine. With this off
    # the same seed gives the same weights, bit for bit; kernels that want a fused multiply-add say so.
    -ffp-contract=off
    # Nobody reads errno or floating-point exceptions after mathematics; knowing that lets loops vectorise.
    # Neither changes a result, unlike -ffast-math.
    -fno-math-errno -fno-trapping-math)

# These look at the code after inlining, where GCC 12 imagines overlapping strings (GCC bug 105651),
# uninitialised empty strings and negative lengths that no caller passes. Clang checks the same code, and the sanitizers run it.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    target_compile_options(digitlab_own_code INTERFACE
        -Wno-restrict -Wno-array-bounds -Wno-stringop-overflow -Wno-stringop-overread
        -Wno-maybe-uninitialized)
endif()
# libstdc++ 12 calls a function that it has deprecated itself, in std::stable_sort.
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang" AND NOT EMSCRIPTEN)
    target_compile_options(digitlab_own_code INTERFACE -Wno-deprecated-declarations)
endif()
# The sanitizers' own branches make GCC's guess at uninitialised variables useless; they find real ones.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND DIGITLAB_SANITIZERS)
    target_compile_options(digitlab_own_code INTERFACE -Wno-maybe-uninitialized)
endif()

target_compile_definitions(digitlab_own_code INTERFACE
    DIGITLAB_VERSION="${PROJECT_VERSION}"
    DIGITLAB_THREADS=$<BOOL:${DIGITLAB_THREADS}>)
