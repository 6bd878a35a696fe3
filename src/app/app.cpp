#include "app/app.h"

#include <algorithm>
#include <cmath>
#include <type_traits>
#include <utility>

#include "app/archive_desk.h"
#include "app/data_desk.h"
#include "app/draw_commands.h"
#include "app/drawing_desk.h"
#include "app/evaluations.h"
#include "app/fine_tuning_desk.h"
#include "app/form_commands.h"
#include "app/run_shelf.h"
#include "app/saving.h"
#include "app/settings_desk.h"
#include "app/sweep_desk.h"
#include "app/training_desk.h"
#include "app/why_desk.h"
#include "base/json_reader.h"
#include "base/random.h"
#include "data/sample_digits.h"
#include "nn/architecture.h"

namespace digitlab {

namespace {

/// Commands that put something else on the paper: what was there is done with.
template <class DrawingCommand>
constexpr bool replaces_paper =
    std::is_same_v<DrawingCommand, ClearDrawing> || std::is_same_v<DrawingCommand, PlaceSampleDigit> ||
    std::is_same_v<DrawingCommand, PlaceSamplePhoto>;

template <class DrawingCommand>
constexpr bool draws_ink = std::is_same_v<DrawingCommand, BeginStroke> || std::is_same_v<DrawingCommand, DrawLine>;

/// Trainings rest that long after the last ink: two threads that train and a page that draws without a graphics card do not
/// get along on two cores, and the ink would come late.
constexpr double rest_while_drawing_secs = 0.4;

/// While the pen is on the paper, the ink goes before the answers; when it is lifted, they are there at once.
constexpr double secs_between_answers = 0.1;

}  // namespace

struct App::Impl : private TrainingHost {
    explicit Impl(Services given)
        : services(std::move(given)),
          saving(state, services.files),
          shelf(state, services.files, [this](const Status& stored) { saving.take(stored); }),
          predictor(services.clock),
          desk(state, services.files, services.unix_clock, [this](const Status& stored) { saving.take(stored); }),
          data_desk(state, services.files, services.clock,
                    {[this](const Status& stored) { saving.take(stored); },
                     [this](const std::string& message) { notify(message, true); }}),
          evaluations(predictor, services.clock),
          why(state, predictor, services.clock),
          archives(state, shelf, desk),
          fine_tuning(state, shelf, predictor, evaluations),
          trainings(state, shelf, *this, services.clock, services.sessions),
          sweeps(state, trainings),
          settings(state, services.files, services.clock, [this](const Status& stored) { saving.take(stored); }) {
        for (KeepsUnsaved* part : std::initializer_list<KeepsUnsaved*>{&shelf, &desk, &data_desk, &settings})
            saving.watch(*part);
        state.environment = services.environment;
        state.form = default_form("mlp");
        check_sweep();
        load_history();
        restore_settings();
    }

    Services services;
    State state;
    Saving saving;
    RunShelf shelf;
    Predictor predictor;
    DrawingDesk desk;
    DataDesk data_desk;
    Evaluations evaluations;
    WhyDesk why;
    ArchiveDesk archives;
    FineTuningDesk fine_tuning;
    TrainingDesk trainings;
    SweepDesk sweeps;
    SettingsDesk settings;
    std::uint64_t answered_revision = 0;  ///< paper revision the answers belong to
    bool answers_stale = false;
    double answered_at = -INFINITY;
    int next_notice = 1;

    void touch() { ++state.revision; }

    void notify(std::string text, bool is_error) {
        state.notices.push_back({next_notice++, is_error, std::move(text)});
        touch();
    }

    // --- settings ----------------------------------------------------------------------------------------------------

    void restore_settings() {
        const auto commands = settings.restore();
        if (!commands) notify(commands.error().message, true);
        for (const Command& command : commands.value_or(Commands{})) {
            const Status restored = command.visit([this](const auto& one) { return on(one); });
            if (!restored) notify("A setting of your last visit cannot be used any more: " + restored.error().message, true);
        }
        settings.begin();
    }

    // --- history -----------------------------------------------------------------------------------------------------

    void load_history() {
        for (const std::string& problem : shelf.problems()) notify(problem, true);
        for (const std::string& problem : desk.problems()) notify(problem, true);
        for (const std::string& problem : data_desk.problems()) notify(problem, true);
        // Where nothing can be written, an unfinished run may well be training in the tab that can.
        if (services.files.read_only_reason().empty()) shelf.end_abandoned();
        load_models();
    }

    /// Of the runs that have a model and cannot answer yet.
    void load_models() {
        const std::vector<std::string> known = predictor.ids();
        for (const Run& run : state.runs) {
            if (!run.model_file.empty() && std::ranges::find(known, run.id) == known.end()) load_model(run);
        }
        refresh_models();
    }

    void load_model(const Run& run) {
        auto model = shelf.model(run.id);
        const Status added = model ? predictor.add(run.id, run.name, *model) : tl::unexpected(model.error());
        if (!added) notify(run.name + " cannot answer: " + added.error().message, true);
    }

    Status add_ready_model(const AddReadyModel& command) {
        const auto model = decode_model(command.file);
        if (!model) return tl::unexpected(model.error());
        ReadyModel ready;
        JsonReader notes(model->notes, {"bad-model", "The ready-made model's notes cannot be read: "});
        notes.optional("id", ready.id);
        notes.optional("name", ready.name);
        notes.optional("testAccuracy", ready.test_accuracy);
        notes.optional("epochs", ready.epochs);
        if (!notes.ok()) return notes.status();
        if (!command.id.empty()) ready.id = ready.name = command.id;
        if (ready.id.empty() || find_run(state, ready.id))
            return fail("bad-model", "The ready-made model has no id of its own.");
        ready.architecture = model->architecture;
        ready.parameters = parameter_count(model->architecture);
        if (Status added = predictor.add(ready.id, ready.name, *model); !added) return added;
        ready.classes = predictor.classes(ready.id);
        std::erase_if(state.ready_models, [&](const ReadyModel& one) { return one.id == ready.id; });
        state.ready_models.push_back(std::move(ready));
        refresh_models();
        if (!state.form.spec.start_from.empty()) check_form();  // which may have missed it
        return {};
    }

    void refresh_models() {
        state.models = predictor.ids();
        answers_stale = true;
        touch();
    }

    /// The files can be written now, and another tab may have changed them.
    void take_over_store() {
        shelf.read_others();
        desk.read_others();
        data_desk.read_others();
        shelf.end_abandoned();
        load_models();
        settings.store_unsaved();
        saving.store_unsaved();
    }

    // --- training ----------------------------------------------------------------------------------------------------

    Status start(const std::optional<ExperimentSpec>& wanted) {
        ExperimentSpec spec;
        if (wanted) {
            spec = *wanted;
        } else {
            auto from_form = spec_from_form(state.form);
            if (!from_form) return tl::unexpected(from_form.error());
            spec = *from_form;
        }
        auto run = new_run(spec);
        if (!run) return tl::unexpected(run.error());
        trainings.enqueue(std::move(*run), nullptr);
        return {};
    }

    Status start_sweep(const StartSweep& command) {
        auto wanted = command.sweep ? Result<Sweep>(*command.sweep) : sweep_from_forms(state.sweep_form, state.form);
        if (!wanted) return tl::unexpected(wanted.error());
        auto trials = trials_of(*wanted);
        if (!trials) return tl::unexpected(trials.error());
        // All are checked before the first begins.
        for (SweepTrial& trial : *trials) {
            Run unused;
            if (const Status checked = check(trial.spec, unused); !checked) {
                return fail("bad-sweep", "With " + dump_json(trial.values) + ": " + checked.error().message);
            }
        }
        const std::string name = command.shards > 1 ? wanted->name : sweeps.unused_name(wanted->name);
        sweeps.begin(name, wanted->median_stopping);
        for (std::size_t i = 0; i < trials->size(); ++i) {
            if (static_cast<int>(i % static_cast<std::size_t>(command.shards)) != command.shard) continue;
            auto run = new_run((*trials)[i].spec);
            if (!run) return tl::unexpected(run.error());
            run->sweep = SweepMembership{name, (*trials)[i].values};
            trainings.enqueue(std::move(*run), nullptr);
        }
        return {};
    }

    void check_sweep() {
        const auto sweep = sweep_from_forms(state.sweep_form, state.form);
        const auto trials = sweep ? trials_of(*sweep) : tl::unexpected(sweep.error());
        state.sweep_form.problem = trials ? "" : trials.error().message;
        state.sweep_form.count = trials ? trials->size() : 0;
    }

    /// Makes the spec one that can be trained, and finds what the run begins with.
    Status check(ExperimentSpec& spec, Run& run) const {
        if (const Status suited = data_desk.suit(spec); !suited) return suited;
        if (const Status known = fine_tuning.find_start(spec, run); !known) return known;
        return check_spec(spec, find_dataset(state, spec.dataset)->train_rows);
    }

    Result<Run> new_run(ExperimentSpec spec) {
        Run run;
        if (const Status checked = check(spec, run); !checked) return tl::unexpected(checked.error());
        run.id = shelf.unused_id();
        run.name = shelf.unused_name(spec.architecture.id);
        const DatasetOutline outline = *find_dataset(state, spec.dataset);
        run.parameters =
            parameter_count(spec.dataset == mnist_id ? spec.architecture : with_classes(spec.architecture, outline.classes));
        run.class_names = outline.class_names;
        run.started_unix_secs = services.unix_clock();
        run.environment = to_json(state.environment);
        run.spec = std::move(spec);
        return run;
    }

    Status continue_run(const std::string& id) {
        const Run* found = find_run(state, id);
        if (!found) return fail("unknown-run", "There is no run \"" + id + "\".");
        if (trainings.works_on(id)) return fail("busy", "This run is training already.");
        if (!can_continue(*found)) {
            return fail("cannot-continue", "Only a run that was stopped or interrupted can be continued.");
        }
        if (Status claimed = shelf.claim(id); !claimed) return claimed;
        found = find_run(state, id);
        if (!can_continue(*found)) return fail("cannot-continue", "Another program has continued this run already.");
        std::shared_ptr<const Model> checkpoint;
        if (!found->checkpoint_file.empty()) {
            auto kept = shelf.checkpoint(id);
            if (!kept) return tl::unexpected(kept.error());
            checkpoint = std::make_shared<const Model>(std::move(*kept));
        }
        Run run = *found;
        run.failure.clear();
        run.test.reset();
        trainings.enqueue(std::move(run), std::move(checkpoint));
        return {};
    }

    Result<bool> want_data(const ExperimentSpec& spec) override {
        if (const Status wanted = data_desk.request(spec.dataset); !wanted) return tl::unexpected(wanted.error());
        return data_desk.ready(spec.dataset);
    }

    Result<TrainingInput> training_input(const Run& run) override {
        return fine_tuning.input(run, find_data(state, run.spec.dataset)->pair);
    }

    void training_began(const Run& run) override { fine_tuning.began(run); }

    void model_learned(const Run& run, const Model& model) override {
        why.forget(run.id);
        if (const Status added = predictor.add(run.id, run.name, model); !added) notify(added.error().message, true);
        refresh_models();
        sweeps.follow(run);
    }

    void training_ended(const Run& run) override { fine_tuning.ended(run); }

    void report_problem(const std::string& message) override { notify(message, true); }

    Status remove_run(const std::string& id) {
        if (trainings.works_on(id)) return fail("busy", "This run is training. Stop it before deleting it.");
        if (Status removed = shelf.remove(id); !removed) return removed;
        trainings.forget(id);
        predictor.remove(id);
        why.forget(id);
        refresh_models();
        return {};
    }

    // --- drawing -----------------------------------------------------------------------------------------------------

    bool answer_when_due() {
        const bool due = !state.draw.stroke_open || services.clock() - answered_at >= secs_between_answers;
        return due && answer_drawing();
    }

    bool answer_drawing() {
        DrawState& draw = state.draw;
        if (draw.paper_revision == answered_revision && !answers_stale) return false;
        answered_at = services.clock();
        answered_revision = draw.paper_revision;
        answers_stale = false;
        // Fails for models that are asked by name only; here all are.
        if (auto reading = read_picture(predictor, grey_of(draw), draw.steps)) draw.reading = std::move(*reading);
        ++draw.reading_revision;
        if (draw.selected_digit >= draw.reading.digits.size()) draw.selected_digit = 0;
        desk.follow_reading();
        touch();
        return true;
    }

    /// The paper is about to be emptied.
    void move_on() {
        (void)answer_drawing();
        desk.move_on();
    }

    Status test_on_drawings(const std::string& model) {
        DrawingList drawings = split_drawings(state.drawings.all).both();
        if (drawings.empty()) return fail("no-drawings", "There are no labelled drawings to test on.");
        if (std::ranges::find(state.models, model) == state.models.end()) {
            return fail("unknown-model", "There is no model \"" + model + "\".");
        }
        if (!predictor.classes(model).digits()) {
            return fail("other-classes", "This model was trained on other classes than digits, which is what drawings are.");
        }
        state.drawings.test = DrawingTest{model, model_name(state, model), 0, drawings.size(), {}};
        evaluations.add(model, std::move(drawings), [this, model](const Evaluation& evaluation, const Status& status) {
            auto& test = state.drawings.test;
            if (!test || test->model != model) return;
            if (!status) {
                test.reset();
                notify(status.error().message, true);
                return;
            }
            test->done = evaluation.digits.size();
            test->total = evaluation.drawings.size();
            if (test->done == test->total) test->result = evaluation.result();
        });
        return {};
    }

    void check_form() {
        if (const auto outline = find_dataset(state, state.form.spec.dataset)) state.form.rows = outline->train_rows;
        auto spec = spec_from_form(state.form);
        Run unused;
        Status checked = spec ? check(*spec, unused) : tl::unexpected(spec.error());
        state.form.problem = checked ? "" : checked.error().message;
        if (checked) {
            // As the data set allows.
            state.form.spec.subset = spec->subset;
            state.form.spec.validation_count = spec->validation_count;
        }
        check_sweep();
        touch();
    }

    // --- commands ----------------------------------------------------------------------------------------------------

    Status on(const ShowView& command) {
        state.view = command.view;
        return {};
    }
    Status on(const ChooseTheme& command) {
        state.theme = command.theme;
        return {};
    }
    template <class FormCommand>
        requires requires(TrainForm& form, const FormCommand& command) { change_form(form, command); }
    Status on(const FormCommand& command) {
        const Status changed = change_form(state.form, command);
        check_form();
        return changed;
    }
    Status on(const CopySpec& command) {
        const auto spec = spec_from_form(state.form);
        if (!spec) return tl::unexpected(spec.error());
        state.copy = CopyWish{command.format, dump_json(to_json(*spec), command.format == CopyFormat::json ? 2 : -1)};
        return {};
    }
    Status on(const TakeCopy&) {
        state.copy.reset();
        return {};
    }
    Status on(const EditSweep& command) {
        state.sweep_form = command.form;
        check_sweep();
        return {};
    }
    Status on(const StartSweep& command) { return start_sweep(command); }
    Status on(const StartTraining& command) { return start(command.spec); }
    Status on(const PauseTraining& command) { return trainings.pause(command.run_id, true); }
    Status on(const ResumeTraining& command) { return trainings.pause(command.run_id, false); }
    Status on(const StopTraining& command) { return trainings.stop(command.run_id); }
    Status on(const StepTraining& command) { return trainings.step(command.run_id, command.unit); }
    Status on(const SetLearningRate& command) { return trainings.set_learning_rate(command.run_id, command.rate); }
    Status on(const ContinueRun& command) { return continue_run(command.id); }
    Status on(const ShowTraining& command) { return trainings.show(command.run_id); }
    Status on(const SetAtOnce& command) { return trainings.set_at_once(command.count); }
    template <class DrawingCommand>
        requires requires(DrawState& draw, const DrawingCommand& command) { change_drawing(draw, command); }
    Status on(const DrawingCommand& command) {
        if constexpr (replaces_paper<DrawingCommand>) move_on();
        if constexpr (draws_ink<DrawingCommand>) trainings.rest(rest_while_drawing_secs);
        return change_drawing(state.draw, command);
    }
    Status on(const SetPicture& command) {
        state.view = View::draw;
        move_on();
        return set_picture(state.draw, command.grey);
    }
    Status on(const ReportPictureFailed& command) {
        notify(command.message, true);
        return {};
    }
    Status on(const PlaceTestDigit&) {
        const auto& test = state.data.pair.test;
        if (!test || test->rows() == 0) return fail("no-data", "The test digits come with the data set. Download it first.");
        move_on();
        RandomStream random(state.draw.samples_placed++, RandomPurpose::sampling);
        const std::uint32_t row = random.below(static_cast<std::uint32_t>(test->rows()));
        return set_drawing(state.draw, enlarged_digit(test->image(row)));
    }
    Status on(const PredictDrawing&) {
        answers_stale = true;
        return {};
    }
    Status on(const SetPreparationSteps& command) {
        state.draw.steps = command.steps;
        answers_stale = true;
        return {};
    }
    Status on(const SelectDigit& command) {
        if (command.index >= state.draw.reading.digits.size()) return fail("unknown-digit", "There is no such digit.");
        state.draw.selected_digit = command.index;
        return {};
    }
    Status on(const LabelDrawn& command) {
        (void)answer_drawing();
        return desk.label_selected(command.label);
    }
    Status on(const LabelDrawing& command) { return desk.label(command.id, command.label); }
    Status on(const RemoveDrawing& command) { return desk.remove(command.id); }
    Status on(const ClearDrawings&) { return desk.clear(); }
    Status on(const TestOnDrawings& command) { return test_on_drawings(command.model); }
    Status on(const ExportDrawings& command) {
        if (state.drawings.all.empty()) return fail("no-drawings", "There are no drawings to export yet.");
        state.drawings.wanted = command.format;
        return {};
    }
    Status on(const TakeExport&) {
        state.drawings.wanted.reset();
        return {};
    }
    Status on(const ReportProblem& command) {
        notify(command.message, true);
        return {};
    }
    Status on(const ReportDone& command) {
        notify(command.message, false);
        return {};
    }
    Status on(const ShowWhy& command) {
        state.why.open = command.open;
        return {};
    }
    Status on(const ExplainModel& command) {
        state.why.model = command.id;
        return {};
    }
    Status on(const ExplainDigit& command) {
        state.why.digit = command.digit;
        return {};
    }
    Status on(const ImportArchive& command) {
        const auto imported = archives.take(command.file);
        if (!imported) return tl::unexpected(imported.error());
        for (const std::string& id : imported->runs) {
            const Run& run = *find_run(state, id);
            if (!run.model_file.empty()) load_model(run);
        }
        refresh_models();
        notify(to_string(*imported), false);
        return {};
    }
    Status on(const OpenArchive&) {
        state.archive_picker_wanted = true;
        return {};
    }
    Status on(const ReportArchivePickerOpened&) {
        state.archive_picker_wanted = false;
        return {};
    }
    Status on(const ExportArchive&) {
        state.archive_wanted = true;
        return {};
    }
    Status on(const TakeArchive&) {
        state.archive_wanted = false;
        return {};
    }
    Status on(const SelectRun& command) {
        state.selected_run = command.id;
        return {};
    }
    Status on(const DeleteRun& command) { return remove_run(command.id); }
    Status on(const AddReadyModel& command) { return add_ready_model(command); }
    Status on(const DismissNotice& command) {
        std::erase_if(state.notices, [&](const Notice& notice) { return notice.id == command.id; });
        return {};
    }
    Status on(const RequestData& command) { return data_desk.request(command.id); }
    Status on(const ReportDataProgress& command) {
        data_desk.report_progress(command.id, command.received_bytes, command.total_bytes);
        return {};
    }
    Status on(const ReportDataReady& command) {
        if (const Status accepted = data_desk.accept(command.id, command.pair); !accepted) return accepted;
        trainings.begin_waiting();
        return {};
    }
    Status on(const ReportDataFailed& command) {
        data_desk.report_failure(command.id, command.message);
        trainings.fail_waiting(command.id, command.message);
        return {};
    }
    Status on(const ChooseDataset& command) {
        const Status chosen = data_desk.choose(command.id);
        check_form();
        return chosen;
    }
    Status on(const AddDataset& command) { return data_desk.add(command.name, std::move(*command.files)); }
    Status on(const CancelAddDataset&) {
        data_desk.cancel();
        return {};
    }
    Status on(const RemoveDataset& command) {
        const Status removed = data_desk.remove(command.id);
        check_form();
        return removed;
    }
    Status on(const OpenDatasetFiles&) {
        state.datasets.files_wanted = true;
        return {};
    }
    Status on(const ReportFilesPickerOpened&) {
        state.datasets.files_wanted = false;
        return {};
    }
};

App::App(Services services) : impl_(std::make_unique<Impl>(std::move(services))) {}
App::~App() = default;

const State& App::state() const { return impl_->state; }

Status App::apply(const Command& command) {
    Status status = command.visit([this](const auto& one) { return impl_->on(one); });
    impl_->touch();
    return status;
}

void App::perform(const Commands& commands) {
    for (const Command& command : commands) {
        if (const Status status = apply(command); !status) impl_->notify(status.error().message, true);
    }
}

bool App::update(double budget_secs) {
    bool changed = impl_->saving.update();
    if (impl_->trainings.update(budget_secs)) {
        impl_->touch();
        changed = true;
    }
    changed |= impl_->answer_when_due();
    impl_->settings.advance();
    const bool importing = impl_->data_desk.pending();
    if (budget_secs > 0 &&
        (impl_->data_desk.advance(budget_secs) || impl_->evaluations.advance(budget_secs) || impl_->why.advance(budget_secs))) {
        if (importing && !impl_->data_desk.pending()) impl_->check_form();  // a new data set is the form's
        impl_->touch();
        changed = true;
    }
    return changed;
}

bool App::busy() const {
    const State& state = impl_->state;
    const bool drawing_waits = state.draw.paper_revision != impl_->answered_revision || impl_->answers_stale;
    return state.active_trainings() > 0 || drawing_waits || works_in_update() || impl_->saving.pending() ||
           impl_->settings.pending();
}

bool App::works_in_update() const {
    return impl_->trainings.works_in_update() || impl_->data_desk.pending() || impl_->evaluations.pending() ||
           impl_->why.pending();
}

Result<Model> App::kept_model(const std::string& run_id) const { return impl_->shelf.model(run_id); }

void App::take_over_store() { impl_->take_over_store(); }

Result<Bytes> App::archive() const { return impl_->archives.make(); }

Result<Reading> App::read(const GreyImage& grey, std::span<const std::string> only) {
    return read_picture(impl_->predictor, grey, {}, only);
}

Result<std::vector<Answer>> App::predict(std::span<const float, digit_pixels> pixels, std::span<const std::string> only) {
    return impl_->predictor.predict(pixels, only);
}

}  // namespace digitlab
