#pragma once

#include <vector>

#include "train/session.h"

namespace digitlab {

/// Returns the kinds of session that this build supports. A build without threads has only one.
inline std::vector<TrainingSession::Kind> session_kinds() {
    using enum TrainingSession::Kind;
    if (!has_threads()) return {sliced};
    return {threaded, sliced};
}

}  // namespace digitlab
