# Settings for this project's own code only; every room and program links this target.
add_library(digitlab_own_code INTERFACE)

target_include_directories(digitlab_own_code INTERFACE "${CMAKE_SOURCE_DIR}/src")

target_compile_options(digitlab_own_code INTERFACE
    # Clang's -Wconversion includes sign conversions such as int to std::size_t, which every index needs; GCC's does not.
    -Wall -Wextra -Wpedantic -Wconversion -Wno-sign-conversion
    $<$<BOOL:${DIGITLAB_WARNINGS_AS_ERRORS}>:-Werror>
    # If the compiler may fuse a*b+c where it likes, weights differ between machines. With this off the same
    # seed gives the same weights, bit for bit; kernels that need a fused multiply-add ask for it.
    -ffp-contract=off
    # No code reads errno or floating-point exceptions after a calculation; knowing that lets loops vectorise.
    # Neither flag changes a result, unlike -ffast-math.
    -fno-math-errno -fno-trapping-math)

# These warnings look at the code after inlining, where GCC 12 sees overlapping strings (GCC bug 105651),
# uninitialised empty strings and negative lengths that do not exist. Clang checks the same code, and the sanitizers run it.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    target_compile_options(digitlab_own_code INTERFACE
        -Wno-restrict -Wno-array-bounds -Wno-stringop-overflow -Wno-stringop-overread
        -Wno-maybe-uninitialized)
endif()
# To GCC, a file compiled as one with others is a header, whose anonymous namespace several files would share.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(digitlab_own_code INTERFACE -Wno-subobject-linkage)
endif()
# In std::stable_sort, libstdc++ 12 calls a function that it deprecates itself.
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang" AND NOT EMSCRIPTEN)
    target_compile_options(digitlab_own_code INTERFACE -Wno-deprecated-declarations)
endif()
# The branches that sanitizers add make GCC's warnings of uninitialised variables useless; sanitizers find the real ones.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND DIGITLAB_SANITIZERS)
    target_compile_options(digitlab_own_code INTERFACE -Wno-maybe-uninitialized)
endif()

target_compile_definitions(digitlab_own_code INTERFACE
    DIGITLAB_VERSION="${PROJECT_VERSION}"
    DIGITLAB_THREADS=$<BOOL:${DIGITLAB_THREADS}>)
