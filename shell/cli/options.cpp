#include "options.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string_view>
#include <type_traits>

#include "outcome.h"
#include "train/spec_fields.h"

namespace digitlab::cli {

namespace {

std::string from_environment(const char* name) {
    const char* value = std::getenv(name);
    return value ? value : "";
}

/// $DIGITLAB_DATA, or else the folder that tools/setup made, searched for from the working directory upwards.
std::string default_data_folder() {
    if (const std::string chosen = from_environment("DIGITLAB_DATA"); !chosen.empty()) return chosen;
    for (auto folder = std::filesystem::current_path();; folder = folder.parent_path()) {
        if (std::filesystem::exists(folder / ".deps" / "mnist")) return (folder / ".deps" / "mnist").string();
        if (folder == folder.root_path()) return ".deps/mnist";
    }
}

/// "" when there is no home folder to put it in.
std::string default_store_folder() {
    if (const std::string chosen = from_environment("DIGITLAB_STORE"); !chosen.empty()) return chosen;
    if (const std::string base = from_environment("XDG_DATA_HOME"); !base.empty()) return base + "/digitlab";
    const std::string home = from_environment("HOME");
    return home.empty() ? "" : home + "/.local/share/digitlab";
}

void add_dataset(CLI::App& command, Options& options) {
    command.add_option("--dataset", options.dataset,
                       "mnist, fashion-mnist, or your own files separated by commas: CSV (label and 784 pixels per row), a ZIP "
                       "of images in folders named by label, or an IDX pair; each may be gzipped");
}

/// "-b,--batch-size" for batchSize; the architecture may also be given without dashes.
std::string option_names(const SpecField& field) {
    const std::string key = field.key;
    std::string names = key == "architecture" ? key + "," : "";
    if (field.letter != 0) names += std::string("-") + field.letter + ",";
    names += "--";
    for (const char c : key)
        names += c >= 'A' && c <= 'Z' ? std::string("-") + static_cast<char>(c - 'A' + 'a') : std::string(1, c);
    return names;
}

// The type of an option's value, by the type of the field. For objects an option takes the short form that their JSON has.
template <class Member>
struct OptionValue {
    using Type = std::string;
};
template <>
struct OptionValue<int> {
    using Type = int;
};
template <>
struct OptionValue<EarlyStopping> : OptionValue<int> {};  // the patience
template <>
struct OptionValue<std::uint64_t> {
    using Type = std::uint64_t;
};
template <>
struct OptionValue<bool> {
    using Type = bool;
};
template <>
struct OptionValue<float> {
    using Type = double;
};
template <>
struct OptionValue<std::optional<float>> : OptionValue<float> {};
template <>
struct OptionValue<Augmentation> : OptionValue<float> {};  // the strength

void add_spec_option(CLI::App& train, const SpecField& field, Json& spec) {
    const std::string values = allowed_values(field);
    const std::string help = values.empty() ? field.help : std::string(field.help) + " (" + values + ")";
    const char* key = field.key;
    const ExperimentSpec usual;
    visit_member(field.member, usual, [&](const auto& member) {
        using Value = typename OptionValue<std::decay_t<decltype(member)>>::Type;
        if constexpr (std::is_same_v<Value, bool>) {
            train.add_flag_callback(option_names(field), [&spec, key] { spec[key] = true; }, help);
        } else {
            train.add_option_function<Value>(
                option_names(field), [&spec, key](const Value& value) { spec[key] = value; }, help);
        }
    });
}

void add_train(CLI::App& app, Options& options) {
    CLI::App* train = app.add_subcommand("train", "Train a network and save it");
    for (const SpecField& field : spec_fields()) {
        const std::string_view key = field.key;
        // --threads is an option of every command, and --dataset may name files.
        if (key != "threads" && key != "dataset") add_spec_option(*train, field, options.spec);
    }
    add_dataset(*train, options);
    train->add_option("--spec", options.spec_file, "JSON file with any of these; options override it")
        ->check(CLI::ExistingFile);
}

void add_sweep(CLI::App& app, Options& options) {
    CLI::App* sweep = app.add_subcommand("sweep", "Train many networks that differ in some settings, and rank them");
    sweep->add_option("file", options.sweep_file, "JSON: {\"base\": {spec}, \"vary\": {\"learningRate\": [0.001, 0.01]}}")
        ->required()
        ->check(CLI::ExistingFile);
    sweep->add_option("--shard", options.shard,
                      "i/n: only the i-th of n parts; give each its own --store and join their archives with \"import\"");
    sweep->add_option("--at-once", options.at_once, "Number of runs trained at the same time; they share the threads")
        ->check(CLI::Range(1, 4))
        ->capture_default_str();
}

void add_continue(CLI::App& app, Options& options) {
    CLI::App* command = app.add_subcommand("continue", "Continue a run that was stopped or interrupted");
    command->add_option("run", options.models, "Run id or run name")->required()->expected(1);
}

void add_runs(CLI::App& app, Options& options) {
    CLI::App* command = app.add_subcommand("runs", "List the runs, or rename one");
    command->add_option("--rename", options.rename, "A run id or run name, and its new name")->expected(2);
}

void add_import(CLI::App& app, Options& options) {
    CLI::App* command = app.add_subcommand("import", "Add the runs, models and drawings of archives");
    command->add_option("archive", options.archives, "Files made by \"export --archive\" or by the page")
        ->required()
        ->check(CLI::ExistingFile);
}

void add_eval(CLI::App& app, Options& options) {
    CLI::App* eval = app.add_subcommand("eval", "Measure models on test images");
    eval->add_option("model", options.models, "Run ids, run names or model files")->required();
    add_dataset(*eval, options);
}

void add_predict(CLI::App& app, Options& options) {
    CLI::App* predict = app.add_subcommand("predict", "Say which digit a picture shows (PNG, JPEG, BMP, PGM)");
    predict->add_option("image", options.images, "Picture files")->required();
    predict->add_option("-m,--model", options.models, "Run ids, run names or model files; by default all stored models");
    predict->add_flag("--mnist", options.mnist_form, "The pictures are 28x28 pixels, white on black: use them as they are");
}

void add_export(CLI::App& app, Options& options) {
    CLI::App* command = app.add_subcommand("export", "Write a model, or all runs, models and drawings, to a file");
    command->add_option("model", options.exported_model, "Run id or run name");
    command->add_option("output", options.output, "File to write");
    command->add_option("--archive", options.archive, "Write all runs, models and drawings to this file, instead of a model");
    command->add_option("--precision", options.precision, "single, or half for a file half as large")
        ->check(CLI::IsMember({"single", "half"}))
        ->capture_default_str();
    command->add_option("--id", options.id, "Id in the file's notes, for a model that comes with the page");
    command->add_option("--name", options.title, "Name in the file's notes; by default the run's");
}

void add_calibrate(CLI::App& app, Options& options) {
    CLI::App* command =
        app.add_subcommand("calibrate", "Calibrate the confidence of a model file, and note the result in the file");
    command->add_option("file", options.output, "The model file; rewritten in place")->required()->check(CLI::ExistingFile);
    command->add_option("--validation-count", options.validation_count,
                        "Number of training images that were kept for validation; by default as in the file's notes");
    command->add_option("-s,--seed", options.seed, "Seed of the training; by default as in the file's notes");
    command->add_option("--precision", options.precision, "single, or half for a file half as large")
        ->check(CLI::IsMember({"single", "half"}))
        ->capture_default_str();
}

void add_bench(CLI::App& app, Options& options) {
    CLI::App* bench = app.add_subcommand("bench", "Measure how fast this machine trains and answers");
    bench->add_option("architecture", options.bench_architectures, "Architecture ids; by default all");
    bench->add_flag("--layers", options.layers, "Time every layer as well");
    bench->add_flag("--list", options.list, "Only list the architectures");
    bench->add_option("-b,--batch-size", options.batch_size, "Images per step; by default 64");
    bench->add_option("--secs", options.secs, "Seconds for each measurement")->capture_default_str();
}

}  // namespace

Parsed parse(int argc, const char* const* argv) {
    Parsed parsed;
    Options& options = parsed.options;
    options.data_folder = default_data_folder();
    options.store_folder = default_store_folder();

    CLI::App app{"Digit Lab: train neural networks on handwritten digits", "digitlab"};
    app.set_version_flag("--version", DIGITLAB_VERSION);
    app.require_subcommand(1);
    app.fallthrough();
    app.add_flag("--json", options.json, "Print one JSON value instead of text");
    app.add_option("--data", options.data_folder, "Folder with the MNIST files")->capture_default_str();
    app.add_option("--store", options.store_folder, "Folder in which runs and models are kept")->capture_default_str();
    app.add_option("--threads", options.threads, "Threads to train with; 0 means as many as the machine has")
        ->check(CLI::Range(0, 64));
    add_train(app, options);
    add_eval(app, options);
    add_predict(app, options);
    add_export(app, options);
    add_calibrate(app, options);
    add_bench(app, options);
    add_sweep(app, options);
    add_continue(app, options);
    add_import(app, options);
    add_runs(app, options);

    try {
        app.parse(argc, argv);
        options.command = app.get_subcommands().front()->get_name();
        if (options.command == "export" && options.archive.empty() && options.output.empty()) {
            throw CLI::RequiredError("A model and a file to write it to, or --archive and a file,");
        }
    } catch (const CLI::ParseError& error) {
        const bool wrong = app.exit(error) != 0;  // prints the help or what is wrong
        parsed.exit_code = wrong ? 2 : 0;
        // The flag may come after the argument that failed to parse.
        const bool json = std::any_of(argv, argv + argc, [](const char* one) { return std::string_view(one) == "--json"; });
        if (wrong && json) print_json({{"error", {{"code", "bad-usage"}, {"message", error.what()}}}});
    }
    return parsed;
}

}  // namespace digitlab::cli
