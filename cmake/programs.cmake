# The programs of shell/. A folder without sources gives no program.

file(GLOB cli_sources CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/shell/cli/*.cpp")
file(GLOB web_sources CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/shell/web/*.cpp")

if(cli_sources AND NOT EMSCRIPTEN)
    add_executable(digitlab ${cli_sources})
    target_link_libraries(digitlab PRIVATE digitlab_own_code digitlab_app digitlab_platform cli11)
    use_precompiled_headers(digitlab)
endif()

if(web_sources AND EMSCRIPTEN)
    add_executable(digitlab_web ${web_sources})
    set_target_properties(digitlab_web PROPERTIES OUTPUT_NAME digitlab SUFFIX .js)
    target_link_libraries(digitlab_web PRIVATE
        digitlab_own_code digitlab_ui digitlab_app digitlab_platform sdl2)
    use_precompiled_headers(digitlab_web)
    include(web_link)
endif()
