// The form's settings and the editor of the custom network, through the accessible twin and with a real App.

#include <catch2/catch_approx.hpp>
#include <catch2/catch_test_macros.hpp>
#include <set>

#include "app/app.h"
#include "base/clock.h"
#include "store/memory_files.h"
#include "train/stripes.h"
#include "ui/harness.h"
#include "ui/texture_host.h"

using namespace digitlab;
using Catch::Approx;

namespace {

/// App and window together, as on the page.
struct Lab {
    explicit Lab(float width = 1280, float height = 2400) : harness(width, height) { settle(); }

    void settle() {
        for (int left = 60; left > 0; --left) {
            Commands commands = harness.frame(app.state());
            const bool acted = !commands.empty();
            app.perform(std::move(commands));
            if (!acted && !harness.window.wants_frame()) return;
        }
        FAIL("the window never comes to rest");
    }
    const MirrorNode& node(Role role, const std::string& name) {
        const MirrorNode* found = harness.find(role, name);
        INFO(name);
        REQUIRE(found);
        return *found;
    }
    void set(Role role, const std::string& name, const std::string& value) {
        harness.window.mirror().set_value(node(role, name).id, value);
        settle();
    }
    void press(const std::string& name) {
        harness.window.mirror().activate(node(Role::button, name).id);
        settle();
    }
    bool has(Role role, const std::string& name) { return harness.find(role, name) != nullptr; }
    const TrainForm& form() const { return app.state().form; }

    MemoryFiles files;
    App app{{files, monotonic_secs, [] { return 1.7e9; }, {"native", "test", 2}}};
    Harness harness;
};

/// Counts the textures that the host would upload.
class CountingTextures : public TextureHost {
   public:
    ImTextureID texture(int slot, const GreyImage& image, std::uint64_t revision) override {
        CHECK(image.ink.size() == static_cast<std::size_t>(image.width * image.height));
        revisions.insert({slot, revision});
        return nullptr;
    }
    std::set<std::pair<int, std::uint64_t>> revisions;
};

}  // namespace

TEST_CASE("beginners see the simple form, and the rest on request", "[ui]") {
    Lab lab;
    CHECK_FALSE(lab.has(Role::combobox, "Optimizer"));
    const MirrorNode more = lab.node(Role::button, "More settings");
    CHECK(more.expandable);
    CHECK_FALSE(more.expanded);
    lab.press("More settings");
    CHECK(lab.node(Role::button, "More settings").expanded);
    for (const char* name : {"Weight decay", "Beta 1", "Longest gradient", "Warm-up", "Validation count", "Subset",
                             "Label smoothing", "Epochs", "Seed"}) {
        CHECK_FALSE(lab.node(Role::field, name).description.empty());
    }
    lab.set(Role::combobox, "Optimizer", "SGD with momentum");
    CHECK(lab.form().spec.optimizer.kind == OptimizerKind::momentum);
    lab.set(Role::field, "Momentum", "0.8");
    CHECK(lab.form().spec.optimizer.momentum == 0.8F);
    lab.set(Role::combobox, "Schedule", "step");
    lab.set(Role::field, "Step epochs", "2");
    lab.set(Role::field, "Label smoothing", "0.1");
    lab.set(Role::slider, "Augmentation", "1.5");
    CHECK(lab.form().spec.schedule == Schedule{ScheduleKind::step, 0, 2, 0.5F});
    CHECK(lab.form().spec.label_smoothing == 0.1F);
    CHECK(augmentation_strength(lab.form().spec.augmentation) == Approx(1.5));
    CHECK(lab.form().problem.empty());
    lab.set(Role::field, "Weight decay", "2");
    CHECK(lab.has(Role::status, "Weight decay must be from 0 to 1."));
    CHECK(lab.node(Role::button, "Start training").description == "Weight decay must be from 0 to 1.");
    lab.press("More settings");
    CHECK_FALSE(lab.has(Role::combobox, "Optimizer"));
}

TEST_CASE("actions faster than frames are carried out in order, and none is lost", "[ui]") {
    Lab lab;
    lab.press("Edit a copy");
    lab.press("Add a layer after the input");
    lab.set(Role::combobox, "Layer 1 type", "dropout");
    const auto kind = [&lab](std::size_t index) { return lab.form().custom->layers.at(index).kind; };
    REQUIRE(kind(0) == LayerKind::dropout);

    Mirror& mirror = lab.harness.window.mirror();
    const std::uint32_t epochs = lab.node(Role::field, "Epochs").id;
    const std::uint32_t down = lab.node(Role::button, "Move layer 1 down").id;
    const std::uint32_t further_down = lab.node(Role::button, "Move layer 2 down").id;
    mirror.activate(down);
    mirror.set_value(epochs, "1");
    mirror.set_value(epochs, "12");
    mirror.activate(further_down);  // the same layer, if it has moved there by then
    lab.settle();
    CHECK(kind(0) == LayerKind::dense);
    CHECK(kind(1) == LayerKind::dense);
    CHECK(kind(2) == LayerKind::dropout);
    CHECK(lab.form().spec.epochs == 12);
    CHECK_FALSE(mirror.pending());
}

TEST_CASE("every optimizer and schedule can be chosen and trains", "[ui]") {
    Lab lab;
    lab.press("More settings");
    for (const char* name : {"Optimizer", "Schedule"}) {
        const std::vector<Choice> options = lab.node(Role::combobox, name).options;  // the next frame makes new nodes
        for (const Choice& option : options) {
            lab.set(Role::combobox, name, option.id);
            CHECK(lab.node(Role::combobox, name).value == option.id);
            CHECK(lab.form().problem.empty());
        }
    }
    CHECK(lab.node(Role::combobox, "Optimizer").options.size() == optimizer_names().size());
    CHECK(lab.node(Role::combobox, "Schedule").options.size() == schedule_names().size());
}

TEST_CASE("varied digits are shown, and remade only when strength or seed change", "[ui]") {
    const char* pictures = "Training digits as augmentation varies them";
    CountingTextures textures;
    Lab lab;
    lab.harness.window.set_texture_host(&textures);
    lab.press("More settings");
    CHECK_FALSE(lab.has(Role::text, pictures));
    lab.set(Role::slider, "Augmentation", "1");
    CHECK_FALSE(lab.has(Role::text, pictures));  // no data yet
    REQUIRE(lab.app.apply(ReportDataReady{stripes()}));
    lab.settle();
    CHECK(lab.has(Role::text, pictures));
    CHECK(textures.revisions.size() == 1);
    lab.set(Role::field, "Epochs", "5");
    CHECK(textures.revisions.size() == 1);
    lab.set(Role::field, "Seed", "9");
    CHECK(textures.revisions.size() == 2);
    lab.set(Role::slider, "Augmentation", "0.3");
    CHECK(textures.revisions.size() == 3);
    lab.set(Role::slider, "Augmentation", "0");
    CHECK_FALSE(lab.has(Role::text, pictures));
    lab.harness.window.set_texture_host(nullptr);
}

TEST_CASE("a custom network is built with buttons and fields", "[ui]") {
    for (const float width : {1280.0F, 390.0F}) {
        Lab lab(width);
        lab.press("Edit a copy");
        CHECK(lab.node(Role::combobox, "Architecture").value == custom_id);
        CHECK_FALSE(lab.node(Role::button, "Edit a copy").enabled);
        lab.set(Role::field, "Layer 1 units", "32");
        CHECK(lab.form().custom->layers[0].units == 32);
        CHECK(lab.has(Role::text, "25,450 parameters"));
        CHECK(lab.has(Role::status, "25,450 parameters, 0.05 MFLOP per image"));
        CHECK(lab.has(Role::text, "Layer 1 output 32, parameters 25,120"));

        lab.press("Add a layer after the input");
        CHECK(lab.node(Role::combobox, "Layer 1 type").value == "conv");
        lab.set(Role::field, "Layer 1 filters", "8");
        lab.set(Role::field, "Layer 1 kernel", "5");
        lab.set(Role::field, "Layer 1 padding", "2");
        lab.set(Role::combobox, "Layer 1 activation", "tanh");
        lab.press("Add a layer after layer 1");
        lab.set(Role::combobox, "Layer 2 type", "max-pool");
        lab.set(Role::field, "Layer 2 window", "4");
        lab.press("Add a layer after layer 2");
        lab.set(Role::combobox, "Layer 3 type", "dropout");
        lab.set(Role::field, "Layer 3 rate", "0.25");
        lab.press("Move layer 3 up");
        lab.press("Move layer 2 down");
        CHECK(lab.form().problem.empty());
        const auto& layers = lab.form().custom->layers;
        REQUIRE(layers.size() == 5);
        CHECK(layers[0].units == 8);
        CHECK(layers[0].kernel == 5);
        CHECK(layers[0].activation == Activation::tanh);
        CHECK(layers[1].pool == 4);
        CHECK(layers[2].rate == 0.25F);
        CHECK(lab.has(Role::text, "Layer 3 output 8\u00D77\u00D77, parameters \u2013"));
        lab.press("Remove layer 3");
        lab.press("Remove layer 2");
        lab.press("Remove layer 1");
        lab.press("Remove layer 1");
        CHECK_FALSE(lab.node(Role::button, "Remove layer 1").enabled);
        CHECK(lab.has(Role::text, "7,850 parameters"));
    }
}

TEST_CASE("names in the editor are unique", "[ui]") {
    Lab lab;
    lab.set(Role::combobox, "Architecture", "resnet");
    lab.press("Edit a copy");
    std::set<std::string> names;
    for (const MirrorNode& node : lab.harness.window.mirror().nodes()) {
        const bool control = node.role == Role::button || node.role == Role::field || node.role == Role::combobox ||
                             node.role == Role::text_area;
        INFO(node.name);
        if (control) CHECK(names.insert(node.name).second);
    }
    CHECK(names.contains("Layer 10 source"));
    CHECK(names.contains("Architecture as JSON"));
}

TEST_CASE("a layer that does not fit is reported in its row, and training cannot start", "[ui]") {
    Lab lab;
    lab.set(Role::combobox, "Architecture", "small-cnn");
    lab.press("Edit a copy");
    lab.set(Role::field, "Layer 1 kernel", "99");
    const std::string why = "Layer 1 (conv) needs a kernel of 1 to 28.";
    CHECK(lab.has(Role::text, why));
    CHECK(lab.form().problem == why);
    CHECK_FALSE(lab.node(Role::button, "Start training").enabled);
    CHECK(lab.node(Role::button, "Start training").description == why);
    CHECK(lab.has(Role::text, "Layer 2 output \u2013, parameters \u2013"));
    lab.set(Role::field, "Layer 1 kernel", "three");
    CHECK(lab.has(Role::text, "\u201Cthree\u201D is not a whole number. Kept 99."));
    lab.set(Role::field, "Layer 1 kernel", "3");
    CHECK_FALSE(lab.has(Role::text, why));
    CHECK(lab.node(Role::button, "Start training").enabled);
}

TEST_CASE("the network is exported and imported as JSON", "[ui]") {
    Lab lab;
    lab.press("Edit a copy");
    const std::string text = lab.node(Role::text_area, "Architecture as JSON").value;
    CHECK(architecture_from_text(text)->layers == lab.form().custom->layers);
    lab.set(Role::text_area, "Architecture as JSON", "{ \"layers\": ");
    CHECK(lab.node(Role::text_area, "Architecture as JSON").value == "{ \"layers\": ");
    CHECK(lab.has(Role::text, lab.form().json_problem));
    lab.set(Role::text_area, "Architecture as JSON", R"({"title": "Tiny", "layers": [{"type": "dense", "units": 10}]})");
    CHECK(lab.form().json_problem.empty());
    CHECK(lab.form().custom->title == "Tiny");
    CHECK(lab.has(Role::heading, "Tiny"));
}

TEST_CASE("another copy replaces the first only after a confirmation", "[ui]") {
    Lab lab;
    lab.press("Edit a copy");
    lab.set(Role::field, "Layer 1 units", "7");
    lab.set(Role::combobox, "Architecture", "softmax");
    lab.press("Edit a copy");
    CHECK(lab.form().custom->layers[0].units == 7);
    lab.press("Keep it");
    CHECK_FALSE(lab.has(Role::button, "Replace it"));
    lab.press("Edit a copy");
    lab.press("Replace it");
    CHECK(lab.form().custom->title == "Custom, from Softmax regression");
    CHECK(lab.form().architecture == custom_id);
}
