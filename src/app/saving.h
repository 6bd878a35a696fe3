#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "app/state.h"
#include "base/files.h"

namespace digitlab {

/// A part of the program that keeps in memory what could not be stored.
class KeepsUnsaved {
   public:
    virtual ~KeepsUnsaved() = default;
    /// Why something is in memory only; nothing when everything has been written.
    virtual std::optional<Error> unsaved() const = 0;
    /// Tries again to write what is in memory only.
    virtual void store_unsaved() = 0;
};

/// Makes durable what is written, and says in `State::save` whether what the user sees would survive closing the tab. That is
/// worked out from what is unsaved each time: something is in memory only, or a flush has failed or is on its way.
class Saving {
   public:
    /// Both must outlive the object; flushes on their way need not.
    Saving(State& state, Files& files) : state_(state), files_(files) { show(); }

    /// Asks `part`, which must outlive the object, from now on.
    void watch(KeepsUnsaved& part);

    /// To be called after each change of the files, or with the reason why there was none.
    void take(const Status& stored);
    /// To be called when the files have become writable, and when there may be room again.
    void store_unsaved();

    /// Takes in what has become of flushes. True when the state has changed.
    bool update();
    /// Whether `update` has to be called.
    bool pending() const { return flushes_->unfinished > 0 || flushes_->changed; }

   private:
    /// What a flush that is on its way may touch after the App is gone.
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
    std::vector<KeepsUnsaved*> parts_;
    std::shared_ptr<Flushes> flushes_ = std::make_shared<Flushes>();
    bool storing_unsaved_ = false;
};

}  // namespace digitlab
