#pragma once

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

/// What is known about the storage.
struct StorageState {
    Persistence persistence = Persistence::unknown;
};

}  // namespace digitlab
