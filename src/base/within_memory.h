#pragma once

#include <new>
#include <stdexcept>
#include <string>

#include "base/result.h"

namespace digitlab {

/// What `work` returns, or an error of code "no-memory" when it takes more memory than there is.
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
