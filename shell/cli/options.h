#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace digitlab::cli {

/// The command line, understood.
struct Options {
    std::string
        command;  ///< "train", "eval", "predict", "runs", "export", "import", "calibrate", "sweep", "continue" or "bench"
    bool json = false;
    std::string data_folder;   ///< with the four IDX files
    std::string store_folder;  ///< where runs and models are kept
    int threads = 0;           ///< 0: as many as the machine has

    std::string dataset;  ///< train and eval: "mnist", "fashion-mnist", or files parted by commas

    // train
    std::string architecture, start_from;  ///< "" when not given
    std::optional<int> epochs, batch_size, validation_count, subset, frozen_layers;
    std::optional<std::uint64_t> seed;
    std::optional<double> learning_rate, label_smoothing, augmentation, dropout;
    std::optional<int> patience;
    std::optional<std::string> optimizer, schedule;
    std::string spec_file;  ///< JSON; the options above override its fields

    // sweep
    std::string sweep_file;
    std::string shard;  ///< "2/8"; "" for all
    int at_once = 1;

    // import; export writes `archive` when there is one
    std::vector<std::string> archives;
    std::string archive;

    // eval, predict and continue
    std::vector<std::string> models;  ///< run ids, run names or model files
    std::vector<std::string> images;  ///< predict
    bool mnist_form = false;          ///< predict: the pictures are 28×28 white on black and are taken as they are

    // calibrate: `output` is the model file, `validation_count` and `seed` those of its training

    // export
    std::string exported_model, output;
    std::string precision = "single", id, title;

    // bench
    std::vector<std::string> bench_architectures;
    bool list = false;  ///< the catalogue instead
    bool layers = false;
    double secs = 1;
};

/// What `parse` makes of argv: options to act on, or an exit code when there is nothing more to do (help: 0, wrong usage: 2;
/// the text has been printed).
struct Parsed {
    Options options;
    std::optional<int> exit_code;
};

Parsed parse(int argc, const char* const* argv);

}  // namespace digitlab::cli
