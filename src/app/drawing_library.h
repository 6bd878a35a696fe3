#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/saving.h"
#include "app/state.h"
#include "base/clock.h"
#include "base/files.h"
#include "store/drawings.h"

namespace digitlab {

/// Manages the log of drawings and the state's view of it. Drawings that cannot be stored stay in the state while the page is
/// open, as runs do.
class DrawingLibrary : public KeepsUnsaved {
   public:
    /// Called after every change to the files, or with the reason why there was none.
    using Stored = std::function<void(const Status&)>;
    /// Reads the log. All must outlive it.
    DrawingLibrary(State& state, Files& files, Clock unix_clock, Stored stored);

    const std::vector<std::string>& problems() const { return log_.problems(); }
    StoredAmount stored() const { return {log_.drawings().size(), log_.bytes_in("drawings")}; }

    /// Must be called after the drawing was read. Finds the digits that are already in the log, pixel for pixel.
    void follow_reading();
    /// Must be called before the paper is emptied. Adds its digits to the log unless they are there already.
    void move_on();

    /// Fails with "blank", "bad-label" or "log-full".
    Status label_selected(int label);
    /// Without a label, removes the old one. Fails with "unknown-drawing" or "bad-label".
    Status label(const std::string& id, std::optional<int> label);
    /// Adds a drawing from elsewhere. Returns its id here, a new one when its own is taken, or "" when it is here already.
    /// Fails with the errors of DrawingLog::save and then adds nothing.
    Result<std::string> add(Drawing drawing);
    /// Fails with "unknown-drawing", or with the reason why the file cannot be removed.
    Status remove(const std::string& id);
    Status clear();
    /// Shows the changes that other programs have made.
    void read_others();

    std::optional<Error> unsaved() const override { return unsaved_.empty() ? std::nullopt : why_unsaved_; }
    void store_unsaved() override;

   private:
    Drawing drawing_of(const ReadDigit& digit) const;
    std::string unused_id() const;
    /// Fails only when the drawing is kept nowhere, not even in the state.
    Status save(const Drawing& drawing);
    void show();

    State& state_;
    Files& files_;
    DrawingLog log_;
    Clock unix_clock_;
    Stored stored_;
    DrawingList unsaved_;  ///< only in the state
    std::optional<Error> why_unsaved_;
};

}  // namespace digitlab
