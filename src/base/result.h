#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace digitlab {

/// What went wrong: `code` for programs (stable, kebab-case, e.g. "bad-spec"), `message` for people:
/// one or two sentences saying what is wrong and what to do about it.
struct Error {
    std::string code;
    std::string message;
};

/// Errors are values in the core. Exceptions are caught at the boundary to libraries that throw.
template <class T>
using Result = tl::expected<T, Error>;

/// Success, or why not.
using Status = Result<void>;

inline tl::unexpected<Error> fail(std::string code, std::string message) {
    return tl::unexpected<Error>(Error{std::move(code), std::move(message)});
}

}  // namespace digitlab
