#pragma once

#include <functional>
#include <optional>
#include <string>

#include "app/command.h"
#include "app/state.h"
#include "base/clock.h"
#include "base/files.h"

namespace digitlab {

/// Keeps what the user has set up, from one visit to the next: theme, pen, the form and the network of one's own in it.
/// In Files: settings/page.<revision>.json, written anew once a change has been left alone for half a second.
class SettingsDesk {
   public:
    /// `stored` hears of every change to the files, or why there was none.
    using Stored = std::function<void(const Status&)>;
    /// All must outlive the desk.
    SettingsDesk(const State& state, Files& files, Clock clock, Stored stored);

    /// What brings back the settings of the last visit; none on the first. Codes "bad-settings" and those of Files::read.
    Result<Commands> restore() const;
    /// From now on a state with other settings than the present ones is kept.
    void begin();
    /// To be called now and then; stores what has changed when it is time.
    void advance();
    /// Something has changed and is not stored yet.
    bool pending() const { return changed_at_.has_value(); }

   private:
    /// The settings as text. Those of a form that cannot be trained are the last that could.
    std::string current();
    void store();

    const State& state_;
    Files& files_;
    Clock clock_;
    Stored stored_;
    Json spec_, architecture_;  ///< of the form and the network of one's own in it, when it last could be trained
    std::string kept_, wanted_;
    std::uint64_t seen_revision_ = 0;
    std::optional<double> changed_at_;
};

}  // namespace digitlab
