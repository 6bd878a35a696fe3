#include "predict/drawing.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <utility>

#include "base/base64.h"
#include "base/iso_time.h"

namespace digitlab {

namespace {

constexpr int grey_step = 17;  ///< between two of 16 levels
constexpr int longest_run = 16;
constexpr int largest_label = 255;

tl::unexpected<Error> bad_drawing(const std::string& problem) {
    return fail("bad-drawing", "This is not a drawing: " + problem);
}

/// Every other error about the contents of a drawing has this code, whatever reader it came from.
tl::unexpected<Error> bad_drawing(const Error& error) { return bad_drawing(error.message); }

std::vector<std::uint8_t> runs_of(const GreyImage& picture) {
    std::vector<std::uint8_t> runs;
    for (std::size_t i = 0; i < picture.ink.size();) {
        const int level = picture.ink[i] / grey_step;
        int length = 0;
        while (length < longest_run && i < picture.ink.size() && picture.ink[i] / grey_step == level) {
            ++length;
            ++i;
        }
        runs.push_back(static_cast<std::uint8_t>(level << 4 | (length - 1)));
    }
    return runs;
}

Status read_picture(const Json& json, Drawing& drawing) {
    const auto given = json.find("picture");
    if (given == json.end() || !given->is_object()) return bad_drawing("it has no \"picture\".");
    GreyImage& picture = drawing.picture;
    if (Status ok = read_optional(*given, "width", picture.width); !ok) return bad_drawing(ok.error());
    if (Status ok = read_optional(*given, "height", picture.height); !ok) return bad_drawing(ok.error());
    const auto fits = [](int side) { return side >= 0 && side <= drawing_picture_side; };
    if (!fits(picture.width) || !fits(picture.height)) return bad_drawing("its picture is too large.");
    std::string text;
    if (Status ok = read_optional(*given, "ink", text); !ok) return bad_drawing(ok.error());
    const auto runs = bytes_from_base64(text);
    if (!runs) return bad_drawing(runs.error());
    const auto size = static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height);
    for (const std::uint8_t run : *runs) {
        const std::size_t length = (run & 15U) + 1;
        if (picture.ink.size() + length > size) return bad_drawing("its picture has too many pixels.");
        picture.ink.insert(picture.ink.end(), length, static_cast<std::uint8_t>((run >> 4) * grey_step));
    }
    if (picture.ink.size() != size) return bad_drawing("its picture has too few pixels.");
    return {};
}

Status read_pixels(const Json& json, Drawing& drawing) {
    std::string text;
    if (Status ok = read_optional(json, "pixels", text); !ok) return bad_drawing(ok.error());
    const auto pixels = bytes_from_base64(text);
    if (!pixels) return bad_drawing(pixels.error());
    if (pixels->size() != digit_pixels) return bad_drawing("its \"pixels\" are not 28 times 28.");
    std::ranges::copy(*pixels, drawing.pixels.begin());
    return {};
}

Status read_heading(const Json& json, Drawing& drawing) {
    int version = 0;
    if (Status ok = read_optional(json, "formatVersion", version); !ok) return bad_drawing(ok.error());
    if (version > drawing_format_version) {
        return fail("newer-version",
                    "This drawing was written by a newer version of Digit Lab. Reload the page to get that version.");
    }
    if (version < 1) return bad_drawing("it has no \"formatVersion\".");
    if (Status ok = read_optional(json, "id", drawing.id); !ok) return bad_drawing(ok.error());
    if (drawing.id.empty()) return bad_drawing("it has no \"id\".");
    std::string date, source;
    if (Status ok = read_optional(json, "date", date); !ok) return bad_drawing(ok.error());
    const auto unix_secs = unix_secs_from_iso(date);
    if (!unix_secs) return bad_drawing("its \"date\" is no date like 2026-03-01T09:30:00.000Z.");
    drawing.unix_secs = *unix_secs;
    if (Status ok = read_optional(json, "source", source); !ok) return bad_drawing(ok.error());
    for (const DrawingSource one : {DrawingSource::drawn, DrawingSource::uploaded}) {
        if (to_string(one) != source) continue;
        drawing.source = one;
        return {};
    }
    return bad_drawing("its source \"" + source + "\" is unknown.");
}

Status read_label(const Json& json, Drawing& drawing) {
    const auto given = json.find("label");
    if (given == json.end() || given->is_null()) return {};
    int label = -1;
    if (Status ok = read_optional(json, "label", label); !ok) return bad_drawing(ok.error());
    if (label < 0 || label > largest_label) return bad_drawing("its label " + std::to_string(label) + " is no class.");
    drawing.label = label;
    return {};
}

Status read_answers(const Json& json, Drawing& drawing) {
    const auto given = json.find("answers");
    if (given == json.end() || !given->is_array()) return bad_drawing("it has no list \"answers\".");
    for (const Json& one : *given) {
        if (!one.is_object()) return bad_drawing("an answer is an object.");
        DrawingAnswer answer;
        for (const Status& ok :
             {read_optional(one, "model", answer.model), read_optional(one, "name", answer.name),
              read_optional(one, "digit", answer.digit), read_optional(one, "confidence", answer.confidence)}) {
            if (!ok) return bad_drawing(ok.error());
        }
        drawing.answers.push_back(std::move(answer));
    }
    return {};
}

/// The mean ink of the pixels that one of the smaller picture stands for.
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

std::string to_string(DrawingSource source) { return source == DrawingSource::drawn ? "drawn" : "uploaded"; }

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
    if (!json.is_object()) return bad_drawing("a drawing is an object.");
    Drawing drawing;
    for (const auto read : {read_heading, read_label, read_answers, read_pixels, read_picture}) {
        if (Status ok = read(json, drawing); !ok) return tl::unexpected(ok.error());
    }
    return drawing;
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
