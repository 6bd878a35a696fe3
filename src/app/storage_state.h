#pragma once

#include <cstddef>

#include "base/json_reader.h"

namespace digitlab {

/// Whether the browser keeps what is stored when its disk runs full.
enum class Persistence {
    unknown,     ///< it has not answered
    granted,     ///< it has promised to
    denied,      ///< it may delete it
    unsupported  ///< it makes no promises
};

inline constexpr JsonWord<Persistence> persistence_words[] = {{Persistence::unknown, "unknown"},
                                                              {Persistence::granted, "granted"},
                                                              {Persistence::denied, "denied"},
                                                              {Persistence::unsupported, "unsupported"}};

/// How much of one kind is stored.
struct StoredAmount {
    std::size_t count = 0, bytes = 0;

    bool operator==(const StoredAmount&) const = default;
};

/// What is stored, and how safely.
struct StorageState {
    StoredAmount runs;    ///< with their labels
    StoredAmount models;  ///< with the checkpoints of runs that can be continued
    StoredAmount drawings;
    StoredAmount datasets;  ///< the user's own
    Persistence persistence = Persistence::unknown;
};

}  // namespace digitlab
