#pragma once

#include <catch2/catch_test_macros.hpp>
#include <string>

#include "store/history.h"

namespace digitlab {

/// A tiny model that holds only `mark`, so that two can be told apart. It cannot answer anything, but decodes.
inline Model marked_model(float mark) {
    Model model;
    model.architecture = *find_architecture("softmax");
    model.tensors.push_back({"mark", {1}, {mark}});
    return model;
}

inline float mark_of(const Result<Model>& model) {
    REQUIRE(model);
    return model->tensors.at(0).values.at(0);
}

inline Run new_run(const History& history, const std::string& architecture = "softmax", double started = 1.7e9) {
    Run run;
    run.id = history.next_id();
    run.name = history.next_name(architecture);
    run.spec = default_spec(*find_architecture(architecture));
    run.started_unix_secs = started;
    return run;
}

inline Run with_epochs(Run run, int count) {
    run.epochs.clear();
    for (int epoch = 1; epoch <= count; ++epoch) {
        EpochMetrics metrics;
        metrics.epoch = epoch;
        run.epochs.push_back(metrics);
    }
    return run;
}

inline void write_text(Files& files, const std::string& name, const std::string& text) {
    REQUIRE(files.write(name, Bytes(text.begin(), text.end())));
}

inline std::string text_of(const Files& files, const std::string& name) {
    const auto bytes = files.read(name);
    REQUIRE(bytes);
    return {bytes->begin(), bytes->end()};
}

}  // namespace digitlab
