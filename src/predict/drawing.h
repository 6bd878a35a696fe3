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

/// The version of drawing files. A file with a higher one was written by a newer program and cannot be read.
inline constexpr int drawing_format_version = 1;

inline constexpr int drawing_picture_side = 112;  ///< pixels; the kept picture of a drawing is at most this wide and high

enum class DrawingSource { drawn, uploaded };

std::string to_string(DrawingSource source);

/// One model's answer to a drawing, given when the drawing was made.
struct DrawingAnswer {
    std::string model;  ///< id
    std::string name;   ///< the model's name at that time
    int digit = 0;
    float confidence = 0;

    bool operator==(const DrawingAnswer&) const = default;
};

/// A digit that a person drew or uploaded, with the answers and, if given, its true label.
struct Drawing {
    std::string id;  ///< unique: "d-0001"
    double unix_secs = 0;
    DrawingSource source = DrawingSource::drawn;
    std::array<std::uint8_t, digit_pixels> pixels{};  ///< as the models saw it: 28×28, 0 paper to 255 ink
    GreyImage picture;                                ///< as it was drawn; see `small_picture`
    std::vector<DrawingAnswer> answers;               ///< most confident first
    std::optional<int> label;                         ///< the true digit
};

/// Drawings are immutable and can be shared.
using DrawingList = std::vector<std::shared_ptr<const Drawing>>;

/// The digit that most models answered; on a tie, the most confident answer decides. Empty without answers.
std::optional<int> voted_digit(const Drawing& drawing);

/// The answers that a drawing keeps: those of models that know digits, because drawings are labelled with digits.
std::vector<DrawingAnswer> drawing_answers(std::span<const Answer> answers);

/// Converts 28×28 numbers from 0 to 1 to bytes, and back.
std::array<std::uint8_t, digit_pixels> bytes_of(const DigitPixels& pixels);
DigitPixels pixels_of(const Drawing& drawing);

/// `picture` reduced by a whole factor so that it is at most `drawing_picture_side` pixels wide and high. Each pixel is the
/// mean of those it stands for, in 16 levels of grey, so that a file holds exactly what is shown.
GreyImage small_picture(const GreyImage& picture);

/// {formatVersion, id, date, source, label, answers: [{model, name, digit, confidence}], pixels, picture: {width, height,
/// ink}}. `label` is null when not given, `date` ISO 8601 in UTC, `pixels` base64 of 784 bytes, `ink` base64 of runs: each
/// byte holds a grey level (0 to 15) in its upper half and the length of the run minus one in its lower half.
Json to_json(const Drawing& drawing);
/// Fails with "newer-version" or, for everything else, "bad-drawing".
Result<Drawing> drawing_from_json(const Json& json);

/// How well one model did on labelled drawings, judged by the answers it gave when they were made.
struct RunningAccuracy {
    std::string model, name;
    int right = 0, labelled = 0;
    double share() const { return labelled > 0 ? static_cast<double>(right) / labelled : 0; }
};

/// The accuracy of every model that answered a labelled drawing, best first, with the model's latest name.
std::vector<RunningAccuracy> running_accuracy(const DrawingList& drawings);

}  // namespace digitlab
