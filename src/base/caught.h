#pragma once

#include <exception>
#include <new>
#include <string>

#include "base/result.h"

namespace digitlab {

/// Converts the exception being handled to an error with code "out-of-memory" or "unexpected". Call it inside a catch block.
/// `what` begins the sentence, e.g. "The training".
inline Error caught_error(const std::string& what) {
    try {
        throw;
    } catch (const std::bad_alloc&) {
        return {"out-of-memory", what +
                                     " needs more memory than there is. Close other tabs or programs, or choose a smaller "
                                     "network or batch size."};
    } catch (const std::exception& error) {
        return {"unexpected", what + " was ended by an unexpected error (" + error.what() + "). Try again."};
    } catch (...) {
        return {"unexpected", what + " was ended by an unexpected error. Try again."};
    }
}

}  // namespace digitlab
