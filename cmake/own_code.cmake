# What this project asks of its own code only; every room and program links it.
add_library(digitlab_own_code INTERFACE)

target_include_directories(digitlab_own_code INTERFACE "${CMAKE_SOURCE_DIR}/src")

target_compile_options(digitlab_own_code INTERFACE
    -Wall -Wextra -Wpedantic -Wconversion -Werror
    # A compiler that fuses a*b+c where it sees fit gives other weights on every machine. With this off
    # the same seed gives the same weights, bit for bit; kernels that want a fused multiply-add say so.
    -ffp-contract=off
    # Nobody reads errno or floating-point exceptions after mathematics; knowing that lets loops vectorise.
    # Neither changes a result, unlike -ffast-math.
    -fno-math-errno -fno-trapping-math)

target_compile_definitions(digitlab_own_code INTERFACE
    DIGITLAB_VERSION="${PROJECT_VERSION}"
    DIGITLAB_THREADS=$<BOOL:${DIGITLAB_THREADS}>
    DIGITLAB_RELAXED_SIMD=$<BOOL:${DIGITLAB_RELAXED_SIMD}>)
