#pragma once

#include <string>

#include "ui/ui.h"

namespace digitlab {

/// "All 3 models say 7", "2 of 3 models say 7", "The 3 models disagree"; what is missing when there is no answer.
std::string consensus_words(const State& state);

/// Headline, the digit, and the 28×28 picture the models get.
void draw_consensus(const State& state, Ui& ui);

/// What each model says, most confident first.
void draw_answers(const DrawState& draw, Ui& ui);

}  // namespace digitlab
