#include <algorithm>

#include "ui/layout.h"
#include "ui/panels/answers.h"
#include "ui/panels/drawing_log.h"
#include "ui/panels/drawing_tools.h"
#include "ui/panels/feedback.h"
#include "ui/panels/panels.h"
#include "ui/panels/paper.h"
#include "ui/panels/stages.h"
#include "ui/panels/why.h"

namespace digitlab {

namespace {

void draw_drawing(const State& state, Ui& ui) {
    const Card card(ui);
    draw_paper(state.draw, ui);
    draw_tools(state, ui);
}

}  // namespace

void draw_draw(const State& state, Ui& ui) {
    const float paper = std::clamp(ImGui::GetIO().DisplaySize.y - beside_paper, smallest_paper, largest_paper);
    {
        Columns columns(ui, std::min(std::max(paper, 300.0F) + 2 * card_padding, ui.width * 0.5F));
        draw_drawing(state, ui);
        columns.next();
        draw_consensus(state, ui);
        // On a wide page the stages stay in place, however many models answer.
        if (!ui.narrow) draw_stages(state.draw, ui);
        draw_answers(state.draw, ui);
        draw_feedback(state, ui);
        draw_why(state, ui);
        if (ui.narrow) draw_stages(state.draw, ui);
    }
    draw_drawing_log(state, ui);
}

}  // namespace digitlab
