#include <cstdint>
#include <cstdio>

#include "base/json_reader.h"
#include "base/thread_pool.h"
#include "commands.h"
#include "data/idx.h"
#include "data/split.h"
#include "nn/known_classes.h"
#include "nn/model_file.h"
#include "open_app.h"
#include "train/calibrator.h"

namespace digitlab::cli {

namespace {

/// Which training rows were kept for the model's validation.
struct KeptRows {
    int count = 0;
    std::uint64_t seed = 1;
};

/// Takes them from the options, or else from the notes of the model file. Fails with "bad-model".
Result<KeptRows> kept_rows(const Json& notes, const Options& options) {
    KeptRows rows;
    Json run = Json::object(), spec = Json::object();
    const JsonErrors errors = {"bad-model", "The file's notes cannot be read: "};
    JsonReader of_notes(notes, errors);
    of_notes.object("run", run);
    JsonReader of_run(run, errors);
    of_run.object("spec", spec);
    JsonReader of_spec(spec, errors);
    of_spec.optional("validationCount", rows.count);
    of_spec.optional("seed", rows.seed);
    for (const JsonReader* reader : {&of_notes, &of_run, &of_spec}) {
        if (!reader->ok()) return reader->finish(rows);
    }
    rows.count = options.validation_count.value_or(rows.count);
    rows.seed = options.seed.value_or(rows.seed);
    return rows;
}

}  // namespace

Outcome calibrate(const Options& options) {
    const auto bytes = read_bytes(options.output);
    if (!bytes) return tl::unexpected(bytes.error());
    auto model = decode_model(*bytes);
    if (!model) return tl::unexpected(model.error());
    if (const auto known = known_classes(model->notes, model->architecture.layers.back().units); !known || !known->digits()) {
        return fail("bad-data",
                    "Only models of digits can be calibrated afterwards: the images of other data sets are not available.");
    }
    const auto kept = kept_rows(model->notes, options);
    if (!kept) return tl::unexpected(kept.error());
    const auto data = read_mnist_folder(options.data_folder);
    if (!data) return tl::unexpected(data.error());
    const std::size_t rows = data->train->rows();
    if (kept->count < 1 || static_cast<std::size_t>(kept->count) >= rows) {
        return fail("no-data", "The file's notes do not say which images were kept for validation: give --validation-count.");
    }
    const Split split = split_rows(rows, static_cast<std::size_t>(kept->count), kept->seed);
    ThreadPool pool(threads_to_use(options));
    const auto calibration = calibrate_model(*model, *data->train, split.validation, pool);
    if (!calibration) return tl::unexpected(calibration.error());
    model->notes["calibration"] = to_json(*calibration);
    const Precision precision = options.precision == "half" ? Precision::half : Precision::single;
    if (Status written = write_bytes(options.output, encode_model(*model, precision)); !written) {
        return tl::unexpected(written.error());
    }
    if (!options.json) {
        std::printf("%s: temperature %.3f, validation accuracy %.2f %%\n", options.output.c_str(), calibration->temperature,
                    100 * calibration->validation_accuracy);
    }
    return model->notes["calibration"];
}

}  // namespace digitlab::cli
