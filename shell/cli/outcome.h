#pragma once

#include <utility>

#include "base/json.h"
#include "base/result.h"

namespace digitlab::cli {

/// The result of a command: the value that --json prints, and a status. A command that fails after it has done something has
/// both a value and an error.
struct Outcome {
    Json value;  ///< null when there is nothing but the error
    Status status;

    Outcome(Json json) : value(std::move(json)) {}
    Outcome(tl::unexpected<Error> error) : status(std::move(error)) {}
    Outcome(Json json, Status done) : value(std::move(json)), status(std::move(done)) {}
};

/// Prints to standard output.
void print_json(const Json& json);

}  // namespace digitlab::cli
