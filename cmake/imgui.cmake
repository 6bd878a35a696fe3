set(imgui_source "${DIGITLAB_DEPS}/src/imgui")

add_library(imgui STATIC
    "${imgui_source}/imgui.cpp"
    "${imgui_source}/imgui_demo.cpp"
    "${imgui_source}/imgui_draw.cpp"
    "${imgui_source}/imgui_tables.cpp"
    "${imgui_source}/imgui_widgets.cpp")
target_include_directories(imgui SYSTEM PUBLIC "${imgui_source}")
# The test engine's hooks report every item drawn; ui/mirror turns them into accessible elements.
target_compile_definitions(imgui PUBLIC IMGUI_ENABLE_TEST_ENGINE IMGUI_DISABLE_OBSOLETE_FUNCTIONS)
