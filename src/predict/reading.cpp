#include "predict/reading.h"

#include <utility>

namespace digitlab {

namespace {

/// The digit most models answered, or on a tie the most confident one.
char letter_of(const ReadDigit& digit) {
    const int best = digit.consensus.digit >= 0 ? digit.consensus.digit : digit.answers.front().digit;
    return static_cast<char>('0' + best);
}

}  // namespace

Result<Reading> read_picture(Predictor& predictor, const GreyImage& grey, const PreparationSteps& steps,
                             std::span<const std::string> only) {
    Reading reading;
    reading.picture = prepare_picture(grey, steps);
    for (const PreparedDigit& prepared : reading.picture.digits) {
        auto answers = predictor.predict(prepared.pixels, only);
        if (!answers) return tl::unexpected(answers.error());
        ReadDigit digit;
        digit.prepared = prepared;
        digit.answers = std::move(*answers);
        digit.consensus = find_consensus(digit.answers);
        if (!digit.answers.empty()) reading.number += letter_of(digit);
        reading.digits.push_back(std::move(digit));
    }
    return reading;
}

}  // namespace digitlab
