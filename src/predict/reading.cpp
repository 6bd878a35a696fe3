#include "predict/reading.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

#include "base/within_memory.h"
#include "data/cut.h"

namespace digitlab {

namespace {

/// A piece at least this wide, relative to its line's height, may be touching digits, unless the judge is sure that it is one.
constexpr double maybe_two = 0.9, sure = 0.97;
/// From this relative width on, a piece may be touching digits even when the judge is sure.
constexpr double likely_two = 1.15;
/// Log-likelihoods: the lowest score of a digit, since a network's zero is not truly zero, and the score of what is no digit.
constexpr double least_score = -4, no_digit = -4;
/// Digits consist of strokes; ink thicker than this, relative to its height, is a blot.
constexpr double blot = 0.35;
constexpr float digit_unsure = 0.75F;

bool is_blot(const InkPiece& ink) {
    // A thick "1" is as thick as it is wide, so narrow ink is never a blot.
    return ink.ink.width > 0.55 * ink.ink.height && stroke_width(ink) > blot * ink.ink.height;
}

/// The model that judges which ink of a line could be a digit.
class Judge {
   public:
    Judge(Predictor& predictor, const std::string& id, const PreparationSteps& steps)
        : predictor_(predictor), only_{id}, steps_(steps) {}

    bool is_sure(const InkPiece& ink) const {
        const Answer answer = ask(ink);
        return answer.fits && static_cast<double>(answer.confidence) > sure;
    }
    double score(const InkPiece& ink) const {
        const Answer answer = ask(ink);
        if (!answer.fits) return no_digit;
        return std::max(std::log(static_cast<double>(answer.confidence)), least_score);
    }

   private:
    Answer ask(const InkPiece& ink) const {
        const auto answers = predictor_.predict(prepare_digit(ink, steps_).pixels, only_);
        return answers->front();  // the judge is one of the predictor's models
    }

    Predictor& predictor_;
    std::vector<std::string> only_;
    const PreparationSteps& steps_;
};

/// Cuts the pieces that may be touching digits.
InkLine with_cuts(const InkLine& line, const Judge& judge) {
    InkLine cut;
    cut.height = line.height;
    for (const InkAtom& atom : line.atoms) {
        const double width = atom.ink.ink.width / line.height;
        if (width < maybe_two || (width < likely_two && judge.is_sure(atom.ink)) || is_blot(atom.ink)) {
            cut.atoms.push_back(atom);
        } else {
            std::ranges::move(cut_apart(atom.ink, line.height), std::back_inserter(cut.atoms));
        }
    }
    return cut;
}

struct FoundDigit {
    InkPiece ink;
    bool cut_off = false;  ///< from the digit before
};

std::vector<FoundDigit> digits_of(const InkLine& line, const JudgeGroup& judge) {
    std::vector<FoundDigit> digits;
    for (const InkGroup group : split_line(line, judge)) {
        digits.push_back({ink_of(line, group), line.atoms[group.first].cut_cost > 0});
    }
    return digits;
}

/// Reads a line by shapes alone when there is no model to judge.
std::vector<FoundDigit> read_line(const InkLine& line, Predictor& predictor, const std::string& judge_id,
                                  const PreparationSteps& steps) {
    const auto any = [](InkGroup) { return 0.0; };
    if (judge_id.empty() || !steps.crop) return digits_of(line, any);
    const Judge judge(predictor, judge_id, steps);
    const InkLine atoms = with_cuts(line, judge);
    if (atoms.atoms.size() == 1) return digits_of(atoms, any);
    return digits_of(atoms, [&](InkGroup group) { return judge.score(ink_of(atoms, group)); });
}

/// The label that most models answered or, on a tie, the most confident answer. Ink that does not look like a digit is still
/// read when it stands among digits and the leading answer is confident: there it is most likely an odd digit.
std::string letter_of(const ReadDigit& digit, bool among_digits) {
    const Answer& leading = *leading_answer(digit.answers);
    if (!digit.fits && !(among_digits && leading.confidence >= digit_unsure)) return "?";
    return digit.consensus.digit >= 0 ? digit.consensus.label : leading.label();
}

/// Whether `label` has more than one letter and so must be separated from its neighbours.
bool is_word(const std::string& label) {
    return std::ranges::count_if(label, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }) > 1;
}

/// Lines and words are separated by a space; "" without models.
std::string number_of(const std::vector<ReadDigit>& digits, const std::vector<std::size_t>& line_starts) {
    const bool among_digits =
        2 * std::ranges::count(digits, true, &ReadDigit::fits) > static_cast<std::ptrdiff_t>(digits.size());
    std::string number;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (digits[i].answers.empty()) continue;
        const std::string letter = letter_of(digits[i], among_digits);
        const bool separated = std::ranges::find(line_starts, i) != line_starts.end() || is_word(letter);
        if (!number.empty() && separated) number += ' ';
        number += letter;
    }
    return number;
}

std::string doubt_about(const ReadDigit& digit) {
    if (digit.answers.empty()) return "";
    if (!digit.fits) return "This does not look like a digit";
    if (digit.consensus.digit < 0) return "The models disagree";
    const Answer& best = *leading_answer(digit.answers);
    if (best.confidence >= digit_unsure) return "";
    std::vector<int> two = top_digits(best.probabilities, 2);
    std::ranges::sort(two);
    if (two.size() < 2) return "";
    return "Could be " + best.classes.name(two[0]) + " or " + best.classes.name(two[1]);
}

Result<ReadDigit> read_digit(const InkPiece& ink, Predictor& predictor, const std::string& judge_id,
                             const PreparationSteps& steps, std::span<const std::string> only) {
    ReadDigit digit;
    digit.prepared = prepare_digit(ink, steps);
    auto answers = predictor.predict(digit.prepared.pixels, only);
    if (!answers) return tl::unexpected(answers.error());
    digit.answers = std::move(*answers);
    digit.consensus = find_consensus(digit.answers);
    const auto judge = std::ranges::find(digit.answers, judge_id, &Answer::model);
    digit.fits = (judge == digit.answers.end() || judge->fits) && !is_blot(ink);
    digit.doubt = doubt_about(digit);
    digit.unsure = !digit.doubt.empty();
    return digit;
}

/// The doubt about the number as a whole; `touching` counts the digits that were cut from the one before.
std::string doubt_about(const Reading& reading, int touching) {
    if (touching == 1) return reading.digits.size() == 2 ? "These two may touch" : "Two of these digits may touch";
    if (touching > 1) return "Some of these digits may touch";
    const auto unsure = std::ranges::count(reading.digits, true, &ReadDigit::unsure);
    if (unsure == 0) return "";
    if (unsure > 1) return std::to_string(unsure) + " digits are unsure";
    const auto one = std::ranges::find(reading.digits, true, &ReadDigit::unsure);
    if (reading.digits.size() == 1) return one->doubt;
    return "Digit " + std::to_string(one - reading.digits.begin() + 1) + ": " + one->doubt;
}

Json to_json(const ReadDigit& digit) {
    const PreparedDigit& box = digit.prepared;
    Json json = {{"box", {{"left", box.left}, {"top", box.top}, {"right", box.right}, {"bottom", box.bottom}}}};
    const int answered = digit.consensus.digit;
    json["digit"] = answered < 0 ? Json() : Json(answered);
    json["label"] = answered < 0 ? Json() : Json(digit.consensus.label);
    json["confidence"] = Json();
    Json answers = Json::array();
    for (const Answer& answer : digit.answers) {
        const bool votes = counts_with(answer, *leading_answer(digit.answers));
        if (votes && answer.digit == answered && json["confidence"].is_null()) json["confidence"] = answer.confidence;
        answers.push_back(to_json(answer));
    }
    json["fits"] = digit.fits;
    json["unsure"] = digit.unsure;
    json["doubt"] = digit.doubt;
    json["answers"] = std::move(answers);
    return json;
}

Result<Reading> read_lines(Predictor& predictor, const GreyImage& grey, const PreparationSteps& steps,
                           std::span<const std::string> only) {
    Reading reading;
    reading.picture = prepare_stages(grey, steps);
    const std::string judge_id = predictor.best(only);
    int touching = 0;
    std::vector<std::size_t> line_starts;
    for (const InkLine& line : find_digits(reading.picture.clean, steps)) {
        line_starts.push_back(reading.digits.size());
        for (const FoundDigit& found : read_line(line, predictor, judge_id, steps)) {
            auto digit = read_digit(found.ink, predictor, judge_id, steps, only);
            if (!digit) return tl::unexpected(digit.error());
            touching += found.cut_off ? 1 : 0;
            reading.picture.digits.push_back(digit->prepared);
            reading.digits.push_back(std::move(*digit));
        }
    }
    reading.number = number_of(reading.digits, line_starts);
    reading.doubt = doubt_about(reading, touching);
    reading.unsure = !reading.doubt.empty();
    return reading;
}

}  // namespace

Json to_json(const Reading& reading) {
    Json json = {{"number", reading.number}, {"unsure", reading.unsure}, {"doubt", reading.doubt}};
    json["digits"] = Json::array();
    for (const ReadDigit& digit : reading.digits) json["digits"].push_back(to_json(digit));
    return json;
}

Result<Reading> read_picture(Predictor& predictor, const GreyImage& grey, const PreparationSteps& steps,
                             std::span<const std::string> only) {
    return within_memory(no_memory_for_picture, [&] { return read_lines(predictor, grey, steps, only); });
}

}  // namespace digitlab
