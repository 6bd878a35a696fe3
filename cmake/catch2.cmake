# Catch2 in its amalgamated form: one file to compile instead of 110, for each preset. Tests include
# the usual small headers, which are the same code.
set(catch2_source "${DIGITLAB_DEPS}/src/catch2")

# The headers need the settings file that Catch2's own build would have written; all are defaults.
set(CATCH_CONFIG_DEFAULT_REPORTER console)
set(CATCH_CONFIG_CONSOLE_WIDTH 100)
configure_file("${catch2_source}/src/catch2/catch_user_config.hpp.in"
               "${CMAKE_BINARY_DIR}/catch2/catch2/catch_user_config.hpp")

add_library(catch2 STATIC EXCLUDE_FROM_ALL "${catch2_source}/extras/catch_amalgamated.cpp")
target_include_directories(catch2 SYSTEM INTERFACE "${catch2_source}/src" "${CMAKE_BINARY_DIR}/catch2")
target_compile_options(catch2 PRIVATE -O1)
if(DIGITLAB_SANITIZERS)
    # Only the tested code has to be instrumented, and GCC takes minutes to instrument this one file.
    target_compile_options(catch2 PRIVATE -fno-sanitize=all)
endif()
