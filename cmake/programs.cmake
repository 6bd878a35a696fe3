# The programs of shell/. A folder without sources gives no program.

file(GLOB cli_sources CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/shell/cli/*.cpp")
file(GLOB web_sources CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/shell/web/*.cpp")

if(cli_sources AND NOT EMSCRIPTEN)
    add_executable(digitlab ${cli_sources})
    target_link_libraries(digitlab PRIVATE digitlab_own_code digitlab_app digitlab_platform cli11)
    use_precompiled_headers(digitlab)
endif()

# What the page asks of the program, without the browser: tested natively.
set(calls_sources ${web_sources})
list(FILTER calls_sources INCLUDE REGEX "/(arrivals|benchmark_job|calls)\\.cpp$")
list(REMOVE_ITEM web_sources ${calls_sources})
add_library(digitlab_calls STATIC ${calls_sources})
target_include_directories(digitlab_calls INTERFACE "${CMAKE_SOURCE_DIR}/shell/web")
target_link_libraries(digitlab_calls PUBLIC digitlab_app PRIVATE digitlab_own_code)
use_precompiled_headers(digitlab_calls)

if(web_sources AND EMSCRIPTEN)
    add_executable(digitlab_web ${web_sources})
    set_target_properties(digitlab_web PROPERTIES OUTPUT_NAME digitlab SUFFIX .js)
    target_link_libraries(digitlab_web PRIVATE
        digitlab_own_code digitlab_calls digitlab_ui digitlab_app digitlab_platform sdl2)
    use_precompiled_headers(digitlab_web)
    include(web_link)
endif()
