// Sweeps and archives as the page uses them.

#include <catch2/catch_test_macros.hpp>

#include "app/settle.h"
#include "app/sweep_monitor.h"
#include "store/archive.h"
#include "store/memory_files.h"
#include "train/stripes.h"

using namespace digitlab;

namespace {

/// An App with data, whose clock advances by a second for each run.
struct SweepLab {
    explicit SweepLab(Files& files)
        : app({files, monotonic_secs, [this] { return secs += 1; }, Environment{"native", "test", 2}}) {
        REQUIRE(app.apply(ReportDataReady{stripes()}));
    }
    double secs = 1.7e9;
    App app;
};

Sweep small_sweep(const char* more = "", int epochs = 3) {
    const std::string text = R"({"name": "rates", "base": {"architecture": "softmax", "batchSize": 16, "validationCount": 50,
        "epochs": )" + std::to_string(epochs) +
                             R"(}, "vary": {"learningRate": [0.01, 0.02, 0.03, 0.04, 0.000001]})" + more + "}";
    return sweep_from_json(parse_json(text).value()).value();
}

}  // namespace

TEST_CASE("a sweep trains every combination and ranks them") {
    MemoryFiles files;
    SweepLab lab(files);
    REQUIRE(lab.app.apply(StartSweep{small_sweep()}));
    CHECK(lab.app.state().runs.size() == 5);
    settle(lab.app);
    const auto ranked = ranked_runs(lab.app.state(), "rates");
    REQUIRE(ranked.size() == 5);
    for (const Run* run : ranked) CHECK(run->status == RunStatus::finished);
    CHECK(ranked.back()->spec.learning_rate == 0.000001F);
    CHECK(best_validation_accuracy(*ranked[0]) >= best_validation_accuracy(*ranked[1]));
    // A second sweep with the same name gets a new name.
    REQUIRE(lab.app.apply(StartSweep{small_sweep()}));
    CHECK(lab.app.state().runs.back().sweep->name == "rates 2");
}

TEST_CASE("median stopping ends runs that are worse than most") {
    MemoryFiles files;
    SweepLab lab(files);
    REQUIRE(lab.app.apply(StartSweep{small_sweep(R"(, "medianStopping": true)", 300)}));
    settle(lab.app);
    const Run* hopeless = ranked_runs(lab.app.state(), "rates").back();
    CHECK(hopeless->spec.learning_rate == 0.000001F);
    CHECK(hopeless->status == RunStatus::stopped);
    CHECK(hopeless->epochs.size() < 300);  // when it is noticed depends on timing
    CHECK(hopeless->failure.find("most others") != std::string::npos);
}

TEST_CASE("shards divide a sweep, and archives merge their runs") {
    MemoryFiles one_files, other_files, joined_files;
    SweepLab one(one_files), other(other_files), joined(joined_files);
    other.secs += 1000;  // another machine at another time
    REQUIRE(one.app.apply(StartSweep{small_sweep(), 0, 2}));
    REQUIRE(other.app.apply(StartSweep{small_sweep(), 1, 2}));
    settle(one.app);
    settle(other.app);
    CHECK(one.app.state().runs.size() == 3);
    CHECK(other.app.state().runs.size() == 2);

    const Bytes first = one.app.archive().value(), second = other.app.archive().value();
    for (const Bytes* archive : {&first, &second, &first, &second}) REQUIRE(joined.app.apply(ImportArchive{*archive}));
    CHECK(joined.app.state().runs.size() == 5);
    CHECK(joined.app.state().models.size() == 5);
    CHECK(ranked_runs(joined.app.state(), "rates").size() == 5);
    CHECK(joined.app.state().notices.back().text == "0 runs and 0 drawings imported; 2 were here already.");

    SweepLab reloaded(joined_files);
    CHECK(reloaded.app.state().runs.size() == 5);
    CHECK(reloaded.app.state().models.size() == 5);
}

TEST_CASE("an archive that cannot be stored as a whole adds nothing") {
    MemoryFiles source_files;
    SweepLab source(source_files);
    REQUIRE(source.app.apply(StartSweep{small_sweep()}));
    settle(source.app);
    const Bytes archive = source.app.archive().value();
    MemoryFiles kept;
    FaultyFiles full(kept);
    full.writes_until_full = 5;
    SweepLab lab(full);
    CHECK(lab.app.apply(ImportArchive{archive}).error().code == "no-space");
    CHECK(lab.app.state().runs.empty());
    CHECK(kept.list("").empty());
    Bytes damaged = archive;
    damaged[archive.size() / 2] ^= 1;
    CHECK(lab.app.apply(ImportArchive{damaged}).error().code == "bad-archive");
}

TEST_CASE("the forms describe a sweep in the user's words") {
    TrainForm training = default_form("softmax");
    SweepForm form;
    form.rows = {{{"learningRate", "0.001, 0.01"}, {"optimizer", "adam, sgd"}, {"", "ignored"}}};
    const auto trials = trials_of(sweep_from_forms(form, training).value()).value();
    REQUIRE(trials.size() == 4);
    CHECK(trials[1].spec.optimizer.kind == OptimizerKind::sgd);
    form.rows[2] = {"batchSize", "16 to 512"};
    CHECK(sweep_from_forms(form, training).error().message.find("random") != std::string::npos);
    form.random = true;
    form.runs = 7;
    const Sweep sweep = sweep_from_forms(form, training).value();
    CHECK(sweep.fields[2].logarithmic);
    CHECK(sweep.fields[2].whole);
    CHECK(trials_of(sweep).value().size() == 7);
    form.rows[2] = {"learningRate", "1"};
    CHECK(sweep_from_forms(form, training).error().message.find("twice") != std::string::npos);
}

TEST_CASE("a value that is out of its range is named while the form of a sweep is edited") {
    MemoryFiles files;
    App app(services(files));
    SweepForm form = app.state().sweep_form;
    form.rows[0] = {"learningRate", "0.001, 11"};
    REQUIRE(app.apply(EditSweep{form}));
    CHECK(app.state().sweep_form.problem ==
          R"(With {"learningRate":11}: Learning rate must be a number above 0 and at most 10, not 11.)");
    CHECK(app.state().sweep_form.count == 0);
    CHECK(app.apply(StartSweep{}).error().message == app.state().sweep_form.problem);
    CHECK(app.state().runs.empty());
    form.rows[0].values = "0.001, 0.1";
    REQUIRE(app.apply(EditSweep{form}));
    CHECK(app.state().sweep_form.problem.empty());
    CHECK(app.state().sweep_form.count == 2);
    // The other settings are those of the form for a single run.
    TrainForm training = app.state().form;
    training.spec.subset = 100;
    REQUIRE(app.apply(EditForm{training}));
    form.rows[0] = {"batchSize", "16, 100"};
    REQUIRE(app.apply(EditSweep{form}));
    CHECK(app.state().sweep_form.problem ==
          R"(With {"batchSize":100}: Batch size must be a whole number from 1 to 90, not 100.)");
}
