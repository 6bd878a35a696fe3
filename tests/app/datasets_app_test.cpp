#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <set>
#include <thread>
#include <utility>

#include "app/app.h"
#include "app/settle.h"
#include "base/clock.h"
#include "data/fashion.h"
#include "data/packed.h"
#include "store/history.h"
#include "store/memory_files.h"
#include "train/stripes.h"

using namespace digitlab;

namespace {

/// Bars at four heights, with words as class names.
std::vector<NamedFile> letters(int rows = 240) {
    const char* names[] = {"A", "B", "C", "Sneaker"};
    std::string text;
    for (int row = 0; row < rows; ++row) text += csv_row(names[row % 4], row % 4);
    return {{"letters.csv", bytes_of_text(text)}};
}

AddDataset adding(std::vector<NamedFile> files, const char* name = "My letters") { return {name, std::move(files)}; }

ExperimentSpec letters_spec() {
    ExperimentSpec spec = quick_spec("softmax", 3);
    spec.dataset = "my-letters";
    return spec;
}

/// Stripes with the class names of garments.
DataPair garments() {
    const auto named = [](std::size_t rows) {
        auto data = std::make_shared<Dataset>(*striped_rows(rows));
        data->kind = DataKind::other;
        data->class_names = fashion_class_names();
        return data;
    };
    return {named(400), named(100)};
}

}  // namespace

TEST_CASE("a custom data set is added, trained on, and still there after a reload") {
    MemoryFiles files;
    std::string run_id;
    {
        App app(services(files));
        REQUIRE(app.apply(adding(letters())));
        CHECK(app.state().datasets.import.active);
        CHECK(app.apply(adding(letters())).error().code == "busy");
        settle(app);
        const ImportState& import = app.state().datasets.import;
        CHECK(import.id == "my-letters");
        CHECK(import.rows == 240);
        CHECK_FALSE(import.error);
        CHECK(app.state().form.spec.dataset == "my-letters");
        CHECK(app.state().form.spec.validation_count == 200 / 6);
        CHECK(app.state().form.spec.batch_size == 16);
        CHECK(app.state().form.spec.epochs == 50);
        TrainForm wanted = app.state().form;
        wanted.architecture = "small-cnn";
        app.perform({EditForm{wanted}});
        CHECK(app.state().form.spec.batch_size == 16);
        CHECK(app.state().form.spec.epochs == 50);
        CHECK(app.state().form.problem.empty());
        CHECK(app.state().save.phase == SavePhase::saved);

        REQUIRE(app.apply(StartTraining{letters_spec()}));
        run_id = app.state().training().run_id;
        CHECK(app.apply(RemoveDataset{"my-letters"}).error().code == "busy");
        settle(app);
        const Run* run = find_run(app.state(), run_id);
        REQUIRE(run);
        CHECK(run->status == RunStatus::finished);
        CHECK(run->spec.architecture.id == "softmax");
        CHECK(to_json(run->spec)["architecture"] == "softmax");
        CHECK(run->parameters == 4 * 785);
        CHECK(run->class_names == std::vector<std::string>{"A", "B", "C", "Sneaker"});
        REQUIRE(run->test);
        CHECK(run->test->classes == 4);
        CHECK(run->test->accuracy > 0.9);
        CHECK(app.state().datasets.mnist().data.phase == DataPhase::absent);  // MNIST was not needed
    }
    App again(services(files));
    CHECK(again.state().datasets.all.size() == 3);
    const Run* run = find_run(again.state(), run_id);
    REQUIRE(run);
    CHECK(run->class_names.size() == 4);
    CHECK(run->spec.dataset == "my-letters");
    DigitPixels pixels{};
    const GreyImage bar = bar_picture(28, 3 * 3 + 2, 0, 255);
    for (std::size_t i = 0; i < pixels.size(); ++i) pixels[i] = static_cast<float>(bar.ink[i]) / 255;
    const auto answers = again.predict(pixels);
    REQUIRE(answers);
    CHECK(answers->front().label() == "Sneaker");
    CHECK_FALSE(answers->front().classes.digits());

    REQUIRE(again.apply(ChooseDataset{"my-letters"}));
    CHECK(again.state().datasets.find_data("my-letters")->pair.train->rows() == 200);
    REQUIRE(again.apply(RemoveDataset{"my-letters"}));
    CHECK(again.state().form.spec.dataset == "mnist");
    CHECK(again.state().form.spec.validation_count == 5000);
    CHECK(again.state().form.spec.batch_size == 64);
    CHECK(again.state().form.spec.epochs == 3);
    settle(again);
    CHECK(files.list("datasets").empty());
    CHECK(again.apply(StartTraining{letters_spec()}).error().code == "unknown-dataset");
    CHECK(again.apply(ChooseDataset{"my-letters"}).error().code == "unknown-dataset");
}

TEST_CASE("unreadable files change nothing, and the error says why") {
    MemoryFiles files;
    App app(services(files));
    CHECK(app.apply(adding({{"x.csv", bytes_of_text("1,2\n")}}, "")).error().code == "bad-name");
    CHECK(app.apply(adding({{"x.png", {0x89, 'P', 'N', 'G'}}})).error().code == "bad-files");
    CHECK(app.state().datasets.import.error);
    std::vector<NamedFile> bad = letters();
    for (const char c : std::string("A,1\n")) bad[0].bytes.push_back(static_cast<std::uint8_t>(c));
    REQUIRE(app.apply(adding(std::move(bad))));
    settle(app);
    REQUIRE(app.state().datasets.import.error);
    CHECK(app.state().datasets.import.error->message.find("row 241") != std::string::npos);
    CHECK(app.state().notices.size() == 1);
    CHECK(app.state().form.spec.dataset == "mnist");
    CHECK(app.state().datasets.all.size() == 2);
    CHECK(files.list("").empty());

    REQUIRE(app.apply(adding(letters())));
    REQUIRE(app.apply(CancelAddDataset{}));
    settle(app);
    CHECK(app.state().datasets.all.size() == 2);
    CHECK(app.state().datasets.import.error->code == "cancelled");
}

TEST_CASE("a data set that cannot be stored can be used until the page is closed") {
    MemoryFiles inner;
    FaultyFiles files(inner);
    files.writes_until_full = 0;
    App app(services(files));
    REQUIRE(app.apply(adding(letters())));
    settle(app);
    CHECK(app.state().save.phase == SavePhase::failed);
    REQUIRE(app.state().datasets.all.size() == 3);
    CHECK_FALSE(app.state().datasets.all[2].stored);
    REQUIRE(app.apply(ChooseDataset{"mnist"}));
    REQUIRE(app.apply(StartTraining{letters_spec()}));
    settle(app);
    CHECK(app.state().runs.back().status == RunStatus::finished);
    REQUIRE(app.apply(RemoveDataset{"my-letters"}));
    CHECK(app.state().datasets.all.size() == 2);
}

TEST_CASE("models of a custom data set of the digits 0 to 9 vote, unless its numbers stand for something else") {
    MemoryFiles files;
    std::string table;
    for (int row = 0; row < 400; ++row) table += csv_row(std::to_string(row % 10), row % 10);
    const auto train = [](App& app) {
        ExperimentSpec spec = quick_spec("softmax", 1);
        spec.dataset = "numbers";
        REQUIRE(app.apply(StartTraining{spec}));
        settle(app);
        return app.state().runs.back().id;
    };
    std::string id;
    {
        App app(services(files));
        REQUIRE(app.apply(adding({{"numbers.csv", bytes_of_text(table)}}, "numbers")));
        settle(app);
        CHECK(app.state().datasets.find("numbers")->kind == DataKind::digits);
        id = train(app);
        REQUIRE(app.apply(DrawLine{{20, 13 * 16}, {420, 13 * 16}, 36}));
        settle(app);
        const ReadDigit* digit = selected_digit(app.state().draw);
        REQUIRE(digit);
        CHECK(digit->answers.front().classes.digits());
        REQUIRE(app.apply(LabelDrawn{1}));
        CHECK(app.apply(TestOnDrawings{id}));
        settle(app);

        REQUIRE(app.apply(SetDatasetKind{"numbers", DataKind::other}));
        CHECK(app.apply(SetDatasetKind{mnist_id, DataKind::other}).error().code == "unknown-dataset");
    }
    App app(services(files));
    CHECK(app.state().datasets.find("numbers")->kind == DataKind::other);
    CHECK(app.apply(TestOnDrawings{train(app)}).error().code == "other-classes");
    CHECK(app.apply(TestOnDrawings{id}));  // trained before it was said
    REQUIRE(app.apply(adding(letters())));
    settle(app);
    CHECK(app.state().datasets.find("my-letters")->kind == DataKind::other);
    CHECK(app.apply(SetDatasetKind{"my-letters", DataKind::digits}).error().code == "bad-argument");
}

namespace {

/// Files whose flushes last until `finish`. Until then, removed files are still there, hidden but with their names taken, as in
/// the browser.
class SlowFiles : public MemoryFiles {
   public:
    std::vector<std::string> list(const std::string& folder) const override {
        std::vector<std::string> names = MemoryFiles::list(folder);
        std::erase_if(names, [&](const std::string& name) { return to_remove_.contains(name); });
        return names;
    }
    Status remove(const std::string& name) override {
        if (waiting_.empty()) return MemoryFiles::remove(name);
        to_remove_.insert(name);
        return {};
    }
    void flush(FlushDone done) override { waiting_.push_back(std::move(done)); }
    void finish() {
        for (const std::string& name : std::exchange(to_remove_, {})) (void)MemoryFiles::remove(name);
        for (const FlushDone& done : std::exchange(waiting_, {})) done({});
    }

   private:
    std::set<std::string> to_remove_;
    std::vector<FlushDone> waiting_;
};

}  // namespace

TEST_CASE("after a data set is removed during a flush, another of the same name can be added") {
    SlowFiles files;
    App app(services(files));
    const auto add = [&] {
        REQUIRE(app.apply(adding(letters())));
        while (app.works_in_update()) app.update(1);
        return app.state().datasets.import.id;
    };
    const std::string first = add();
    REQUIRE(app.apply(RemoveDataset{first}));
    const std::string second = add();
    CHECK(second != first);
    CHECK(app.state().datasets.all.back().stored);
    CHECK(app.state().save.phase != SavePhase::failed);
    files.finish();
    App again(services(files));
    CHECK_FALSE(again.state().datasets.find(first));
    CHECK(again.state().datasets.find(second));
}

TEST_CASE("Fashion-MNIST is requested, waited for and trained on separately from MNIST") {
    MemoryFiles files;
    App app(services(files));
    ExperimentSpec spec = quick_spec();
    spec.dataset = fashion_id;
    REQUIRE(app.apply(StartTraining{spec}));
    CHECK(app.state().training().waiting);
    CHECK(app.state().datasets.mnist().data.phase == DataPhase::absent);
    CHECK(app.state().datasets.find_data(fashion_id)->phase == DataPhase::requested);
    REQUIRE(app.apply(ReportDataReady{stripes()}));
    CHECK(app.state().training().waiting);
    REQUIRE(app.apply(ReportDataReady{garments(), fashion_id}));
    CHECK_FALSE(app.state().training().waiting);
    settle(app);
    CHECK(app.state().runs.back().class_names[7] == "Sneaker");
    REQUIRE(app.apply(StartTraining{quick_spec()}));
    settle(app);

    // Only the model of digits reads a drawing; the other's answer is just shown.
    REQUIRE(app.apply(DrawLine{{20, 13 * 16}, {420, 13 * 16}, 36}));
    settle(app);
    const ReadDigit* digit = selected_digit(app.state().draw);
    REQUIRE(digit);
    CHECK(digit->answers.size() == 2);
    CHECK(digit->consensus.models == 1);
    CHECK(app.state().draw.reading.number.size() == 1);
    REQUIRE(app.apply(LabelDrawn{digit->consensus.digit}));
    CHECK(app.state().drawings.all.front()->answers.size() == 1);
    CHECK(app.apply(TestOnDrawings{app.state().runs.front().id}).error().code == "other-classes");
    ExperimentSpec mixed = spec;
    mixed.drawings = true;
    CHECK(app.apply(StartTraining{mixed}).error().code == "bad-spec");
}

TEST_CASE("a run that starts from a model but has other classes gets a new last layer") {
    MemoryFiles files;
    App app(services(files));
    REQUIRE(app.apply(ReportDataReady{stripes()}));
    REQUIRE(app.apply(StartTraining{quick_spec("mlp")}));
    settle(app);
    REQUIRE(app.apply(adding(letters())));
    settle(app);
    const auto continue_from = [&](ExperimentSpec spec, const std::string& parent) {
        spec.start_from = parent;
        spec.architecture = {};
        spec.frozen_layers = 1;
        REQUIRE(app.apply(StartTraining{spec}));
        settle(app);
        const Run& run = app.state().runs.back();
        CHECK(run.status == RunStatus::finished);
        return run;
    };
    const auto first_weights = [&](const std::string& id) {
        const Result<Model> model = History(files).model(id);
        REQUIRE(model);
        return model->tensors.front().values;
    };
    const Run digits = app.state().runs.front();
    const Run letters_run = continue_from(letters_spec(), digits.id);
    CHECK(letters_run.fine_tune->new_last_layer);
    CHECK_FALSE(letters_run.fine_tune->parent_test_accuracy);
    CHECK(letters_run.test->accuracy > 0.9);
    CHECK(first_weights(letters_run.id) == first_weights(digits.id));

    const Run again = continue_from(letters_spec(), letters_run.id);
    CHECK_FALSE(again.fine_tune->new_last_layer);
    CHECK(again.fine_tune->parent_test_accuracy == letters_run.test->accuracy);
    const Run digits_again = continue_from(quick_spec("mlp"), letters_run.id);
    CHECK(digits_again.fine_tune->new_last_layer);
    CHECK(digits_again.parameters == digits.parameters);
    CHECK(digits_again.test->accuracy > 0.9);

    // Nothing would be left of a network that has only a last layer.
    ExperimentSpec alone = quick_spec();
    REQUIRE(app.apply(StartTraining{alone}));
    settle(app);
    alone.start_from = app.state().runs.back().id;
    alone.dataset = letters_spec().dataset;
    CHECK(app.apply(StartTraining{alone}).error().code == "bad-spec");
}
