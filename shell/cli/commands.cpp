#include "commands.h"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iterator>

#include "app/app.h"
#include "base/clock.h"
#include "base/thread_pool.h"
#include "data/grey.h"
#include "data/idx.h"
#include "data/split.h"
#include "data_option.h"
#include "nn/known_classes.h"
#include "platform/native/disk_files.h"
#include "platform/native/image.h"
#include "predict/reading.h"
#include "store/history.h"
#include "train/benchmark.h"
#include "train/calibrator.h"
#include "train/evaluation.h"
#include "train/trainer.h"
#include "trainings.h"

namespace digitlab::cli {

namespace {

/// A model by run id, run name or path of a model file.
struct NamedModel {
    std::string id, name;
    Model model;
};

Result<NamedModel> find_model(const History& history, const std::string& wanted) {
    for (const Run& run : history.runs()) {
        if (run.id != wanted && run.name != wanted) continue;
        auto model = history.model(run.id);
        if (!model) return tl::unexpected(model.error());
        return NamedModel{run.id, run.name, std::move(*model)};
    }
    std::ifstream file(wanted, std::ios::binary);
    if (!file) return fail("unknown-model", "\"" + wanted + "\" is neither a run nor a model file.");
    const Bytes bytes(std::istreambuf_iterator<char>(file), {});
    auto model = decode_model(bytes);
    if (!model) return tl::unexpected(Error{model.error().code, wanted + ": " + model.error().message});
    return NamedModel{wanted, wanted, std::move(*model)};
}

Result<std::vector<NamedModel>> chosen_models(const History& history, const Options& options) {
    std::vector<std::string> wanted = options.models;
    if (wanted.empty()) {
        for (const Run& run : history.runs()) {
            if (!run.model_file.empty()) wanted.push_back(run.id);
        }
    }
    if (wanted.empty()) return fail("no-model", "Nothing has been trained yet. Start with: digitlab train mlp");
    std::vector<NamedModel> models;
    for (const std::string& one : wanted) {
        auto model = find_model(history, one);
        if (!model) return tl::unexpected(model.error());
        models.push_back(std::move(*model));
    }
    return models;
}

/// A picture in MNIST's form: one digit, taken as it is.
Result<Reading> read_mnist_form(Predictor& predictor, const std::string& path, const RgbaImage& image) {
    if (image.width != digit_side || image.height != digit_side) {
        return fail("bad-image", path + " is not 28x28 pixels, which --mnist needs.");
    }
    ReadDigit digit;
    digit.prepared.blank = false;
    digit.prepared.right = digit.prepared.bottom = digit_side;
    for (std::size_t i = 0; i < digit.prepared.pixels.size(); ++i) {
        digit.prepared.pixels[i] = static_cast<float>(image.rgba[4 * i]) / 255.0F;
    }
    auto answers = predictor.predict(digit.prepared.pixels);
    if (!answers) return tl::unexpected(answers.error());
    Reading reading;
    digit.answers = std::move(*answers);
    digit.consensus = find_consensus(digit.answers);
    reading.number = leading_answer(digit.answers)->label();
    reading.digits.push_back(std::move(digit));
    return reading;
}

Result<Reading> read_file(Predictor& predictor, const std::string& path, bool mnist_form) {
    const auto image = read_image(path);
    if (!image) return tl::unexpected(image.error());
    if (mnist_form) return read_mnist_form(predictor, path, *image);
    const auto grey = grey_from_rgba(image->rgba, image->width, image->height);
    if (!grey) return tl::unexpected(grey.error());
    auto reading = read_picture(predictor, *grey);
    if (reading && reading->digits.empty()) return fail("blank", path + " shows nothing that could be a digit.");
    return reading;
}

Json test_json(const NamedModel& model, const TestResult& test) {
    Json json = {{"model", model.id}, {"name", model.name}, {"architecture", model.model.architecture.id}};
    json["test"] = to_json(test);
    return json;
}

void print_reading(const std::string& image, const Reading& reading) {
    std::printf("%s: %s%s%s\n", image.c_str(), reading.number.c_str(), reading.unsure ? "  " : "", reading.doubt.c_str());
    for (const ReadDigit& digit : reading.digits) {
        for (const Answer& answer : digit.answers) {
            std::printf("  %s  %5.1f %%  %s (%s, %.2f ms)%s\n", answer.label().c_str(),
                        100 * static_cast<double>(answer.confidence), answer.name.c_str(), answer.architecture.c_str(),
                        answer.ms, answer.fits ? "" : ", not a digit");
        }
    }
}

/// `answers` are those of the first digit, as before there could be more.
Json reading_json(const std::string& image, const Reading& reading) {
    Json json = {{"image", image}};
    json.update(to_json(reading));
    json["answers"] = json["digits"][0]["answers"];
    return json;
}

}  // namespace

namespace {

void print_list(bool json) {
    Json list = Json::array();
    for (const Architecture& architecture : catalogue()) {
        list.push_back(to_json(architecture));
        if (!json) std::printf("%-14s %9zu parameters\n", architecture.id.c_str(), parameter_count(architecture));
    }
    if (json) std::printf("%s\n", dump_json(list, 2).c_str());
}

double median(const Json& figures, const char* name) { return figures[name]["median"].get<double>(); }

void print_benchmark(const Json& result) {
    std::printf("%d threads, batches of %d; peak %.1f GFLOP/s on one thread, %.1f on all; matrix kernel %.0f %% of it\n",
                result["threads"].get<int>(), result["batchSize"].get<int>(), result["peakGflops"]["oneThread"].get<double>(),
                result["peakGflops"]["allThreads"].get<double>(), 100 * result["kernel"]["shareOfPeak"].get<double>());
    for (const Json& one : result["architectures"]) {
        std::printf("%-14s %9.0f trained/s  %9.0f on one thread  %9.0f answered/s  %8.4f ms for one\n",
                    one["id"].get<std::string>().c_str(), median(one, "trainImagesPerSecond"),
                    median(one, "oneThreadTrainImagesPerSecond"), median(one, "testImagesPerSecond"),
                    median(one, "oneImageMs"));
        for (const Json& layer : one.value("layers", Json::array())) {
            std::printf("    %-16s forward %8.4f ms %7.1f GFLOP/s   backward %8.4f ms %7.1f GFLOP/s\n",
                        layer["layer"].get<std::string>().c_str(), layer["forwardMs"].get<double>(),
                        layer["forwardGflops"].get<double>(), layer["backwardMs"].get<double>(),
                        layer["backwardGflops"].get<double>());
        }
    }
}

}  // namespace

namespace {

Status write_file(const std::string& path, const Bytes& bytes) {
    std::ofstream file(path, std::ios::binary);
    file.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    file.close();
    if (!file) return fail("not-written", "\"" + path + "\" could not be written.");
    return {};
}

}  // namespace

namespace {

Status export_archive(const Options& options) {
    DiskFiles files(options.store_folder);
    const App app(services(files, options));
    const auto archive = app.archive();
    if (!archive) return tl::unexpected(archive.error());
    if (Status written = write_file(options.archive, *archive); !written) return written;
    if (options.json) {
        std::printf("%s\n", dump_json({{"file", options.archive}, {"bytes", archive->size()}}, 2).c_str());
    } else {
        std::printf("%s\n", options.archive.c_str());
    }
    return {};
}

}  // namespace

Status import_archives(const Options& options) {
    DiskFiles files(options.store_folder);
    App app(services(files, options));
    for (const std::string& path : options.archives) {
        std::ifstream file(path, std::ios::binary);
        if (Status imported = app.apply(ImportArchive{Bytes(std::istreambuf_iterator<char>(file), {})}); !imported) {
            return fail(imported.error().code.c_str(), path + ": " + imported.error().message);
        }
        if (!options.json) std::printf("%s: %s\n", path.c_str(), app.state().notices.back().text.c_str());
    }
    if (options.json) std::printf("%s\n", dump_json({{"runs", app.state().runs.size()}}, 2).c_str());
    return {};
}

Status export_model(const Options& options) {
    if (!options.archive.empty()) return export_archive(options);
    if (options.exported_model.empty() || options.output.empty()) {
        return fail("bad-argument", "Name a model and a file to export it to, or --archive and a file for everything.");
    }
    DiskFiles files(options.store_folder);
    const History history(files);
    auto found = find_model(history, options.exported_model);
    if (!found) return tl::unexpected(found.error());
    Json notes = {{"name", options.title.empty() ? found->name : options.title}};
    if (!options.id.empty()) notes["id"] = options.id;
    if (const Run* run = history.find(found->id)) {
        notes["run"] = {{"spec", to_json(run->spec)}, {"secs", run->secs}, {"environment", run->environment}};
        notes["epochs"] = run->epochs.size();
        notes["weightsHash"] = run->weights_hash.empty() ? weights_hash(found->model) : run->weights_hash;
        if (run->test) notes["testAccuracy"] = run->test->accuracy;
    }
    for (const char* kept : {"calibration", "dataset", "classNames"}) {
        if (found->model.notes.contains(kept)) notes[kept] = found->model.notes[kept];
    }
    found->model.notes = notes;
    const bool half = options.precision == "half";
    if (Status written = write_file(options.output, encode_model(found->model, half ? Precision::half : Precision::single));
        !written) {
        return written;
    }
    if (options.json) {
        std::printf("%s\n", dump_json({{"file", options.output}, {"notes", notes}}, 2).c_str());
    } else {
        std::printf("%s\n", options.output.c_str());
    }
    return {};
}

Status calibrate(const Options& options) {
    std::ifstream file(options.output, std::ios::binary);
    const Bytes bytes(std::istreambuf_iterator<char>(file), {});
    auto model = decode_model(bytes);
    if (!model) return tl::unexpected(model.error());
    if (const auto known = known_classes(model->notes, model->architecture.layers.back().units); !known || !known->digits()) {
        return fail("bad-data", "Only models of digits can be calibrated afterwards: the pictures of others are not at hand.");
    }
    const auto data = read_mnist_folder(options.data_folder);
    if (!data) return tl::unexpected(data.error());

    int count = 0;
    std::uint64_t seed = 1;
    if (const Json spec = model->notes.value("run", Json::object()).value("spec", Json::object()); spec.is_object()) {
        for (const Status& read : {read_optional(spec, "validationCount", count), read_optional(spec, "seed", seed)}) {
            if (!read) return read;
        }
    }
    count = options.validation_count.value_or(count);
    seed = options.seed.value_or(seed);
    if (count < 1 || static_cast<std::size_t>(count) >= data->train->rows()) {
        return fail("no-data", "The file's notes do not say which images were kept for validation: give --validation-count.");
    }
    const Split split = split_rows(data->train->rows(), static_cast<std::size_t>(count), seed);
    ThreadPool pool(threads_to_use(options));
    const auto calibration = calibrate_model(*model, *data->train, split.validation, pool);
    if (!calibration) return tl::unexpected(calibration.error());
    model->notes["calibration"] = to_json(*calibration);
    const Precision precision = options.precision == "half" ? Precision::half : Precision::single;
    if (Status written = write_file(options.output, encode_model(*model, precision)); !written) return written;
    if (options.json) {
        std::printf("%s\n", dump_json(model->notes["calibration"], 2).c_str());
    } else {
        std::printf("%s: temperature %.3f, validation accuracy %.2f %%\n", options.output.c_str(), calibration->temperature,
                    100 * calibration->validation_accuracy);
    }
    return {};
}

Status bench(const Options& options) {
    if (options.list) {
        print_list(options.json);
        return {};
    }
    Json wanted = {{"secs", options.secs}, {"layers", options.layers}, {"architectures", options.bench_architectures}};
    if (options.batch_size) wanted["batchSize"] = *options.batch_size;
    const auto parsed = benchmark_options_from_json(wanted);
    if (!parsed) return tl::unexpected(parsed.error());
    auto result = run_benchmark(*parsed, threads_to_use(options));
    if (!result) return tl::unexpected(result.error());
    (*result)["variant"] = "native";
    if (options.json) {
        std::printf("%s\n", dump_json(*result, 2).c_str());
    } else {
        print_benchmark(*result);
    }
    return {};
}

Status eval(const Options& options) {
    DiskFiles files(options.store_folder);
    const History history(files);
    const auto models = chosen_models(history, options);
    if (!models) return tl::unexpected(models.error());
    const auto data = read_data(options);
    if (!data) return tl::unexpected(data.error());

    ThreadPool pool(threads_to_use(options));
    Json results = Json::array();
    for (const NamedModel& model : *models) {
        const auto test = evaluate_model(model.model, *data->pair.test, pool);
        if (!test) return tl::unexpected(test.error());
        results.push_back(test_json(model, *test));
        if (!options.json) {
            std::printf("%s: test accuracy %.2f %%, loss %.4f\n", model.name.c_str(), 100 * test->accuracy, test->loss);
        }
    }
    if (options.json) std::printf("%s\n", dump_json(results, 2).c_str());
    return {};
}

Status predict(const Options& options) {
    DiskFiles files(options.store_folder);
    const History history(files);
    const auto models = chosen_models(history, options);
    if (!models) return tl::unexpected(models.error());
    Predictor predictor(monotonic_secs);
    for (const NamedModel& model : *models) {
        if (Status added = predictor.add(model.id, model.name, model.model); !added) return added;
    }

    Json results = Json::array();
    for (const std::string& image : options.images) {
        const auto reading = read_file(predictor, image, options.mnist_form);
        if (!reading) return tl::unexpected(reading.error());
        results.push_back(reading_json(image, *reading));
        if (!options.json) print_reading(image, *reading);
    }
    if (options.json) std::printf("%s\n", dump_json(results, 2).c_str());
    return {};
}

Status runs(const Options& options) {
    DiskFiles files(options.store_folder);
    const History history(files);
    Json list = Json::array();
    for (const Run& run : history.runs()) {
        list.push_back(to_json(run));
        if (options.json) continue;
        std::printf("%-28s %-28s %-9s %3zu epochs  %s\n", run.id.c_str(), run.name.c_str(), to_string(run.status).c_str(),
                    run.epochs.size(),
                    run.test ? (std::to_string(100 * run.test->accuracy).substr(0, 5) + " %").c_str() : "no test yet");
    }
    if (options.json) std::printf("%s\n", dump_json(list, 2).c_str());
    for (const std::string& problem : history.problems()) std::fprintf(stderr, "digitlab: %s\n", problem.c_str());
    return {};
}

}  // namespace digitlab::cli
