#pragma once

#include <string>

#include "app/state.h"
#include "ui/ui.h"

namespace digitlab {

/// What the models say together, in words: "All 3 models say 7", of several digits "Reads 407".
std::string consensus_words(const State& state);

/// What is read there: the digit, or "?" where nothing fits or nobody has answered.
std::string answer_letter(const ReadDigit& digit);

/// The consensus, which digit of several is shown, what all models answer as one, and the picture they see.
void draw_consensus(const State& state, Ui& ui);

/// Each model's answer with its most probable digits, most confident first.
void draw_answers(const DrawState& draw, Ui& ui);

}  // namespace digitlab
