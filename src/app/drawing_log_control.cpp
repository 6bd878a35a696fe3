#include "app/drawing_log_control.h"

#include <algorithm>
#include <utility>

namespace digitlab {

Status DrawingLogControl::handle(DrawingLogCommand command) {
    return std::move(command).visit([this](const auto& kind) { return on(kind); });
}

Status DrawingLogControl::on(const LabelDrawn& command) {
    around_.drawing.answer();  // the label belongs to what is on the paper now
    return around_.log.label_selected(command.label);
}

Status DrawingLogControl::on(const TestOnDrawings& command) {
    const std::string& model = command.model;
    DrawingList drawings = split_drawings(state_.drawings.all).both();
    if (drawings.empty()) return fail("no-drawings", "There are no labelled drawings to test on.");
    if (std::ranges::find(state_.models, model) == state_.models.end()) {
        return fail("unknown-model", "There is no model \"" + model + "\".");
    }
    if (!around_.predictor.classes(model).digits()) {
        return fail("other-classes", "This model was trained on other classes than digits, which is what drawings are.");
    }
    state_.drawings.test = DrawingTest{model, model_name(state_, model), 0, drawings.size(), {}};
    around_.evaluations.add(model, std::move(drawings), [this, model](const Evaluation& evaluation, const Status& status) {
        show_test(model, evaluation, status);
    });
    return {};
}

void DrawingLogControl::show_test(const std::string& model, const Evaluation& evaluation, const Status& status) {
    auto& test = state_.drawings.test;
    if (!test || test->model != model) return;
    if (!status) {
        test.reset();
        around_.view.show_problem(status.error().message);
        return;
    }
    test->done = evaluation.digits.size();
    test->total = evaluation.drawings.size();
    if (test->done == test->total) test->result = evaluation.result();
}

Status DrawingLogControl::on(const ExportDrawings& command) {
    if (state_.drawings.all.empty()) return fail("no-drawings", "There are no drawings to export yet.");
    state_.requests.ask(SaveDrawings{command.format});
    return {};
}

}  // namespace digitlab
