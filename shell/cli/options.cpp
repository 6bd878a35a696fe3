#include "options.h"

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <filesystem>

#include "nn/optimizer.h"
#include "train/schedule.h"

namespace digitlab::cli {

namespace {

std::string from_environment(const char* name) {
    const char* value = std::getenv(name);
    return value ? value : "";
}

/// $DIGITLAB_DATA, or what tools/setup fetched, looked for from here upwards.
std::string default_data_folder() {
    if (const std::string chosen = from_environment("DIGITLAB_DATA"); !chosen.empty()) return chosen;
    for (auto folder = std::filesystem::current_path();; folder = folder.parent_path()) {
        if (std::filesystem::exists(folder / ".deps" / "mnist")) return (folder / ".deps" / "mnist").string();
        if (folder == folder.root_path()) return ".deps/mnist";
    }
}

std::string default_store_folder() {
    if (const std::string chosen = from_environment("DIGITLAB_STORE"); !chosen.empty()) return chosen;
    if (const std::string base = from_environment("XDG_DATA_HOME"); !base.empty()) return base + "/digitlab";
    return from_environment("HOME") + "/.local/share/digitlab";
}

std::string joined(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
    return text;
}

void add_dataset(CLI::App& command, Options& options) {
    command.add_option(
        "--dataset", options.dataset,
        "mnist, fashion-mnist, or files of one's own parted by commas: CSV (label and 784 pixels a row), a ZIP of "
        "pictures in folders named by label, or an IDX pair; each may be gzipped");
}

void add_train(CLI::App& app, Options& options) {
    CLI::App* train = app.add_subcommand("train", "Train a network and keep it");
    train->add_option("architecture,-a,--architecture", options.architecture,
                      "Architecture id; mlp unless given, or that of the model to start from");
    train->add_option("-e,--epochs", options.epochs, "Passes over the training images");
    train->add_option("-b,--batch-size", options.batch_size, "Images per step");
    train->add_option("-l,--learning-rate", options.learning_rate, "Step size of the optimizer");
    train->add_option("--schedule", options.schedule, joined(schedule_names()));
    train->add_option("-o,--optimizer", options.optimizer, joined(optimizer_names()));
    train->add_option("--label-smoothing", options.label_smoothing, "Share of each label given to all classes, 0 to 0.5");
    train->add_option("--augmentation", options.augmentation,
                      "How much pictures are varied: 0 not at all, 1 as usual, up to 2");
    train->add_option("-s,--seed", options.seed, "The same seed gives the same weights");
    train->add_option("--validation-count", options.validation_count, "Training images kept for validation");
    train->add_option("--subset", options.subset, "Train on this many images only");
    train->add_option("--dropout", options.dropout, "Rate of all dropout layers, 0 to 0.9; one is added if there is none");
    train->add_option("--early-stopping", options.patience, "End after so many epochs without a better one");
    train->add_option("--start-from", options.start_from,
                      "Fine-tune: begin with the weights of this model: a run's id or name, or the file of a ready-made one");
    train->add_option("--frozen-layers", options.frozen_layers, "So many layers, the first, keep the weights they begin with");
    add_dataset(*train, options);
    train->add_option("--spec", options.spec_file, "JSON file with any of these")->check(CLI::ExistingFile);
}

void add_sweep(CLI::App& app, Options& options) {
    CLI::App* sweep = app.add_subcommand("sweep", "Train many networks that differ in some settings, and rank them");
    sweep->add_option("file", options.sweep_file, "JSON: {\"base\": {spec}, \"vary\": {\"learningRate\": [0.001, 0.01]}}")
        ->required()
        ->check(CLI::ExistingFile);
    sweep->add_option("--shard", options.shard,
                      "i/n: only the i-th of n parts, each with a --store of its own; \"import\" joins their archives");
    sweep->add_option("--at-once", options.at_once, "Trainings at the same time, which share the threads")
        ->check(CLI::Range(1, 4))
        ->capture_default_str();
}

void add_continue(CLI::App& app, Options& options) {
    CLI::App* command = app.add_subcommand("continue", "Go on with a run that was stopped or interrupted");
    command->add_option("run", options.models, "Run id or run name")->required()->expected(1);
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
    predict->add_option("-m,--model", options.models, "Run ids, run names or model files; all stored ones without it");
    predict->add_flag("--mnist", options.mnist_form, "The pictures are 28x28, white on black: use them as they are");
}

void add_export(CLI::App& app, Options& options) {
    CLI::App* command = app.add_subcommand("export", "Write a model, or everything, to a file");
    command->add_option("model", options.exported_model, "Run id or run name");
    command->add_option("output", options.output, "The file");
    command->add_option("--archive", options.archive, "Instead of a model, everything that is kept into this file");
    command->add_option("--precision", options.precision, "single, or half for a file half as large")
        ->check(CLI::IsMember({"single", "half"}))
        ->capture_default_str();
    command->add_option("--id", options.id, "Id in the file's notes, for a model that comes with the page");
    command->add_option("--name", options.title, "Name in the file's notes; the run's name without it");
}

void add_calibrate(CLI::App& app, Options& options) {
    CLI::App* command =
        app.add_subcommand("calibrate", "Measure what a model file's confidence is worth and note it in the file");
    command->add_option("file", options.output, "The model file; rewritten in place")->required()->check(CLI::ExistingFile);
    command->add_option("--validation-count", options.validation_count,
                        "Training images that were kept for validation; as the file's notes say without it");
    command->add_option("-s,--seed", options.seed, "Seed of the training; as the file's notes say without it");
    command->add_option("--precision", options.precision, "single, or half for a file half as large")
        ->check(CLI::IsMember({"single", "half"}))
        ->capture_default_str();
}

void add_bench(CLI::App& app, Options& options) {
    CLI::App* bench = app.add_subcommand("bench", "Measure how fast this machine trains and answers");
    bench->add_option("architecture", options.bench_architectures, "Architecture ids; all without it");
    bench->add_flag("--layers", options.layers, "Time every layer, too");
    bench->add_flag("--list", options.list, "Print the architectures instead");
    bench->add_option("-b,--batch-size", options.batch_size, "Images per step (64)");
    bench->add_option("--secs", options.secs, "Seconds for each figure")->capture_default_str();
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
    app.add_option("--threads", options.threads, "Threads to train with; 0 for all of the machine")->check(CLI::Range(0, 64));
    add_train(app, options);
    add_eval(app, options);
    add_predict(app, options);
    add_export(app, options);
    add_calibrate(app, options);
    add_bench(app, options);
    add_sweep(app, options);
    add_continue(app, options);
    add_import(app, options);
    app.add_subcommand("runs", "List what has been trained");

    try {
        app.parse(argc, argv);
        options.command = app.get_subcommands().front()->get_name();
        if (options.command == "export" && options.archive.empty() && options.output.empty()) {
            throw CLI::RequiredError("A model and a file to write it to, or --archive and a file,");
        }
    } catch (const CLI::ParseError& error) {
        const bool wrong = app.exit(error) != 0;  // prints the help or what is wrong
        parsed.exit_code = wrong ? 2 : 0;
    }
    return parsed;
}

}  // namespace digitlab::cli
