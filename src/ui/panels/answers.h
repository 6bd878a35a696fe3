#pragma once

#include <string>

#include "app/state.h"
#include "ui/ui.h"

namespace digitlab {

/// What the models say together, in words: "All 3 models say 7", or "Reads 407" for several digits.
std::string consensus_words(const State& state);

/// The label of the digit as read, or "?" when nothing fits or no model has answered.
std::string answer_letter(const ReadDigit& digit);

/// Draws the consensus, the choice among several digits, the ensemble's answer, and the picture that the models see.
void draw_consensus(const State& state, Ui& ui);

/// Draws each model's answer with its most probable digits, most confident first.
void draw_answers(const DrawState& draw, Ui& ui);

}  // namespace digitlab
