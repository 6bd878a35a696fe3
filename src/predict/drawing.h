#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/json.h"
#include "data/digit_pixels.h"
#include "data/ink.h"
#include "predict/predictor.h"

namespace digitlab {

/// Of drawing files. A higher one was written by a newer program, whose meaning this one cannot know.
inline constexpr int drawing_format_version = 1;

inline constexpr int drawing_picture_side = 112;  ///< pixels; what is kept of a drawing is no larger

enum class DrawingSource { drawn, uploaded };

std::string to_string(DrawingSource source);

/// What one model said of a drawing when it was made.
struct DrawingAnswer {
    std::string model;  ///< id
    std::string name;   ///< as it was then
    int digit = 0;
    float confidence = 0;

    bool operator==(const DrawingAnswer&) const = default;
};

/// One digit a person drew or uploaded, with the answers and, if given, what it truly is.
struct Drawing {
    std::string id;  ///< unique: "d-0001"
    double unix_secs = 0;
    DrawingSource source = DrawingSource::drawn;
    std::array<std::uint8_t, digit_pixels> pixels{};  ///< as the models got it: 28×28, 0 paper to 255 ink
    GreyImage picture;                                ///< as it was drawn; see `small_picture`
    std::vector<DrawingAnswer> answers;               ///< most confident first
    std::optional<int> label;                         ///< the true digit
};

/// Drawings are never changed once made, so that many can look at one.
using DrawingList = std::vector<std::shared_ptr<const Drawing>>;

/// The digit that most models answered, the more confident first among equals; nothing without answers.
std::optional<int> voted_digit(const Drawing& drawing);

/// What is kept of `answers`: those of models that know digits, which is what drawings are labelled as.
std::vector<DrawingAnswer> drawing_answers(std::span<const Answer> answers);

/// 28×28 numbers from 0 to 1 as bytes, and back.
std::array<std::uint8_t, digit_pixels> bytes_of(const DigitPixels& pixels);
DigitPixels pixels_of(const Drawing& drawing);

/// `picture` reduced by a whole factor until it is at most `drawing_picture_side` pixels wide and high, each pixel the mean of
/// those it stands for, in 16 levels of grey: what a file holds is what is shown.
GreyImage small_picture(const GreyImage& picture);

/// {formatVersion, id, date, source, label, answers: [{model, name, digit, confidence}], pixels, picture: {width, height,
/// ink}}. `label` is null when not given, `date` ISO 8601 in UTC, `pixels` base64 of 784 bytes, `ink` base64 of runs: a byte
/// holds a level of grey (0 to 15) in its upper half and in its lower half how often it comes, less one.
Json to_json(const Drawing& drawing);
/// Codes "newer-version" and, for everything else, "bad-drawing".
Result<Drawing> drawing_from_json(const Json& json);

/// How one model has done on labelled drawings, by the answers it gave when they were made.
struct RunningAccuracy {
    std::string model, name;
    int right = 0, labelled = 0;
    double share() const { return labelled > 0 ? static_cast<double>(right) / labelled : 0; }
};

/// Of every model that answered a labelled drawing, best first; the name is the latest.
std::vector<RunningAccuracy> running_accuracy(const DrawingList& drawings);

}  // namespace digitlab
