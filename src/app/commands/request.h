#pragma once

#include <cstdint>
#include <string>

#include "app/one_of.h"
#include "app/platform_requests.h"

namespace digitlab {

// Commands about what only the platform can do: RequestControl carries them out.

/// Asks the platform for something that needs nothing else.
struct AskPlatform {
    PlatformAction action;
};
/// The platform carries out a request, which then waits no more. Code "unknown-request".
struct RequestTaken {
    std::uint64_t id;
};
/// The platform could not do what it was asked for; the message becomes a notice.
struct ReportRequestFailed {
    std::uint64_t id;
    std::string message;
};

using RequestCommand = OneOf<AskPlatform, RequestTaken, ReportRequestFailed>;

}  // namespace digitlab
