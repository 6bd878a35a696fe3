#include "app/app.h"

#include <algorithm>
#include <cmath>
#include <type_traits>
#include <utility>

#include "app/data_desk.h"
#include "app/draw_commands.h"
#include "app/drawing_desk.h"
#include "app/evaluations.h"
#include "app/form_commands.h"
#include "app/why_desk.h"
#include "base/random.h"
#include "data/sample_digits.h"
#include "nn/architecture.h"
#include "store/history.h"
#include "train/fine_tune.h"
#include "train/session.h"

namespace digitlab {

namespace {

/// Commands that put something else on the paper: what was there is done with.
template <class DrawingCommand>
constexpr bool replaces_paper =
    std::is_same_v<DrawingCommand, ClearDrawing> || std::is_same_v<DrawingCommand, PlaceSampleDigit> ||
    std::is_same_v<DrawingCommand, PlaceSamplePhoto>;

}  // namespace

struct App::Impl {
    explicit Impl(Services given)
        : services(std::move(given)),
          history(services.files),
          predictor(services.clock),
          desk(state, services.files, services.unix_clock, [this](const Status& stored) { take_stored(stored); }),
          data_desk(state, services.files, services.clock,
                    {[this](const Status& stored) { take_stored(stored); },
                     [this](const std::string& message) { notify(message, true); }}),
          evaluations(predictor, services.clock),
          why(state, predictor, services.clock) {
        state.environment = services.environment;
        state.form = default_form("mlp");
        load_history();
    }

    Services services;
    State state;
    History history;
    Predictor predictor;
    DrawingDesk desk;
    DataDesk data_desk;
    Evaluations evaluations;
    WhyDesk why;
    DrawingSplit tuned_on;  ///< of the training that runs
    std::unique_ptr<TrainingSession> session;
    std::uint64_t seen_session_version = 0;
    std::uint64_t answered_revision = 0;  ///< paper revision the answers belong to
    bool answers_stale = false;
    int next_notice = 1;

    // What a flush still on its way may touch after the App is gone.
    struct FlushWatch {
        int unfinished = 0;
        bool changed = false;
        Status last;
    };
    std::shared_ptr<FlushWatch> flushes = std::make_shared<FlushWatch>();

    void touch() { ++state.revision; }

    void notify(std::string text, bool is_error) {
        state.notices.push_back({next_notice++, is_error, std::move(text)});
        touch();
    }

    // --- history -----------------------------------------------------------------------------------------------------

    void load_history() {
        for (const std::string& problem : history.problems()) notify(problem, true);
        for (const std::string& problem : desk.problems()) notify(problem, true);
        for (const std::string& problem : data_desk.problems()) notify(problem, true);
        const std::string read_only = services.files.read_only_reason();
        if (!read_only.empty()) state.save = {SavePhase::read_only, read_only};
        const std::vector<Run> stored = history.runs();
        state.runs = stored;
        for (const Run& run : stored) {
            // Where nothing can be written, the run may well be training in the tab that can.
            if (run.status == RunStatus::running && read_only.empty()) end_abandoned(run);
            if (!run.model_file.empty()) load_model(run);
        }
        refresh_models();
    }

    /// A run that was training when its tab went away keeps what its last epoch left.
    void end_abandoned(Run run) {
        run.status = RunStatus::stopped;
        run.failure = "The page was closed while this run was training; the model is that of its last finished epoch.";
        keep(run, nullptr);
    }

    void load_model(const Run& run) {
        auto model = history.model(run.id);
        const Status added = model ? predictor.add(run.id, run.name, *model) : tl::unexpected(model.error());
        if (!added) notify(run.name + " cannot answer: " + added.error().message, true);
    }

    Status add_ready_model(const Bytes& file) {
        const auto model = decode_model(file);
        if (!model) return tl::unexpected(model.error());
        ReadyModel ready{"", "", model->architecture, parameter_count(model->architecture), 0, model->notes};
        for (const Status& read : {read_optional(model->notes, "id", ready.id), read_optional(model->notes, "name", ready.name),
                                   read_optional(model->notes, "testAccuracy", ready.test_accuracy)}) {
            if (!read) return read;
        }
        if (ready.id.empty() || find_run(state, ready.id))
            return fail("bad-model", "The ready-made model has no id of its own.");
        if (Status added = predictor.add(ready.id, ready.name, *model); !added) return added;
        std::erase_if(state.ready_models, [&](const ReadyModel& one) { return one.id == ready.id; });
        state.ready_models.push_back(std::move(ready));
        refresh_models();
        return {};
    }

    void refresh_models() {
        state.models = predictor.ids();
        answers_stale = true;
        touch();
    }

    /// Writes the run and its model and starts the flush.
    void keep(const Run& run, const Model* model) {
        const Status saved = history.save(run, model);
        if (saved) state.runs = history.runs();
        take_stored(saved);
    }

    void take_stored(const Status& stored) {
        if (stored) {
            flush();
        } else {
            report_unsaved(stored.error());
        }
    }

    void report_unsaved(const Error& error) {
        const bool read_only = error.code == "read-only";
        state.save = {read_only ? SavePhase::read_only : SavePhase::failed, error.message};
        touch();
    }

    void flush() {
        state.save = {SavePhase::saving, ""};
        ++flushes->unfinished;
        services.files.flush([watch = flushes](Status result) {
            --watch->unfinished;
            watch->changed = true;
            watch->last = std::move(result);
        });
        touch();
    }

    bool take_flush_results() {
        if (!flushes->changed) return false;
        flushes->changed = false;
        if (!flushes->last) {
            report_unsaved(flushes->last.error());
        } else if (flushes->unfinished == 0 && state.save.phase == SavePhase::saving) {
            state.save = {SavePhase::saved, ""};
        }
        touch();
        return true;
    }

    /// The run as the user sees it; also when it could not be stored.
    void put(const Run& run) {
        const auto place = std::ranges::find(state.runs, run.id, &Run::id);
        if (place == state.runs.end()) {
            state.runs.push_back(run);
        } else {
            *place = run;
        }
        touch();
    }

    // --- training ----------------------------------------------------------------------------------------------------

    Status start(const std::optional<ExperimentSpec>& wanted) {
        if (state.training.active) {
            return fail("busy", "A training is already running. Stop it or wait until it has finished.");
        }
        ExperimentSpec spec;
        if (wanted) {
            spec = *wanted;
        } else {
            auto from_form = spec_from_form(state.form);
            if (!from_form) return tl::unexpected(from_form.error());
            spec = *from_form;
        }
        Run run;
        if (const Status suited = data_desk.suit(spec); !suited) return suited;
        const DatasetOutline outline = *find_dataset(state, spec.dataset);
        if (const Status known = find_start(spec, run); !known) return known;
        if (const Status checked = check_spec(spec, outline.train_rows); !checked) return checked;
        if (const Status wanted_data = data_desk.request(spec.dataset); !wanted_data) return wanted_data;

        run.id = unused_id();
        run.name = unused_name(spec.architecture.id);
        run.spec = spec;
        run.parameters =
            parameter_count(spec.dataset == mnist_id ? spec.architecture : with_classes(spec.architecture, outline.classes));
        run.class_names = outline.class_names;
        run.started_unix_secs = services.unix_clock();
        run.environment = to_json(state.environment);

        state.training = TrainingState{};
        state.training.active = true;
        state.training.waiting = true;
        state.training.spec = spec;
        state.training.run_id = run.id;
        state.training.progress.epochs = spec.epochs;
        put(run);
        return data_desk.ready(spec.dataset) ? begin() : Status{};
    }

    // A run that could not be stored is in the state only, so both are asked.
    bool taken(const std::string& id, const std::string& name) const {
        return std::ranges::any_of(state.runs, [&](const Run& run) { return run.id == id || run.name == name; });
    }
    std::string unused_id() const {
        std::string id = history.next_id();
        while (taken(id, "")) id += "x";
        return id;
    }
    std::string unused_name(const std::string& architecture_id) const {
        std::string name = history.next_name(architecture_id);
        const std::string stem = name.substr(0, name.find_last_not_of("0123456789") + 1);
        for (int number = std::stoi(name.substr(stem.size())); taken("", name);) name = stem + std::to_string(++number);
        return name;
    }

    /// Looks for what the spec goes on from: the model, whose architecture it then takes over, and labelled drawings.
    Status find_start(ExperimentSpec& spec, Run& run) const {
        if (spec.drawings && labelled_count(state.drawings) == 0) {
            return fail("no-drawings", "There are no labelled drawings to train on. Say of some what they truly are first.");
        }
        if (spec.start_from.empty() && !spec.drawings) return {};
        run.fine_tune.emplace();
        if (spec.start_from.empty()) return {};
        const auto model = predictor.model(spec.start_from);
        if (!model) return tl::unexpected(model.error());
        if (spec.architecture.layers.empty()) spec.architecture = model->architecture;
        const int outputs = model->architecture.layers.back().units;
        const bool digits = spec.dataset == mnist_id && predictor.classes(spec.start_from).dataset == mnist_id;
        if (const int classes = find_dataset(state, spec.dataset)->classes; !digits && outputs != classes) {
            return fail("bad-spec", "The model to start from tells " + std::to_string(outputs) +
                                        " classes apart, but the data set has " + std::to_string(classes) + ".");
        }
        if (with_classes(spec.architecture, digits ? spec.architecture.layers.back().units : outputs).layers !=
            model->architecture.layers) {
            return fail("bad-spec", "The model to start from has other layers than the architecture to train.");
        }
        run.fine_tune->parent = spec.start_from;
        run.fine_tune->parent_name = model_name(state, spec.start_from);
        if (const Run* parent = find_run(state, spec.start_from); parent && parent->test) {
            run.fine_tune->parent_test_accuracy = parent->test->accuracy;
        }
        for (const ReadyModel& ready : state.ready_models) {
            if (ready.id == spec.start_from) run.fine_tune->parent_test_accuracy = ready.test_accuracy;
        }
        return {};
    }

    Result<TrainingInput> training_input(const ExperimentSpec& spec) {
        TrainingInput input(find_data(state, spec.dataset)->pair);
        tuned_on = {};
        if (spec.drawings) {
            tuned_on = split_drawings(state.drawings.all);
            auto mixed = mix_in(dataset_of(tuned_on.trained), state.data.pair, spec);
            if (!mixed) return mixed;
            input = std::move(*mixed);
        }
        if (spec.start_from.empty()) return input;
        auto start = predictor.model(spec.start_from);
        if (!start) return tl::unexpected(start.error());
        input.start = std::make_shared<const Model>(std::move(*start));
        return input;
    }

    Status begin() {
        auto input = training_input(state.training.spec);
        auto started =
            input ? TrainingSession::start(state.training.spec, std::move(*input), state.environment.threads, services.clock)
                  : tl::unexpected(input.error());
        if (!started) {
            end_run(RunStatus::failed, started.error().message);
            return tl::unexpected(started.error());
        }
        session = std::move(*started);
        if (state.training.spec.drawings) score_drawings(state.training.run_id, state.training.spec.start_from, false);
        seen_session_version = 0;
        state.training.waiting = false;
        if (state.training.paused) session->pause();
        touch();
        return {};
    }

    /// Counts what `model` makes of the drawings that the run `run_id` is trained on, and of those held out.
    void score_drawings(const std::string& run_id, const std::string& model, bool after) {
        DrawingList all = tuned_on.trained;
        all.insert(all.end(), tuned_on.held_out.begin(), tuned_on.held_out.end());
        const std::size_t trained = tuned_on.trained.size();
        evaluations.add(model, std::move(all),
                        [this, run_id, trained, after](const Evaluation& evaluation, const Status& status) {
                            const Run* found = find_run(state, run_id);
                            const std::size_t total = evaluation.drawings.size();
                            if (!found || !found->fine_tune || (status && evaluation.digits.size() < total)) return;
                            Run run = *found;
                            const auto note = [&](DrawingScore& score, std::size_t first, std::size_t count) {
                                score.count = static_cast<int>(count);
                                if (status) (after ? score.right_after : score.right_before) = evaluation.right(first, count);
                            };
                            note(run.fine_tune->trained, 0, trained);
                            note(run.fine_tune->held_out, trained, total - trained);
                            put(run);
                            keep(run, nullptr);
                            put_model_file(run.id);
                        });
    }

    Run current_run() const {
        const Run* run = find_run(state, state.training.run_id);
        return run ? *run : Run{};
    }

    void end_run(RunStatus status, const std::string& failure) {
        Run run = current_run();
        run.status = status;
        run.failure = failure;
        finish(run, nullptr);
    }

    void finish(const Run& run, const Model* model) {
        session.reset();
        state.training.active = state.training.waiting = state.training.paused = state.training.stopping = false;
        put(run);
        keep(run, model);
        put_model_file(run.id);
    }

    /// `keep` may have failed, in which case the state keeps the run without a file.
    void put_model_file(const std::string& id) {
        if (const Run* stored = history.find(id)) put(*stored);
    }

    bool take_session_update() {
        if (!session || session->version() == seen_session_version) return false;
        seen_session_version = session->version();
        SessionUpdate update = session->take_update();
        TrainingState& training = state.training;
        training.progress = update.progress;
        training.chart.insert(training.chart.end(), update.new_points.begin(), update.new_points.end());
        training.epochs.insert(training.epochs.end(), update.new_epochs.begin(), update.new_epochs.end());
        touch();
        if (update.ended) {
            end_session(update);
        } else if (update.epoch_model) {
            keep_epoch(*update.epoch_model, update.weights_hash);
        }
        return true;
    }

    void add_answering(const Run& run, const Model& model) {
        why.forget(run.id);
        if (const Status added = predictor.add(run.id, run.name, model); !added) notify(added.error().message, true);
        refresh_models();
    }

    /// Each epoch is worth keeping: a closed tab then loses one epoch at most, and the model answers while it learns.
    void keep_epoch(const Model& exact, const std::string& weights_hash) {
        const Model model = half_precision(exact);
        Run run = current_run();
        run.weights_hash = weights_hash;
        run.epochs = state.training.epochs;
        run.secs = state.training.progress.elapsed_secs;
        put(run);
        keep(run, &model);
        put_model_file(run.id);
        add_answering(run, model);
    }

    void end_session(const SessionUpdate& update) {
        Run run = current_run();
        run.epochs = state.training.epochs;
        run.test = update.test;
        run.secs = update.secs;
        run.status = update.error ? RunStatus::failed : update.stopped_early ? RunStatus::stopped : RunStatus::finished;
        if (update.error) {
            run.failure = update.error->message;
            notify(run.name + ": " + update.error->message, true);
        }
        if (!update.model) return finish(run, nullptr);
        // What answers is what the file holds: no answer changes when the page is opened again.
        const Model model = half_precision(*update.model);
        run.weights_hash = update.weights_hash;
        finish(run, &model);
        add_answering(run, model);
        if (run.spec.drawings) score_drawings(run.id, run.id, true);
    }

    Status pause(bool paused) {
        if (!state.training.active) return fail("not-training", "Nothing is training.");
        state.training.paused = paused;
        if (session) paused ? session->pause() : session->resume();
        touch();
        return {};
    }

    Status stop() {
        if (!state.training.active) return fail("not-training", "Nothing is training.");
        if (!session) {
            end_run(RunStatus::stopped, "Stopped before the data set had arrived.");
            return {};
        }
        state.training.stopping = true;
        state.training.paused = false;
        session->stop();
        touch();
        return {};
    }

    Status remove_run(const std::string& id) {
        if (!find_run(state, id)) return fail("unknown-run", "There is no run \"" + id + "\".");
        if (state.training.active && state.training.run_id == id) {
            return fail("busy", "This run is training. Stop it before deleting it.");
        }
        if (history.find(id)) {
            if (Status removed = history.remove(id); !removed) return removed;
            flush();
        }
        std::erase_if(state.runs, [&](const Run& run) { return run.id == id; });
        if (state.selected_run == id) state.selected_run.clear();
        predictor.remove(id);
        why.forget(id);
        refresh_models();
        return {};
    }

    // --- data --------------------------------------------------------------------------------------------------------

    bool waits_for(const std::string& dataset) const {
        return state.training.waiting && state.training.spec.dataset == dataset;
    }

    // --- drawing -----------------------------------------------------------------------------------------------------

    bool answer_drawing() {
        DrawState& draw = state.draw;
        if (draw.paper_revision == answered_revision && !answers_stale) return false;
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
        DrawingSplit labelled = split_drawings(state.drawings.all);
        DrawingList drawings = std::move(labelled.trained);
        drawings.insert(drawings.end(), labelled.held_out.begin(), labelled.held_out.end());
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
        auto spec = spec_from_form(state.form);
        Status checked = spec ? data_desk.suit(*spec) : tl::unexpected(spec.error());
        if (checked) checked = check_spec(*spec, find_dataset(state, spec->dataset)->train_rows);
        state.form.problem = checked ? "" : checked.error().message;
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
    Status on(const StartTraining& command) { return start(command.spec); }
    Status on(const PauseTraining&) { return pause(true); }
    Status on(const ResumeTraining&) { return pause(false); }
    Status on(const StopTraining&) { return stop(); }
    template <class DrawingCommand>
        requires requires(DrawState& draw, const DrawingCommand& command) { change_drawing(draw, command); }
    Status on(const DrawingCommand& command) {
        if constexpr (replaces_paper<DrawingCommand>) move_on();
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
    Status on(const SelectRun& command) {
        state.selected_run = command.id;
        return {};
    }
    Status on(const DeleteRun& command) { return remove_run(command.id); }
    Status on(const AddReadyModel& command) { return add_ready_model(command.file); }
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
        return waits_for(command.id) ? begin() : Status{};
    }
    Status on(const ReportDataFailed& command) {
        data_desk.report_failure(command.id, command.message);
        if (waits_for(command.id)) end_run(RunStatus::failed, command.message);
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
    Status status = std::visit([this](const auto& one) { return impl_->on(one); }, command);
    impl_->touch();
    return status;
}

void App::perform(const Commands& commands) {
    for (const Command& command : commands) {
        if (const Status status = apply(command); !status) impl_->notify(status.error().message, true);
    }
}

bool App::update(double budget_secs) {
    bool changed = impl_->take_flush_results();
    if (budget_secs > 0 && impl_->session && impl_->session->needs_advance()) impl_->session->advance(budget_secs);
    changed |= impl_->take_session_update();
    changed |= impl_->answer_drawing();
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
    return state.training.active || drawing_waits || works_in_update() || impl_->flushes->changed ||
           state.save.phase == SavePhase::saving;
}

bool App::works_in_update() const {
    const bool trains = impl_->session && impl_->session->needs_advance() && !impl_->state.training.paused;
    return trains || impl_->data_desk.pending() || impl_->evaluations.pending() || impl_->why.pending();
}

Result<Reading> App::read(const GreyImage& grey, std::span<const std::string> only) {
    return read_picture(impl_->predictor, grey, {}, only);
}

Result<std::vector<Answer>> App::predict(std::span<const float, digit_pixels> pixels, std::span<const std::string> only) {
    return impl_->predictor.predict(pixels, only);
}

}  // namespace digitlab
