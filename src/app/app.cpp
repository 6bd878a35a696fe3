#include "app/app.h"

#include <algorithm>
#include <initializer_list>
#include <utility>

#include "app/archive_transfers.h"
#include "app/data_control.h"
#include "app/dataset_library.h"
#include "app/drawing_control.h"
#include "app/drawing_library.h"
#include "app/drawing_log_control.h"
#include "app/evaluations.h"
#include "app/explanation_job.h"
#include "app/fine_tuning.h"
#include "app/form_control.h"
#include "app/history_control.h"
#include "app/jobs.h"
#include "app/models.h"
#include "app/notice_causes.h"
#include "app/request_control.h"
#include "app/run_planner.h"
#include "app/run_store.h"
#include "app/saving.h"
#include "app/settings_store.h"
#include "app/storage_usage.h"
#include "app/sweep_monitor.h"
#include "app/training_control.h"
#include "app/training_queue.h"
#include "app/view_control.h"
#include "base/within_memory.h"
#include "train/benchmark_job.h"

namespace digitlab {

namespace {

/// Training rests this long after the last ink: on two cores, two training threads and a page that draws without a graphics
/// card compete, and the ink would lag.
constexpr double rest_while_drawing_secs = 0.4;

}  // namespace

/// All parts of the program and the connections between them.
struct App::Impl : private TrainingHost {
    explicit Impl(Services given)
        : services(std::move(given)),
          saving(state, services.files, [this] { view.problem_solved(notice_causes::storing); }),
          view(state),
          run_store(state, services.files, [this](const Status& stored) { take(stored); }),
          models(state, services.clock, [this](const std::string& id) { model_changed(id); }),
          drawings(state, services.files, services.unix_clock, [this](const Status& stored) { take(stored); }),
          dataset_library(state, services.files, services.clock,
                          {[this](const Status& stored) { take(stored); },
                           [this](const std::string& message, const std::string& cause) { view.show_problem(message, cause); },
                           [this](const std::string& cause) { view.problem_solved(cause); }}),
          storage(state, run_store, drawings, dataset_library),
          evaluations(models.predictor(), services.clock),
          why(state, models.predictor(), services.clock),
          archives(state, run_store, drawings),
          fine_tuning(state, run_store, models.predictor(), evaluations),
          trainings(state, run_store, *this, services.clock, services.sessions),
          sweeps(state, trainings),
          settings(state, services.files, services.clock, [this](const Status& stored) { saving.take(stored); }),
          planner(state, dataset_library, fine_tuning, run_store, services.unix_clock),
          form(state, planner),
          training(state, planner, run_store, trainings, sweeps, benchmark),
          drawing(state, {models.predictor(), drawings, services.clock, [this] { trainings.rest(rest_while_drawing_secs); },
                          [this](const std::string& message) { view.show_problem(message); }}),
          drawing_log(state, {drawings, drawing, models.predictor(), evaluations, view}),
          data(dataset_library, trainings, form),
          requests(state, view),
          history(state, {run_store, models, trainings, archives, view, services.loads_models}),
          jobs({job(data), job(evaluations), job(why)}) {
        for (KeepsUnsaved* part : std::initializer_list<KeepsUnsaved*>{&run_store, &drawings, &dataset_library, &settings}) {
            saving.watch(*part);
        }
        state.environment = services.environment;
        state.form = default_form("mlp");
        form.check();
        open_store();
        storage.update();
        restore_settings();
    }

    Services services;
    State state;
    Saving saving;
    ViewControl view;
    RunStore run_store;
    Models models;
    DrawingLibrary drawings;
    DatasetLibrary dataset_library;
    StorageUsage storage;
    Evaluations evaluations;
    ExplanationJob why;
    ArchiveTransfers archives;
    FineTuning fine_tuning;
    TrainingQueue trainings;
    SweepMonitor sweeps;
    SettingsStore settings;
    RunPlanner planner;
    FormControl form;
    BenchmarkJob benchmark;
    TrainingControl training;
    DrawingControl drawing;
    DrawingLogControl drawing_log;
    DataControl data;
    RequestControl requests;
    HistoryControl history;
    Jobs jobs;

    void touch() { ++state.revision; }

    template <class Part>
    static Jobs::Job job(Part& part) {
        return {[&part] { return part.pending(); }, [&part](double budget_secs) { return part.advance(budget_secs); }};
    }

    // --- commands: each group goes to the part that owns it ----------------------------------------------------------

    Status hand_out(Command&& command) {
        return std::move(command).visit([this]<class Kind>(Kind&& group) { return on(std::forward<Kind>(group)); });
    }

    Status on(ViewCommand&& command) { return view.handle(std::move(command)); }
    Status on(FormCommand&& command) {
        const bool follows_link = command.as<OpenSpec>() != nullptr;
        return solving(follows_link ? notice_causes::link : "", form.handle(std::move(command)));
    }
    Status on(TrainingCommand&& command) { return training.handle(std::move(command)); }
    Status on(DrawingCommand&& command) {
        const bool opens_picture = command.as<SetPicture>() != nullptr;
        return solving(opens_picture ? notice_causes::picture : "", drawing.handle(std::move(command)));
    }
    Status on(DrawingLogCommand&& command) { return drawing_log.handle(std::move(command)); }
    Status on(WhyCommand&& command) { return why.handle(std::move(command)); }
    Status on(DataCommand&& command) { return data.handle(std::move(command)); }
    Status on(HistoryCommand&& command) { return history.handle(std::move(command)); }
    Status on(RequestCommand&& command) { return requests.handle(std::move(command)); }

    /// Removes the notice of an earlier failure if this is a success.
    Status solving(const std::string& cause, Status status) {
        if (status) view.problem_solved(cause);
        return status;
    }

    // --- opening -----------------------------------------------------------------------------------------------------

    void open_store() {
        for (const std::string& problem : run_store.problems()) view.show_problem(problem);
        for (const std::string& problem : drawings.problems()) view.show_problem(problem);
        for (const std::string& problem : dataset_library.problems()) view.show_problem(problem);
        history.open(services.files.read_only_reason().empty());
        const bool has_own_data = std::ranges::any_of(state.datasets.all, &DatasetEntry::own);
        if (!state.runs.empty() || !state.drawings.all.empty() || has_own_data) state.requests.ask(PersistStorage{false});
    }

    void restore_settings() {
        auto commands = settings.restore();
        if (!commands) {
            view.show_problem(commands.error().message);
            commands = Commands{};
        }
        for (Command& command : *commands) {
            if (const Status restored = hand_out(std::move(command)); !restored) {
                view.show_problem("A setting of your last visit cannot be used any more: " + restored.error().message);
            }
        }
        settings.begin();
    }

    /// Called when the files have become writable; another tab may have changed them.
    void take_over_store() {
        view.problem_solved(notice_causes::storing);
        run_store.read_others();
        drawings.read_others();
        dataset_library.read_others();
        history.open(true);
        storage.changed();
        settings.store_unsaved();
        saving.store_unsaved();
        touch();
    }

    // --- connections between the parts ---------------------------------------------------------------------------------

    /// Called when a run, drawing or data set has been stored, or with the reason why not.
    void take(const Status& stored) {
        saving.take(stored);
        storage.changed();
        if (stored) requests.something_stored();
    }

    void model_changed(const std::string& id) {
        why.forget(id);
        drawing.models_changed();
        // The form may start from this model.
        if (!state.form.spec.start_from.empty()) form.check();
    }

    Result<bool> want_data(const ExperimentSpec& spec) override {
        if (const Status wanted = dataset_library.request(spec.dataset); !wanted) return tl::unexpected(wanted.error());
        return dataset_library.ready(spec.dataset);
    }

    Result<TrainingInput> training_input(const Run& run) override {
        return fine_tuning.input(run, state.datasets.find_data(run.spec.dataset)->pair);
    }

    void training_began(const Run& run) override { fine_tuning.began(run); }

    void model_learned(const Run& run, const Model& model) override {
        if (const Status added = models.add(run, model); !added) view.show_problem(added.error().message);
        sweeps.follow(run);
    }

    void training_ended(const Run& run) override { fine_tuning.ended(run); }

    void report_problem(const std::string& message) override { view.show_problem(message); }
};

App::App(Services services) : impl_(std::make_unique<Impl>(std::move(services))) {}
App::~App() = default;

const State& App::state() const { return impl_->state; }

Status App::apply(Command command) {
    Status status = impl_->hand_out(std::move(command));
    impl_->touch();
    return status;
}

void App::perform(Commands commands) {
    for (Command& command : commands) {
        if (const Status status = apply(std::move(command)); !status) {
            impl_->view.show_problem(status.error().message, notice_causes::of(status.error()));
        }
    }
}

bool App::update(double budget_secs) {
    bool changed = impl_->saving.update();
    bool worked = impl_->trainings.update(budget_secs);
    changed |= impl_->drawing.answer_when_due();
    changed |= impl_->storage.update();
    impl_->settings.advance();
    if (budget_secs > 0) worked |= impl_->jobs.advance(budget_secs);
    if (worked) impl_->touch();
    return changed || worked;
}

bool App::busy() const {
    return impl_->trainings.expects_progress() || impl_->drawing.pending() || works_in_update() || impl_->saving.pending() ||
           impl_->settings.pending() || impl_->storage.pending();
}

bool App::works_in_update() const { return impl_->trainings.works_in_update() || impl_->jobs.pending(); }

std::optional<Result<Json>> App::take_benchmark() {
    auto result = impl_->benchmark.take();
    if (result && *result) (**result)["variant"] = impl_->state.environment.variant;
    return result;
}

Result<Model> App::kept_model(const std::string& run_id) const { return impl_->run_store.model(run_id); }

void App::take_over_store() { impl_->take_over_store(); }

Result<Bytes> App::archive() const { return impl_->archives.make(); }

Result<Reading> App::read(const GreyImage& grey, std::span<const std::string> only) {
    auto reading = read_picture(impl_->models.predictor(), grey, {}, only);
    if (reading && reading->digits.empty()) return fail("blank", "The picture shows nothing that could be a digit.");
    return reading;
}

Result<std::vector<Answer>> App::predict(std::span<const float, digit_pixels> pixels, std::span<const std::string> only) {
    auto answers = within_memory(no_memory_for_picture, [&] { return impl_->models.predictor().predict(pixels, only); });
    const auto [least, most] = std::ranges::minmax(pixels);
    if (answers && least == most) return fail("blank", "The picture is blank: all of its 784 numbers are the same.");
    return answers;
}

}  // namespace digitlab
