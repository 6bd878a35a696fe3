#include "ui/layout.h"
#include "ui/panels/panels.h"
#include "ui/table.h"
#include "ui/widgets.h"

namespace digitlab {

namespace {

void draw_what(Ui& ui) {
    const Card card(ui);
    heading(ui, "About Digit Lab");
    text(ui,
         "A workbench for neural networks that read handwritten digits. Train one on MNIST, draw a digit and watch every model "
         "answer, "
         "compare runs and keep them.");
    text(ui,
         "Nothing leaves the browser: training, drawings and models stay on this device. There is no server behind the page "
         "and no account.",
         TextStyle::strong);
}

const char* describe(const std::string& variant) {
    if (variant == "threads-relaxed") return "Threads and relaxed SIMD: the fastest";
    if (variant == "threads") return "Threads and SIMD";
    if (variant == "single") return "One thread; this host or browser allows no more";
    return "Native program";
}

void draw_environment(const Environment& environment, Ui& ui) {
    const Card card(ui);
    heading(ui, "This copy");
    table(ui, "Environment", {{"", 1}, {"Value", 1.6F}},
          {{"Version", environment.version.empty() ? "development" : environment.version},
           {"Variant", environment.variant},
           {"Means", describe(environment.variant)},
           {"Training threads", std::to_string(environment.threads)}});
}

void draw_licences(Ui& ui) {
    const Card card(ui);
    heading(ui, "Made with");
    table(ui, "Licences", {{"What", 1.3F}, {"Licence", 1}},
          {{"Digit Lab", "MIT"},
           {"tiny-dnn", "BSD-3-Clause"},
           {"Dear ImGui", "MIT"},
           {"SDL", "Zlib"},
           {"nlohmann json", "MIT"},
           {"tl::expected", "CC0-1.0"},
           {"stb", "MIT or public domain"},
           {"Emscripten, musl", "MIT"},
           {"LLVM libraries", "Apache-2.0 with exceptions"},
           {"Inter, Font Awesome", "SIL Open Font Licence"},
           {"MNIST", "as published by its authors"}});
}

}  // namespace

void draw_about(const State& state, Ui& ui) {
    Columns columns(ui, (ui.width - column_gap) / 2);
    draw_what(ui);
    draw_storage(state.storage, ui);
    draw_environment(state.environment, ui);
    columns.next();
    draw_licences(ui);
}

}  // namespace digitlab
