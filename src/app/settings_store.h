#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "app/command.h"
#include "app/saving.h"
#include "app/state.h"
#include "base/clock.h"
#include "store/records.h"

namespace digitlab {

/// The settings as they were stored last: settings/page.<revision>.json; see Records.
class StoredSettings : public Records {
   public:
    explicit StoredSettings(Files& files) : Records(files, {"set of settings", "settings", {}}) { read_all(); }

    /// Hands over what brings them back; nothing when there are none that can be read.
    std::optional<Commands> take_commands() { return std::exchange(commands_, std::nullopt); }
    Status save(const std::string& json);

   private:
    Status take(const std::string& id, const Json& json) override;
    void drop(const std::string&) override {}

    std::optional<Commands> commands_;
};

/// Keeps what the user has set up from one visit to the next: theme, pen, the form and the custom network in it. It is stored
/// once a change has been left alone for half a second.
class SettingsStore : public KeepsUnsaved {
   public:
    /// `stored` hears of every change to the files, or why there was none.
    using Stored = std::function<void(const Status&)>;
    /// All must outlive it.
    SettingsStore(const State& state, Files& files, Clock clock, Stored stored);

    /// Hands over, once, what brings back the settings of the last visit; nothing on the first. Code "bad-settings".
    Result<Commands> restore();
    /// From now on a state with other settings than the present ones is stored.
    void begin();
    /// To be called now and then; stores what has changed when it is time.
    void advance();
    /// Something has changed and is not stored yet.
    bool pending() const { return changed_at_.has_value(); }

    std::optional<Error> unsaved() const override { return why_unsaved_; }
    void store_unsaved() override { store(); }

   private:
    /// The settings as text. Those of a form that cannot be trained are the last that could.
    std::string current();
    void store();

    const State& state_;
    Files& files_;
    StoredSettings stored_settings_;
    Clock clock_;
    Stored stored_;
    Json spec_, architecture_;  ///< of the form and the custom network in it, when it last could be trained
    std::string kept_, wanted_;
    std::uint64_t seen_revision_ = 0;
    std::optional<double> changed_at_;
    std::optional<Error> why_unsaved_;
};

}  // namespace digitlab
