#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"

namespace digitlab::cli {

/// The parsed command line.
struct Options {
    std::string command;  ///< "train", "eval", …
    bool json = false;
    std::string data_folder;   ///< holds MNIST's four IDX files
    std::string store_folder;  ///< where runs and models are kept; "" when there is no default
    int threads = 0;           ///< 0: as many as the machine has

    std::string dataset;  ///< train and eval: "mnist", "fashion-mnist", or files separated by commas

    // train
    Json spec = Json::object();  ///< the fields given as options, which override those of `spec_file`
    std::string spec_file;       ///< JSON

    // sweep
    std::string sweep_file;
    std::string shard;  ///< "2/8"; "" for all
    int at_once = 1;

    std::vector<std::string> rename;  ///< runs: a run id or run name, and the new name; empty: rename nothing

    std::vector<std::string> archives;  ///< import
    std::string archive;                ///< export: the file to write; "" when a model is exported

    // eval, predict and continue
    std::vector<std::string> models;  ///< run ids, run names or model files
    std::vector<std::string> images;  ///< predict
    bool mnist_form = false;          ///< predict: the images are 28×28, white on black, and are used as they are

    // calibrate: `output` is the model file, `validation_count` and `seed` are those of its training
    std::optional<int> validation_count;
    std::optional<std::uint64_t> seed;

    // export
    std::string exported_model, output;
    std::string precision = "single", id, title;

    // bench
    std::vector<std::string> bench_architectures;
    std::optional<int> batch_size;
    bool list = false;  ///< only list the architectures
    bool layers = false;
    double secs = 1;
};

/// The result of `parse`: options to act on, or an exit code when there is nothing more to do (help: 0, wrong usage: 2). The
/// text has then been printed, and with --json the error too, as the one JSON value.
struct Parsed {
    Options options;
    std::optional<int> exit_code;
};

Parsed parse(int argc, const char* const* argv);

}  // namespace digitlab::cli
