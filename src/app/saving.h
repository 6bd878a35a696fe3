#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "app/state.h"
#include "base/files.h"

namespace digitlab {

/// A part of the program that keeps in memory what could not be stored.
class KeepsUnsaved {
   public:
    virtual ~KeepsUnsaved() = default;
    /// Why something is only in memory; empty when everything has been written.
    virtual std::optional<Error> unsaved() const = 0;
    /// Tries again to write what is only in memory.
    virtual void store_unsaved() = 0;
};

/// Makes writes durable, and says in `State::save` whether what the user sees would survive closing the tab. It would not while
/// something is only in memory, or when a flush has failed or is not done; this is checked anew each time.
class Saving {
   public:
    /// `on_saved` is called whenever a flush has succeeded and nothing is unsaved. All must outlive the object; a flush may
    /// finish after it is gone.
    Saving(State& state, Files& files, std::function<void()> on_saved)
        : state_(state), files_(files), on_saved_(std::move(on_saved)) {
        show();
    }

    /// Includes `part`, which must outlive the object, from now on.
    void watch(KeepsUnsaved& part);

    /// Must be called after each change to the files, or with the reason why there was none.
    void take(const Status& stored);
    /// Must be called when the files have become writable or there may be room again.
    void store_unsaved();

    /// Takes in the results of flushes. Returns true when the state has changed.
    bool update();
    /// Whether `update` must be called.
    bool pending() const { return flushes_->unfinished > 0 || flushes_->changed; }

   private:
    /// What an unfinished flush may touch after the App is gone.
    struct Flushes {
        int unfinished = 0;
        bool changed = false;
        Status last;
    };
    void flush();
    void show();
    SaveState worked_out() const;

    State& state_;
    Files& files_;
    std::function<void()> on_saved_;
    std::vector<KeepsUnsaved*> parts_;
    std::shared_ptr<Flushes> flushes_ = std::make_shared<Flushes>();
    bool storing_unsaved_ = false;
};

}  // namespace digitlab
