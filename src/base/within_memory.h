#pragma once

#include <new>
#include <stdexcept>
#include <string>

#include "base/result.h"

namespace digitlab {

/// Returns what `work` returns, or fails with "no-memory" when memory runs out.
template <class Work>
auto within_memory(const std::string& message, Work&& work) -> decltype(work()) {
    try {
        return work();
    } catch (const std::bad_alloc&) {
        return fail("no-memory", message);
    } catch (const std::length_error&) {
        return fail("no-memory", message);
    }
}

}  // namespace digitlab
