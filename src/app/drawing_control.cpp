#include "app/drawing_control.h"

#include <type_traits>
#include <utility>

#include "app/draw_commands.h"
#include "base/random.h"
#include "data/sample_digits.h"
#include "predict/reading.h"

namespace digitlab {

namespace {

/// While the pen is down, ink has priority over answers.
constexpr double secs_between_answers = 0.1;

/// Commands that replace what is on the paper; `before_replacing` must be called first.
template <class Kind>
constexpr bool replaces_paper =
    std::is_same_v<Kind, ClearDrawing> || std::is_same_v<Kind, PlaceSampleDigit> || std::is_same_v<Kind, PlaceSamplePhoto>;

template <class Kind>
constexpr bool draws_ink = std::is_same_v<Kind, BeginStroke> || std::is_same_v<Kind, DrawLine>;

}  // namespace

Status DrawingControl::handle(DrawingCommand command) {
    return std::move(command).visit([this]<class Kind>(Kind&& kind) { return on(std::forward<Kind>(kind)); });
}

/// Carries out the commands that change only the paper and its tools.
template <class Kind>
Status DrawingControl::on(Kind&& command) {
    if constexpr (replaces_paper<Kind>) before_replacing();
    if constexpr (draws_ink<Kind>) around_.ink_flows();
    return change_drawing(state_.draw, command);
}

Status DrawingControl::on(SetPicture&& command) {
    state_.view = View::draw;
    before_replacing();
    return set_picture(state_.draw, std::move(command.grey));
}

Status DrawingControl::on(PlaceTestDigit&&) {
    const auto& test = state_.datasets.mnist().data.pair.test;
    if (!test || test->rows() == 0) return fail("no-data", "The test digits come with the data set. Download it first.");
    before_replacing();
    RandomStream random(state_.draw.samples_placed++, RandomPurpose::sampling);
    const std::uint32_t row = random.below(static_cast<std::uint32_t>(test->rows()));
    return set_drawing(state_.draw, enlarged_digit(test->image(row)));
}

Status DrawingControl::on(PredictDrawing&&) {
    asked_ = true;
    return {};
}

Status DrawingControl::on(SetPreparationSteps&& command) {
    state_.draw.steps = command.steps;
    asked_ = true;
    return {};
}

Status DrawingControl::on(SelectDigit&& command) {
    if (command.index >= state_.draw.reading.digits.size()) return fail("unknown-digit", "There is no such digit.");
    state_.draw.selected_digit = command.index;
    return {};
}

/// Puts unlabelled digits into the log with up-to-date answers.
void DrawingControl::before_replacing() {
    answer();
    around_.log.move_on();
}

bool DrawingControl::pending() const {
    const bool seen = state_.view == View::draw;
    return asked_ || state_.draw.paper_revision != answered_revision_ || (models_changed_ && seen);
}

bool DrawingControl::answer_when_due() {
    const bool now = !state_.draw.stroke_open || around_.clock() - answered_at_ >= secs_between_answers;
    return now && pending() && answer();
}

bool DrawingControl::answer() {
    DrawState& draw = state_.draw;
    if (!asked_ && !models_changed_ && draw.paper_revision == answered_revision_) return false;
    answered_at_ = around_.clock();
    answered_revision_ = draw.paper_revision;
    asked_ = models_changed_ = false;
    auto reading = read_picture(around_.predictor, grey_of(draw), draw.steps);
    if (!reading) around_.report_problem(reading.error().message);
    draw.reading = reading ? std::move(*reading) : Reading{};
    ++draw.reading_revision;
    if (draw.selected_digit >= draw.reading.digits.size()) draw.selected_digit = 0;
    around_.log.follow_reading();
    ++state_.revision;
    return true;
}

}  // namespace digitlab
