# On a system without apt, the user has to install tools and libraries; this says exactly which are missing.

report_missing_and_exit() {
    local missing=0
    say "setup: automatic setup needs Debian 12. On this system the following must be in place:"
    require_tool cmake "3.25 or newer"
    require_tool ninja ""
    require_tool python3 ""
    require_tool node "18 or newer"
    require_tool npm ""
    have g++ || have clang++ || miss "a C++20 compiler (g++ 12 or clang 16, or newer)"
    emcc_on_path || miss "emcc $EMCC_MINIMUM or newer on PATH (for the page only)"
    require_folder include/tiny-dnn/tiny_dnn "tiny-dnn 1.0.0a3, with cereal 1.3, rapidjson 1.1 and gemmlowp beside it"
    require_folder include/stb/third_party/stb "stb"
    require_folder include/json/nlohmann "nlohmann_json 3.11"
    require_folder include/expected/tl "tl::expected 1.0"
    require_folder include/cli11/CLI "CLI11 2.1"
    require_folder src/imgui "Dear ImGui 1.90.1"
    require_folder src/catch2 "Catch2 3.7.1"
    require_folder src/zlib "zlib 1.3.1 with contrib/minizip"
    require_folder src/libsdl2 "SDL2 2.32.4 (for the page only)"
    require_folder fonts "inter_regular.otf, inter_semibold.otf, font_awesome.ttf"
    require_folder mnist "the four MNIST files, unpacked"
    ((missing == 0)) || die "$missing things are missing"
    say "setup: everything is in place"
    exit 0
}

miss() {
    say "  missing: $1"
    missing=$((missing + 1))
}
require_tool() { have "$1" || miss "$1 $2"; }
require_folder() { [[ -d "$DEPS/$1" ]] || miss ".deps/$1: $2"; }
