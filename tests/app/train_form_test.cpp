// The form: the defaults that come with a choice, invalid values, and the custom network.

#include <catch2/catch_approx.hpp>
#include <catch2/catch_test_macros.hpp>

#include "app/settle.h"
#include "store/memory_files.h"
#include "train/stripes.h"

using namespace digitlab;
using Catch::Approx;

namespace {

struct Fixture {
    MemoryFiles files;
    App app{services(files)};

    const TrainForm& form() const { return app.state().form; }
    const std::vector<LayerSpec>& layers() const { return form().custom->layers; }

    template <class Change>
    void edit(Change&& change) {
        TrainForm wanted = form();
        change(wanted);
        REQUIRE(app.apply(EditForm{wanted}));
    }
    void choose(const char* architecture) {
        edit([&](TrainForm& wanted) { wanted.architecture = architecture; });
    }
    void copy(const char* architecture) {
        choose(architecture);
        REQUIRE(app.apply(CopyArchitecture{}));
    }
};

bool starts_with(const std::string& text, const std::string& start) { return text.rfind(start, 0) == 0; }

}  // namespace

TEST_CASE("an architecture brings its whole recipe, but the seed stays") {
    Fixture fixture;
    fixture.edit([](TrainForm& wanted) {
        wanted.spec.seed = 42;
        wanted.spec.optimizer.weight_decay = 0.1F;
        wanted.spec.label_smoothing = 0.1F;
        wanted.spec.subset = 1000;
    });
    for (const Architecture& architecture : catalogue()) {
        fixture.choose(architecture.id.c_str());
        if (architecture.id == "mlp") continue;  // chosen from the start
        ExperimentSpec usual = default_spec(architecture);
        usual.seed = 42;
        const auto spec = spec_from_form(fixture.form());
        REQUIRE(spec);
        INFO(architecture.id);
        CHECK(*spec == usual);
        CHECK(fixture.form().problem.empty());
    }
    fixture.choose("champion");
    CHECK(augmentation_strength(fixture.form().spec.augmentation) == 1);
    fixture.choose("sprint");
    CHECK(augmentation_strength(fixture.form().spec.augmentation) == 0);
    CHECK(fixture.form().spec.schedule.kind == ScheduleKind::one_cycle);
}

TEST_CASE("an optimizer brings suitable numbers, and the recipe's own optimizer those of the recipe") {
    Fixture fixture;
    fixture.choose("sprint");
    fixture.edit([](TrainForm& wanted) {
        wanted.spec.optimizer.kind = OptimizerKind::momentum;
        wanted.spec.optimizer.clip_norm = 5;
    });
    CHECK(fixture.form().spec.learning_rate == Approx(default_learning_rate(OptimizerKind::momentum)));
    CHECK(fixture.form().spec.optimizer.clip_norm == 5);
    fixture.edit([](TrainForm& wanted) { wanted.spec.optimizer.kind = OptimizerKind::adamw; });
    CHECK(fixture.form().spec.optimizer.weight_decay == optimizer_from_json("adamw")->weight_decay);
    fixture.edit([](TrainForm& wanted) { wanted.spec.optimizer.kind = OptimizerKind::adam; });
    const ExperimentSpec usual = default_spec(*find_architecture("sprint"));
    CHECK(fixture.form().spec.optimizer.beta1 == usual.optimizer.beta1);
    CHECK(fixture.form().spec.learning_rate == Approx(usual.learning_rate));
    CHECK(fixture.form().spec.epochs == usual.epochs);
}

TEST_CASE("every setting of the form is used and its range checked") {
    Fixture fixture;
    fixture.edit([](TrainForm& wanted) {
        wanted.spec.optimizer.weight_decay = 0.01F;
        wanted.spec.schedule = {ScheduleKind::step, 0.1F, 2, 0.3F};
        wanted.spec.label_smoothing = 0.2F;
        wanted.spec.augmentation = standard_augmentation(0.5F);
        wanted.spec.subset = 2000;
    });
    CHECK(fixture.form().spec.validation_count == 200);
    const auto spec = spec_from_form(fixture.form());
    REQUIRE(spec);
    CHECK(spec->optimizer.weight_decay == 0.01F);
    CHECK(spec->schedule == Schedule{ScheduleKind::step, 0.1F, 2, 0.3F});
    CHECK(spec->label_smoothing == 0.2F);
    CHECK(spec->augmentation == standard_augmentation(0.5F));
    CHECK(augmentation_strength(spec->augmentation) == Approx(0.5));
    CHECK(spec->subset == 2000);

    const auto problem_after = [](auto&& change) {
        Fixture fresh;
        fresh.edit(change);
        return fresh.form().problem;
    };
    CHECK(starts_with(problem_after([](TrainForm& wanted) { wanted.spec.optimizer.weight_decay = -1; }), "Weight decay"));
    CHECK(starts_with(problem_after([](TrainForm& wanted) { wanted.spec.label_smoothing = 0.6F; }), "Label smoothing"));
    CHECK(starts_with(problem_after([](TrainForm& wanted) { wanted.spec.schedule.warmup = 0.7F; }), "The warm-up"));
    CHECK(starts_with(problem_after([](TrainForm& wanted) { wanted.spec.validation_count = 60000; }), "Validation count"));
    CHECK(starts_with(problem_after([](TrainForm& wanted) { wanted.spec.subset = -1; }), "Subset"));
    CHECK(starts_with(problem_after([](TrainForm& wanted) { wanted.architecture = "nothing"; }), "There is no architecture"));
}

TEST_CASE("a copy is edited, kept while another network is chosen, and trained under its own name") {
    Fixture fixture;
    REQUIRE(fixture.app.apply(ReportDataReady{stripes()}));
    fixture.copy("mlp");
    CHECK(fixture.form().architecture == custom_id);
    CHECK(fixture.form().custom->title == "Custom, from Multi-layer perceptron");
    CHECK(fixture.layers() == find_architecture("mlp")->layers);

    LayerSpec hidden = fixture.layers()[0];
    hidden.units = 32;
    REQUIRE(fixture.app.apply(SetLayer{0, hidden}));
    CHECK(fixture.form().layers.shapes[0].parameters == 784 * 32 + 32);
    fixture.edit([](TrainForm& wanted) {
        wanted.spec.epochs = 1;
        wanted.spec.validation_count = 50;
        wanted.custom->layers.clear();  // ignored: an edit cannot change it
    });
    CHECK(fixture.layers()[0].units == 32);
    CHECK(fixture.form().problem.empty());

    REQUIRE(fixture.app.apply(StartTraining{}));
    settle(fixture.app);
    const Run* run = find_run(fixture.app.state(), fixture.app.state().training().run_id);
    REQUIRE(run);
    CHECK(run->status == RunStatus::finished);
    CHECK(run->name == "model_custom_run1");
    CHECK(run->parameters == 25450);
    const App again{{fixture.files, monotonic_secs, [] { return 1.7e9; }, {"native", "test", 2}}};
    REQUIRE(again.state().runs.size() == 1);
    CHECK(again.state().runs[0].spec.architecture == *fixture.form().custom);
    CHECK(again.state().models.size() == 1);

    fixture.choose("small-cnn");
    CHECK(chosen_architecture(fixture.form())->id == "small-cnn");
    fixture.choose("custom");
    CHECK(fixture.layers()[0].units == 32);
    CHECK(chosen_architecture(fixture.form()) == &*fixture.form().custom);
}

TEST_CASE("a copy has the recipe of its original") {
    Fixture fixture;
    fixture.copy("champion");
    CHECK(augmentation_strength(fixture.form().spec.augmentation) == 1);
    fixture.choose("mlp");
    CHECK(augmentation_strength(fixture.form().spec.augmentation) == 0);
    fixture.choose("custom");
    CHECK(augmentation_strength(fixture.form().spec.augmentation) == 1);
    CHECK(fixture.form().spec.epochs == default_spec(*find_architecture("champion")).epochs);
    CHECK(fixture.app.apply(CopyArchitecture{}));  // a copy of the copy changes nothing
    CHECK(fixture.form().custom->title == "Custom, from Champion");
}

TEST_CASE("a layer that does not fit is named and prevents training") {
    Fixture fixture;
    fixture.copy("small-cnn");
    LayerSpec pool = fixture.layers()[1];
    pool.pool = 28;
    REQUIRE(fixture.app.apply(SetLayer{1, pool}));
    CHECK(fixture.form().layers.unfit == 1U);
    CHECK(fixture.form().layers.shapes.size() == 1);
    CHECK(starts_with(fixture.form().layers.problem, "Layer 2 (max-pool)"));
    CHECK(fixture.form().problem == fixture.form().layers.problem);
    CHECK(fixture.app.apply(StartTraining{}).error().code == "bad-architecture");

    pool.pool = 2;
    REQUIRE(fixture.app.apply(SetLayer{1, pool}));
    CHECK(fixture.form().problem.empty());
    CHECK_FALSE(fixture.form().layers.unfit);

    // If only the end of the network is wrong, the last layer is to blame.
    REQUIRE(fixture.app.apply(RemoveLayer{3}));
    CHECK(fixture.form().layers.unfit == 2U);
    CHECK(fixture.form().layers.shapes.size() == 3);
}

TEST_CASE("impossible edits say why and change nothing") {
    Fixture fixture;
    CHECK(fixture.app.apply(RemoveLayer{0}).error().code == "no-custom-network");
    fixture.copy("softmax");
    CHECK(fixture.app.apply(RemoveLayer{0}).error().code == "last-layer");
    CHECK(fixture.app.apply(SetLayer{1, LayerSpec{}}).error().code == "unknown-layer");
    CHECK(fixture.app.apply(SwapWithNext{0}).error().code == "unknown-layer");
    CHECK(fixture.app.apply(InsertLayer{2}).error().code == "unknown-layer");
    CHECK(fixture.layers() == find_architecture("softmax")->layers);
    fixture.choose("nothing");
    CHECK(fixture.app.apply(CopyArchitecture{}).error().code == "unknown-architecture");
}

TEST_CASE("an architecture in JSON becomes the custom network, and invalid text stays for correction") {
    Fixture fixture;
    fixture.copy("resnet");
    const std::string text = architecture_text(*fixture.form().custom);
    fixture.copy("mlp");
    REQUIRE(fixture.app.apply(ReadArchitecture{text}));
    CHECK(fixture.layers() == find_architecture("resnet")->layers);
    CHECK(fixture.form().custom->title == "Custom, from Residual network");

    for (const char* bad : {"{", "[]", "{\"layers\": []}", "{\"layers\": [{\"type\": \"magic\"}]}", ""}) {
        REQUIRE(fixture.app.apply(ReadArchitecture{bad}));
        CHECK(fixture.form().json_draft == bad);
        CHECK_FALSE(fixture.form().json_problem.empty());
        CHECK(fixture.layers() == find_architecture("resnet")->layers);
    }
    REQUIRE(
        fixture.app.apply(ReadArchitecture{R"({"id": "mlp", "title": "A\nB", "layers": [{"type": "dense", "units": 10}]})"}));
    CHECK(fixture.form().json_draft.empty());
    CHECK(fixture.form().json_problem.empty());
    CHECK(fixture.form().custom->id == custom_id);
    CHECK(fixture.form().custom->title == "A B");
    CHECK(fixture.form().problem.empty());
    REQUIRE(fixture.app.apply(ReadArchitecture{R"({"layers": [{"type": "dense", "units": 10}]})"}));
    CHECK(fixture.form().custom->title == "Custom");
}
