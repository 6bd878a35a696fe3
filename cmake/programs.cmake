# The programs of shell/. A folder without sources makes no program.

file(GLOB cli_sources CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/shell/cli/*.cpp")
file(GLOB web_sources CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/shell/web/*.cpp")

if(cli_sources AND NOT EMSCRIPTEN)
    add_executable(digitlab ${cli_sources})
    target_link_libraries(digitlab PRIVATE digitlab_own_code digitlab_app digitlab_platform cli11)
    use_precompiled_headers(digitlab)
endif()

# The calls that the page makes, without the browser; tested natively.
set(calls_sources ${web_sources})
list(FILTER calls_sources INCLUDE REGEX "/(arrivals|calls)\\.cpp$")
list(REMOVE_ITEM web_sources ${calls_sources})
add_library(digitlab_calls STATIC ${calls_sources})
target_include_directories(digitlab_calls INTERFACE "${CMAKE_SOURCE_DIR}/shell/web")
target_link_libraries(digitlab_calls PUBLIC digitlab_app PRIVATE digitlab_own_code)
use_precompiled_headers(digitlab_calls)

if(web_sources AND EMSCRIPTEN)
    add_library(digitlab_page OBJECT ${web_sources})
    target_link_libraries(digitlab_page PRIVATE digitlab_own_code digitlab_calls digitlab_ui digitlab_app digitlab_platform sdl2)
    use_precompiled_headers(digitlab_page)
    include(web_link)

    # add_page_program(TARGET FOLDER [LIBRARY...]): a program for the page, FOLDER/digitlab.js and .wasm. The linker takes what
    # several libraries hold from the first.
    function(add_page_program target folder)
        add_executable(${target} $<TARGET_OBJECTS:digitlab_page>)
        set_target_properties(${target} PROPERTIES
            OUTPUT_NAME digitlab SUFFIX .js RUNTIME_OUTPUT_DIRECTORY "${folder}" LINKER_LANGUAGE CXX)
        target_link_libraries(${target} PRIVATE
            ${ARGN} digitlab_calls digitlab_ui digitlab_app digitlab_platform sdl2)
        link_for_page(${target})
    endfunction()

    add_page_program(digitlab_web "${CMAKE_BINARY_DIR}")
    if(DIGITLAB_THREADS)
        add_page_program(digitlab_web_relaxed "${CMAKE_BINARY_DIR}/relaxed" digitlab_nn_relaxed)
    endif()
endif()
