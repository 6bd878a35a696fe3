#pragma once

#include <cstdint>
#include <string>

#include "app/one_of.h"
#include "app/platform_requests.h"
#include "app/storage_state.h"

namespace digitlab {

// Commands about requests to the platform: RequestControl carries them out.

/// Asks the platform for an action.
struct AskPlatform {
    PlatformAction action;
};
/// The platform has started on a request, which is no longer waiting. Fails with "unknown-request".
struct RequestTaken {
    std::uint64_t id;
};
/// The platform could not carry out a request; the message becomes a notice.
struct ReportRequestFailed {
    std::uint64_t id;
    std::string message;
};

/// The platform's answer to PersistStorage.
struct ReportPersistence {
    Persistence answer;
};

/// The platform has carried out a request.
struct ReportRequestDone {
    std::uint64_t id;
};

using RequestCommand = OneOf<AskPlatform, RequestTaken, ReportRequestFailed, ReportRequestDone, ReportPersistence>;

}  // namespace digitlab
