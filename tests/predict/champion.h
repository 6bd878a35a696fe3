#pragma once

#include <memory>

#include "predict/predictor.h"

namespace digitlab {

/// A predictor with the model that ships with the page, assets/champion.dglb.
std::unique_ptr<Predictor> predictor_with_champion();

}  // namespace digitlab
