#include "calls.h"

#include <algorithm>
#include <map>
#include <utility>

#include "base/json_reader.h"
#include "base/within_memory.h"
#include "data/grey.h"
#include "predict/drawing_csv.h"
#include "train/benchmark.h"
#include "train/spec.h"

namespace digitlab::web {

namespace {

std::string answer(const Result<Json>& result) {
    Json json;
    if (result) {
        json["value"] = *result;
    } else {
        json["error"] = {{"code", result.error().code}, {"message", result.error().message}};
    }
    return dump_json(json);
}

Result<Json> done(const Status& status) {
    if (!status) return tl::unexpected(status.error());
    return Json();
}

Result<std::string> text_argument(const Json& arguments, const char* key) {
    std::string text;
    if (const Status read = read_optional(arguments, key, text); !read) return tl::unexpected(read.error());
    return text;
}

Result<Json> env(App& app, const Json&) { return to_json(app.state().environment); }

Result<Json> status(App& app, const Json&) { return status_json(app.state()); }

Result<Json> runs(App& app, const Json&) {
    Json list = Json::array();
    for (const Run& run : app.state().runs) list.push_back(to_json(run));
    return list;
}

Result<Json> run(App& app, const Json& arguments) {
    const auto id = text_argument(arguments, "id");
    if (!id) return tl::unexpected(id.error());
    const Run* found = find_run(app.state(), *id);
    if (!found) return unknown_run(*id);
    return to_json(*found);
}

Json model_json(const Run& run) {
    Json json = {{"id", run.id},
                 {"name", run.name},
                 {"architecture", run.spec.architecture.id},
                 {"title", run.spec.architecture.title},
                 {"parameters", run.parameters},
                 {"epochs", run.epochs.size()},
                 {"status", to_string(run.status)}};
    json["dataset"] = run.spec.dataset;
    json["classNames"] = run.class_names;
    json["validationAccuracy"] = run.epochs.empty() ? Json() : Json(run.epochs.back().validation_accuracy);
    json["testAccuracy"] = run.test ? Json(run.test->accuracy) : Json();
    return json;
}

Json model_json(const ReadyModel& ready) {
    return {{"id", ready.id},
            {"name", ready.name},
            {"architecture", ready.architecture.id},
            {"title", ready.architecture.title},
            {"parameters", ready.parameters},
            {"epochs", ready.epochs},
            {"status", "ready-made"},
            {"dataset", ready.classes.dataset},
            {"classNames", ready.classes.names},
            {"validationAccuracy", nullptr},
            {"testAccuracy", ready.test_accuracy}};
}

Result<Json> models(App& app, const Json&) {
    Json list = Json::array();
    for (const std::string& id : app.state().models) {
        if (const Run* run = find_run(app.state(), id)) list.push_back(model_json(*run));
        for (const ReadyModel& ready : app.state().ready_models) {
            if (ready.id == id) list.push_back(model_json(ready));
        }
    }
    return list;
}

Result<Json> train(App& app, const Json& arguments) {
    const auto spec = spec_from_json(arguments);
    if (!spec) return tl::unexpected(spec.error());
    if (const Status started = app.apply(StartTraining{*spec}); !started) return tl::unexpected(started.error());
    return Json{{"runId", app.state().runs.back().id}};
}

/// Applies a command to the run with the given id, or without an id to the training in view.
template <class OfTraining>
Result<Json> on_training(App& app, const Json& arguments, OfTraining command) {
    auto id = arguments.is_null() ? Result<std::string>("") : text_argument(arguments, "id");
    if (!id) return tl::unexpected(id.error());
    command.run_id = std::move(*id);
    return done(app.apply(command));
}

Result<Json> pause(App& app, const Json& arguments) { return on_training(app, arguments, PauseTraining{}); }
Result<Json> resume(App& app, const Json& arguments) { return on_training(app, arguments, ResumeTraining{}); }
Result<Json> stop(App& app, const Json& arguments) { return on_training(app, arguments, StopTraining{}); }

Result<Json> step(App& app, const Json& arguments) {
    std::string unit = "batch";
    if (const Status read = read_optional(arguments, "unit", unit); !read) return tl::unexpected(read.error());
    if (unit != "batch" && unit != "epoch") return fail("bad-argument", "A step is a \"batch\" or an \"epoch\".");
    return on_training(app, arguments, StepTraining{unit == "epoch" ? StepUnit::epoch : StepUnit::batch});
}

Result<Json> set_learning_rate(App& app, const Json& arguments) {
    float rate = 0;
    if (const Status read = read_optional(arguments, "learningRate", rate); !read) return tl::unexpected(read.error());
    return on_training(app, arguments, SetLearningRate{rate});
}

Result<Json> continue_run(App& app, const Json& arguments) {
    const auto id = text_argument(arguments, "id");
    if (!id) return tl::unexpected(id.error());
    if (const Status continued = app.apply(ContinueRun{*id}); !continued) return tl::unexpected(continued.error());
    return Json{{"runId", *id}};
}

Result<Json> set_at_once(App& app, const Json& arguments) {
    int count = 1;
    if (const Status read = read_optional(arguments, "count", count); !read) return tl::unexpected(read.error());
    return done(app.apply(SetAtOnce{count}));
}

/// Applies a command that holds an id and nothing else.
template <class Kind>
Result<Json> on_id(App& app, const Json& arguments) {
    const auto id = text_argument(arguments, "id");
    if (!id) return tl::unexpected(id.error());
    return done(app.apply(Kind{*id}));
}

Result<Json> drawings(App& app, const Json&) {
    Json list = Json::array();
    for (const auto& drawing : app.state().drawings.all) list.push_back(to_json(*drawing));
    return list;
}

Result<Json> label_drawing(App& app, const Json& arguments) {
    const auto id = text_argument(arguments, "id");
    if (!id) return tl::unexpected(id.error());
    if (!arguments.contains("label") || arguments["label"].is_null()) return done(app.apply(LabelDrawing{*id, std::nullopt}));
    int label = 0;
    if (const Status read = read_optional(arguments, "label", label); !read) return fail("bad-label", read.error().message);
    return done(app.apply(LabelDrawing{*id, label}));
}

Result<Json> drawings_csv_text(App& app, const Json& arguments) {
    bool pixels = false;
    if (const Status read = read_optional(arguments, "pixels", pixels); !read) return tl::unexpected(read.error());
    return drawings_csv(app.state().drawings.all, pixels);
}

/// The requests to the platform; see app/platform_requests.h.
Result<Json> requests(App& app, const Json&) {
    Json list = Json::array();
    for (const PlatformRequest& request : app.state().requests.waiting()) list.push_back(to_json(request));
    return list;
}

Result<Json> request_taken(App& app, const Json& arguments) {
    std::uint64_t id = 0;
    if (const Status read = read_optional(arguments, "id", id); !read) return tl::unexpected(read.error());
    return done(app.apply(RequestTaken{id}));
}

Result<Json> request_failed(App& app, const Json& arguments) {
    std::uint64_t id = 0;
    if (const Status read = read_optional(arguments, "id", id); !read) return tl::unexpected(read.error());
    const auto message = text_argument(arguments, "message");
    if (!message) return tl::unexpected(message.error());
    return done(app.apply(ReportRequestFailed{id, *message}));
}

Result<Json> report_persistence(App& app, const Json& arguments) {
    ReportPersistence command{Persistence::unknown};
    JsonReader reader(arguments, {"bad-argument"}, "The browser's promise is reported as an object with an \"answer\".");
    reader.required("answer", command.answer, persistence_words);
    if (!reader.ok()) return tl::unexpected(reader.status().error());
    return done(app.apply(command));
}

Result<Json> request_done(App& app, const Json& arguments) {
    std::uint64_t id = 0;
    if (const Status read = read_optional(arguments, "id", id); !read) return tl::unexpected(read.error());
    return done(app.apply(ReportRequestDone{id}));
}

Result<Json> report_done(App& app, const Json& arguments) {
    const auto message = text_argument(arguments, "message");
    if (!message) return tl::unexpected(message.error());
    return done(app.apply(ReportDone{*message}));
}

/// Fills in the form for a run and shows it.
Result<Json> open_spec(App& app, const Json& arguments) {
    if (const Status opened = app.apply(OpenSpec{dump_json(arguments)}); !opened) return tl::unexpected(opened.error());
    return done(app.apply(ShowView{View::train}));
}

Result<Json> rename_run(App& app, const Json& arguments) {
    RenameRun command;
    JsonReader reader(arguments, {"bad-argument", "A run is renamed by an id and a name: "});
    reader.required("id", command.id);
    reader.required("name", command.name);
    if (!reader.ok()) return tl::unexpected(reader.status().error());
    return done(app.apply(std::move(command)));
}

Result<Json> datasets(App& app, const Json&) {
    Json list = Json::array();
    for (const DatasetEntry& dataset : app.state().datasets.all) list.push_back(to_json(dataset));
    return list;
}

Result<Json> start_benchmark(App& app, const Json& arguments) {
    const auto options = benchmark_options_from_json(arguments);
    if (!options) return tl::unexpected(options.error());
    return done(app.apply(StartBenchmark{*options}));
}

/// Answers with null while it runs.
Result<Json> take_benchmark(App& app, const Json&) {
    auto result = app.take_benchmark();
    return result ? std::move(*result) : Result<Json>(Json());
}

using Method = Result<Json> (*)(App&, const Json&);

const std::map<std::string, Method>& methods() {
    static const std::map<std::string, Method> all = {{"env", env},
                                                      {"status", status},
                                                      {"runs", runs},
                                                      {"run", run},
                                                      {"models", models},
                                                      {"train", train},
                                                      {"pause", pause},
                                                      {"resume", resume},
                                                      {"stop", stop},
                                                      {"step", step},
                                                      {"setLearningRate", set_learning_rate},
                                                      {"continueRun", continue_run},
                                                      {"setAtOnce", set_at_once},
                                                      {"renameRun", rename_run},
                                                      {"deleteRun", on_id<DeleteRun>},
                                                      {"drawings", drawings},
                                                      {"labelDrawing", label_drawing},
                                                      {"drawingsCsv", drawings_csv_text},
                                                      {"requests", requests},
                                                      {"requestTaken", request_taken},
                                                      {"requestFailed", request_failed},
                                                      {"requestDone", request_done},
                                                      {"openSpec", open_spec},
                                                      {"reportDone", report_done},
                                                      {"reportPersistence", report_persistence},
                                                      {"datasets", datasets},
                                                      {"chooseDataset", on_id<ChooseDataset>},
                                                      {"removeDataset", on_id<RemoveDataset>},
                                                      {"startBenchmark", start_benchmark},
                                                      {"takeBenchmark", take_benchmark}};
    return all;
}

Result<Json> dispatch(App& app, const std::string& method, const std::string& arguments) {
    const auto found = methods().find(method);
    if (found == methods().end()) return fail("not-available", "\"" + method + "\" is not available in this version.");
    const auto json = parse_json(arguments);
    if (!json) return tl::unexpected(json.error());
    return found->second(app, *json);
}

Result<std::vector<std::string>> ids_from_json(const std::string& text) {
    const auto json = parse_json(text);
    if (!json) return tl::unexpected(json.error());
    std::vector<std::string> ids;
    if (json->is_null()) return ids;
    if (!json->is_array()) return fail("bad-argument", "models must be an array of model ids.");
    for (const Json& id : *json) {
        if (!id.is_string()) return fail("bad-argument", "models must be an array of model ids.");
        ids.push_back(id.get<std::string>());
    }
    return ids;
}

Result<Json> read(App& app, const GreyImage& grey, const std::string& only) {
    const auto ids = ids_from_json(only);
    if (!ids) return tl::unexpected(ids.error());
    if (app.state().models.empty()) return fail("no-model", "There is no trained model yet. Train one first.");
    const auto reading = app.read(grey, *ids);
    if (!reading) return tl::unexpected(reading.error());
    return to_json(*reading);
}

Result<Json> predict(App& app, std::span<const float, digit_pixels> pixels, const std::string& only) {
    const auto ids = ids_from_json(only);
    if (!ids) return tl::unexpected(ids.error());
    if (app.state().models.empty()) return fail("no-model", "There is no trained model yet. Train one first.");
    const auto answers = app.predict(pixels, *ids);
    if (!answers) return tl::unexpected(answers.error());
    Json list = Json::array();
    for (const Answer& one : *answers) list.push_back(to_json(one));
    return list;
}

}  // namespace

std::string call(App& app, const std::string& method, const std::string& arguments) {
    return answer(dispatch(app, method, arguments));
}

std::vector<std::string> call_methods() {
    std::vector<std::string> names;
    for (const auto& [name, method] : methods()) names.push_back(name);
    return names;
}

std::string import_archive(App& app, std::span<const std::uint8_t> file) {
    const auto import = [&] { return done(app.apply(ImportArchive{Bytes(file.begin(), file.end())})); };
    return answer(within_memory("There is not enough memory for this archive. Close other tabs and try again.", import));
}

std::string export_archive(App& app, Bytes& archive) {
    auto made = app.archive();
    if (!made) return answer(tl::unexpected(made.error()));
    archive = std::move(*made);
    return answer(Json(archive.size()));
}

std::string add_dataset(App& app, Arrivals& arrivals, const std::string& name) {
    if (const Status begun = arrivals.add_dataset(name); !begun) return answer(tl::unexpected(begun.error()));
    return answer(Json(app.state().datasets.import.number));
}

std::string predict_pixels(App& app, std::span<const float> pixels, const std::string& only) {
    if (pixels.size() != digit_pixels) return answer(fail("bad-image", "A digit is 28 x 28 = 784 numbers."));
    return answer(predict(app, pixels.first<digit_pixels>(), only));
}

std::string predict_rgba(App& app, std::span<const std::uint8_t> rgba, int width, int height, const std::string& only) {
    const auto grey = grey_from_rgba(rgba, width, height);
    if (!grey) return answer(tl::unexpected(grey.error()));
    const auto reading = read(app, *grey, only);
    if (!reading) return answer(tl::unexpected(reading.error()));
    return answer((*reading)["digits"][0]["answers"]);
}

std::string read_rgba(App& app, std::span<const std::uint8_t> rgba, int width, int height, const std::string& only) {
    const auto grey = grey_from_rgba(rgba, width, height);
    if (!grey) return answer(tl::unexpected(grey.error()));
    return answer(read(app, *grey, only));
}

}  // namespace digitlab::web
