#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "app/commands/request.h"
#include "app/state.h"
#include "app/view_control.h"

namespace digitlab {

/// Carries out the commands about requests to the platform.
class RequestControl {
   public:
    /// Both must outlive this.
    RequestControl(State& state, ViewControl& view) : state_(state), view_(view) {}

    Status handle(RequestCommand command);

    /// Must be called when something has been stored. The first time, asks the platform to keep it.
    void something_stored();

   private:
    Status on(AskPlatform&& command);
    Status on(const RequestTaken& command);
    Status on(ReportRequestFailed&& command);
    Status on(const ReportRequestDone& command);
    Status on(const ReportPersistence& command);
    /// Ends a request that is being carried out; returns the cause for its notice.
    std::string end(std::uint64_t id);

    State& state_;
    ViewControl& view_;
    std::map<std::uint64_t, std::string> taken_;  ///< the kinds of the requests that are being carried out
    bool asked_to_persist_ = false;
};

}  // namespace digitlab
