// The commands eval and predict: run models on images.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <utility>

#include "base/thread_pool.h"
#include "commands.h"
#include "data/fit.h"
#include "data/image_file.h"
#include "data_option.h"
#include "named_models.h"
#include "open_app.h"
#include "predict/reading.h"
#include "train/evaluation.h"

namespace digitlab::cli {

namespace {

/// No digit needs more: larger pictures are scaled down, as the page does while it decodes them.
constexpr std::int64_t most_read_pixels = 2'000'000;

/// Reads an image in MNIST's form: one digit, used as it is.
Result<Reading> read_mnist_form(App& app, const std::string& path, const RgbaImage& image,
                                const std::vector<std::string>& models) {
    if (image.width != digit_side || image.height != digit_side) {
        return fail("bad-image", path + " is not 28x28 pixels, which --mnist needs.");
    }
    ReadDigit digit;
    digit.prepared.blank = false;
    digit.prepared.right = digit.prepared.bottom = digit_side;
    for (std::size_t i = 0; i < digit.prepared.pixels.size(); ++i) {
        digit.prepared.pixels[i] = static_cast<float>(image.rgba()[4 * i]) / 255.0F;
    }
    auto answers = app.predict(digit.prepared.pixels, models);
    if (!answers) return tl::unexpected(answers.error());
    Reading reading;
    digit.answers = std::move(*answers);
    digit.consensus = find_consensus(digit.answers);
    reading.number = leading_answer(digit.answers)->label();
    reading.digits.push_back(std::move(digit));
    return reading;
}

/// Scales the boxes of a reading to those in a picture that is `scale` times as large.
void scale_boxes(Reading& reading, double scale) {
    for (ReadDigit& digit : reading.digits) {
        PreparedDigit& box = digit.prepared;
        for (int* const side : {&box.left, &box.top, &box.right, &box.bottom})
            *side = static_cast<int>(std::lround(*side * scale));
    }
}

Result<Reading> read_picture_file(App& app, const std::string& path, bool mnist_form, const std::vector<std::string>& models) {
    const auto bytes = read_bytes(path);
    if (!bytes) return tl::unexpected(bytes.error());
    if (mnist_form) {
        const auto image = decode_rgba(path, *bytes, photo_limits);
        if (!image) return tl::unexpected(image.error());
        return read_mnist_form(app, path, *image, models);
    }
    const auto grey = decode_picture(path, *bytes, photo_limits);
    if (!grey) return tl::unexpected(grey.error());
    const GreyImage small = with_at_most(most_read_pixels, *grey);
    auto reading = app.read(small, models);
    if (!reading && reading.error().code == "blank") return fail("blank", path + " shows nothing that could be a digit.");
    if (reading) scale_boxes(*reading, static_cast<double>(grey->width) / small.width);
    return reading;
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

/// `answers` are those of the first digit, from the time when a picture had only one.
Json reading_json(const std::string& image, const Reading& reading) {
    Json json = {{"image", image}};
    json.update(to_json(reading));
    json["answers"] = json["digits"][0]["answers"];
    return json;
}

/// Returns the id by which the app knows a model. The models of runs are loaded; one from a file is added.
Result<std::string> model_in_app(App& app, const std::string& name) {
    if (const Run* run = find_named_run(app.state(), name)) {
        const bool loaded = std::ranges::find(app.state().models, run->id) != app.state().models.end();
        if (loaded) return run->id;
    }
    const auto model = find_model(app, name);
    if (!model) return tl::unexpected(model.error());
    AddReadyModel command{encode_model(model->model)};
    command.id = model->id;
    if (Status added = app.apply(std::move(command)); !added) return tl::unexpected(added.error());
    return model->id;
}

Result<std::vector<std::string>> models_in_app(App& app, const std::vector<std::string>& names) {
    const auto wanted = wanted_models(app, names);
    if (!wanted) return tl::unexpected(wanted.error());
    std::vector<std::string> ids;
    for (const std::string& name : *wanted) {
        auto id = model_in_app(app, name);
        if (!id) return tl::unexpected(id.error());
        ids.push_back(std::move(*id));
    }
    return ids;
}

}  // namespace

Outcome eval(const Options& options) {
    const auto opened = open_app(options, StoreUse::read_only);
    if (!opened) return tl::unexpected(opened.error());
    const auto models = find_models(*opened->app, options.models);
    if (!models) return tl::unexpected(models.error());
    const auto data = read_data(options);
    if (!data) return tl::unexpected(data.error());

    ThreadPool pool(threads_to_use(options));
    Json results = Json::array();
    for (const NamedModel& model : *models) {
        const auto test = evaluate_model(model.model, *data->pair.test, pool);
        if (!test) return tl::unexpected(test.error());
        results.push_back({{"model", model.id},
                           {"name", model.name},
                           {"architecture", model.model.architecture.id},
                           {"test", to_json(*test)}});
        if (options.json) continue;
        std::printf("%s: test accuracy %.2f %%, loss %.4f\n", model.name.c_str(), 100 * test->accuracy, test->loss);
    }
    return results;
}

Outcome predict(const Options& options) {
    const auto opened = open_app(options, StoreUse::read_only, ModelUse::answering);
    if (!opened) return tl::unexpected(opened.error());
    App& app = *opened->app;
    const auto ids = models_in_app(app, options.models);
    if (!ids) return tl::unexpected(ids.error());

    Json results = Json::array();
    for (const std::string& image : options.images) {
        const auto reading = read_picture_file(app, image, options.mnist_form, *ids);
        if (!reading) return tl::unexpected(reading.error());
        results.push_back(reading_json(image, *reading));
        if (!options.json) print_reading(image, *reading);
    }
    return results;
}

}  // namespace digitlab::cli
