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

/// The stored settings: settings/page.<revision>.json; see Records.
class StoredSettings : public Records {
   public:
    explicit StoredSettings(Files& files) : Records(files, {"set of settings", "settings", {}}) { read_all(); }

    /// Returns the commands that restore them and forgets them; empty when there are no readable settings.
    std::optional<Commands> take_commands() { return std::exchange(commands_, std::nullopt); }
    Status save(const std::string& json);

   private:
    Status take(const std::string& id, const Json& json) override;
    void drop(const std::string&) override {}

    std::optional<Commands> commands_;
};

/// Keeps the user's settings between visits: theme, pen, the form and the custom network in it. They are stored half a second
/// after the last change.
class SettingsStore : public KeepsUnsaved {
   public:
    /// Called after every change to the files, or with the reason why there was none.
    using Stored = std::function<void(const Status&)>;
    /// All must outlive it.
    SettingsStore(const State& state, Files& files, Clock clock, Stored stored);

    /// Returns, once, the commands that restore the settings of the last visit; none on the first visit. Fails with
    /// "bad-settings".
    Result<Commands> restore();
    /// From now on, changes from the present settings are stored.
    void begin();
    /// Must be called regularly; stores changes when they are due.
    void advance();
    /// Whether something has changed and is not stored yet.
    bool pending() const { return changed_at_.has_value(); }

    std::optional<Error> unsaved() const override { return why_unsaved_; }
    void store_unsaved() override { store(); }

   private:
    /// The settings as text. While the form cannot be trained, its last settings that could are used.
    std::string current();
    void store();

    const State& state_;
    Files& files_;
    StoredSettings stored_settings_;
    Clock clock_;
    Stored stored_;
    Json spec_, architecture_;  ///< of the form and its custom network, when it could last be trained
    std::string kept_, wanted_;
    std::uint64_t seen_revision_ = 0;
    std::optional<double> changed_at_;
    std::optional<Error> why_unsaved_;
};

}  // namespace digitlab
