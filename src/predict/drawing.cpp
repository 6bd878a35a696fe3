#include "predict/drawing.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <utility>

#include "base/base64.h"
#include "base/iso_time.h"
#include "base/json_reader.h"
#include "base/run_length.h"

namespace digitlab {

namespace {

constexpr int grey_step = 17;  ///< between two of the 16 levels
constexpr std::size_t longest_run = 16;
constexpr int largest_label = 255;

constexpr JsonWord<DrawingSource> sources[] = {{DrawingSource::drawn, "drawn"}, {DrawingSource::uploaded, "uploaded"}};

/// One byte per run: its length minus one in the low four bits, its level in the high four.
std::vector<std::uint8_t> runs_of(const GreyImage& picture) {
    std::vector<std::uint8_t> runs;
    for_each_run(
        std::span<const std::uint8_t>(picture.ink), longest_run, [](std::uint8_t ink) { return ink / grey_step; },
        [&](int level, std::size_t length) {
            runs.push_back(static_cast<std::uint8_t>(static_cast<std::size_t>(level) << 4U | (length - 1)));
        });
    return runs;
}

/// The bytes that the text `reader[key]` encodes.
Bytes read_base64(JsonReader& reader, const char* key) {
    std::string text;
    reader.optional(key, text);
    auto bytes = bytes_from_base64(text);
    reader.check(bytes.has_value(), bytes ? "" : bytes.error().message);
    return bytes ? std::move(*bytes) : Bytes();
}

Result<GreyImage> picture_from_json(const Json& json) {
    GreyImage picture;
    JsonReader reader(json, {}, "its \"picture\" is no object.");
    reader.optional("width", picture.width);
    reader.optional("height", picture.height);
    const auto fits = [](int side) { return side >= 0 && side <= drawing_picture_side; };
    reader.check(fits(picture.width) && fits(picture.height), "its picture is too large.");
    const Bytes runs = read_base64(reader, "ink");
    if (!reader.ok()) return reader.finish(std::move(picture));
    const auto size = static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height);
    for (const std::uint8_t run : runs) {
        const std::size_t length = (run & 15U) + 1;
        reader.check(picture.ink.size() + length <= size, "its picture has too many pixels.");
        if (!reader.ok()) break;
        picture.ink.insert(picture.ink.end(), length, static_cast<std::uint8_t>((run >> 4) * grey_step));
    }
    reader.check(picture.ink.size() == size, "its picture has too few pixels.");
    return reader.finish(std::move(picture));
}

void read_pixels(JsonReader& reader, Drawing& drawing) {
    const Bytes pixels = read_base64(reader, "pixels");
    reader.check(pixels.size() == digit_pixels, "its \"pixels\" are not 28 times 28.");
    if (reader.ok()) std::ranges::copy(pixels, drawing.pixels.begin());
}

void read_date(JsonReader& reader, Drawing& drawing) {
    std::string date;
    reader.optional("date", date);
    const auto unix_secs = unix_secs_from_iso(date);
    reader.check(unix_secs.has_value(), "its \"date\" is no date like 2026-03-01T09:30:00.000Z.");
    drawing.unix_secs = unix_secs.value_or(0);
}

Result<DrawingAnswer> answer_from_json(const Json& json) {
    DrawingAnswer answer;
    JsonReader reader(json, {}, "an answer is an object.");
    reader.optional("model", answer.model);
    reader.optional("name", answer.name);
    reader.optional("digit", answer.digit);
    reader.optional("confidence", answer.confidence);
    return reader.finish(std::move(answer));
}

/// The mean ink of the pixels that one pixel of the smaller picture stands for.
int mean_ink(const GreyImage& picture, int left, int top, int factor) {
    const int right = std::min(left + factor, picture.width), bottom = std::min(top + factor, picture.height);
    int sum = 0;
    for (int y = top; y < bottom; ++y) {
        for (int x = left; x < right; ++x) sum += picture.at(x, y);
    }
    const int count = (right - left) * (bottom - top);
    return (sum + count / 2) / count;
}

}  // namespace

std::string to_string(DrawingSource source) { return word_for(sources, source); }

std::optional<int> voted_digit(const Drawing& drawing) {
    std::map<int, int> votes;
    for (const DrawingAnswer& answer : drawing.answers) ++votes[answer.digit];
    std::optional<int> best;
    for (const DrawingAnswer& answer : drawing.answers) {
        if (!best || votes[answer.digit] > votes[*best]) best = answer.digit;
    }
    return best;
}

std::vector<DrawingAnswer> drawing_answers(std::span<const Answer> answers) {
    std::vector<DrawingAnswer> kept;
    kept.reserve(answers.size());
    for (const Answer& answer : answers) {
        if (answer.classes.digits()) kept.push_back({answer.model, answer.name, answer.digit, answer.confidence});
    }
    return kept;
}

std::array<std::uint8_t, digit_pixels> bytes_of(const DigitPixels& pixels) {
    std::array<std::uint8_t, digit_pixels> bytes;
    std::ranges::transform(pixels, bytes.begin(),
                           [](float ink) { return static_cast<std::uint8_t>(std::lround(std::clamp(ink, 0.0F, 1.0F) * 255)); });
    return bytes;
}

DigitPixels pixels_of(const Drawing& drawing) {
    DigitPixels pixels;
    std::ranges::transform(drawing.pixels, pixels.begin(), [](std::uint8_t ink) { return static_cast<float>(ink) / 255.0F; });
    return pixels;
}

GreyImage small_picture(const GreyImage& picture) {
    const int factor = std::max(1, (std::max(picture.width, picture.height) + drawing_picture_side - 1) / drawing_picture_side);
    GreyImage small{(picture.width + factor - 1) / factor, (picture.height + factor - 1) / factor, {}};
    small.ink.reserve(static_cast<std::size_t>(small.width) * static_cast<std::size_t>(small.height));
    for (int y = 0; y < small.height; ++y) {
        for (int x = 0; x < small.width; ++x) {
            const int level = (mean_ink(picture, x * factor, y * factor, factor) + grey_step / 2) / grey_step;
            small.ink.push_back(static_cast<std::uint8_t>(level * grey_step));
        }
    }
    return small;
}

Json to_json(const Drawing& drawing) {
    Json answers = Json::array();
    for (const DrawingAnswer& answer : drawing.answers) {
        answers.push_back(
            {{"model", answer.model}, {"name", answer.name}, {"digit", answer.digit}, {"confidence", answer.confidence}});
    }
    return {
        {"formatVersion", drawing_format_version},
        {"id", drawing.id},
        {"date", iso_from_unix_secs(drawing.unix_secs)},
        {"source", to_string(drawing.source)},
        {"label", drawing.label ? Json(*drawing.label) : Json(nullptr)},
        {"answers", answers},
        {"pixels", base64(drawing.pixels)},
        {"picture",
         {{"width", drawing.picture.width}, {"height", drawing.picture.height}, {"ink", base64(runs_of(drawing.picture))}}}};
}

Result<Drawing> drawing_from_json(const Json& json) {
    Drawing drawing;
    JsonReader reader(json, {"bad-drawing", "This is not a drawing: "}, "a drawing is an object.");
    reader.version(drawing_format_version, "drawing");
    reader.required("id", drawing.id);
    reader.check(!drawing.id.empty(), "its \"id\" is empty.");
    read_date(reader, drawing);
    reader.required("source", drawing.source, sources);
    reader.optional("label", drawing.label);
    reader.check(!drawing.label || (*drawing.label >= 0 && *drawing.label <= largest_label), "its label is no class.");
    reader.required("answers", drawing.answers, answer_from_json);
    read_pixels(reader, drawing);
    reader.required("picture", drawing.picture, picture_from_json);
    return reader.finish(std::move(drawing));
}

std::vector<RunningAccuracy> running_accuracy(const DrawingList& drawings) {
    std::vector<RunningAccuracy> all;
    for (const auto& drawing : drawings) {
        if (!drawing->label) continue;
        for (const DrawingAnswer& answer : drawing->answers) {
            auto place = std::ranges::find(all, answer.model, &RunningAccuracy::model);
            if (place == all.end()) place = all.insert(all.end(), {answer.model, answer.name, 0, 0});
            place->name = answer.name;
            ++place->labelled;
            place->right += answer.digit == *drawing->label ? 1 : 0;
        }
    }
    std::ranges::stable_sort(all, std::ranges::greater{}, &RunningAccuracy::share);
    return all;
}

}  // namespace digitlab
