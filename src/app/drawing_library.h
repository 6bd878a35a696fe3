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

/// Keeps the log of drawings and the state's view of it. What cannot be stored is kept in the state for as long as the page is
/// open, as runs are.
class DrawingLibrary : public KeepsUnsaved {
   public:
    /// `stored` hears of every change to the files, or why there was none.
    using Stored = std::function<void(const Status&)>;
    /// Reads the log. All must outlive it.
    DrawingLibrary(State& state, Files& files, Clock unix_clock, Stored stored);

    const std::vector<std::string>& problems() const { return log_.problems(); }

    /// To be called after the drawing was read: finds which digits are in the log already, pixel for pixel.
    void follow_reading();
    /// To be called before the paper is emptied: what was on it and is not in the log enters it.
    void move_on();

    /// Codes "blank", "bad-label", "log-full".
    Status label_selected(int label);
    /// No label takes it away. Codes "unknown-drawing", "bad-label".
    Status label(const std::string& id, std::optional<int> label);
    /// Takes in a drawing from elsewhere; its id here, which is another when its own is taken, or "" when it is here already.
    /// An error has added nothing; those of DrawingLog::save.
    Result<std::string> add(Drawing drawing);
    /// Code "unknown-drawing", or why the file cannot be removed.
    Status remove(const std::string& id);
    Status clear();
    /// Shows what other programs have changed.
    void read_others();

    std::optional<Error> unsaved() const override { return unsaved_.empty() ? std::nullopt : why_unsaved_; }
    void store_unsaved() override;

   private:
    Drawing drawing_of(const ReadDigit& digit) const;
    std::string unused_id() const;
    /// An error only when the drawing is nowhere.
    Status save(const Drawing& drawing);
    void show();

    State& state_;
    Files& files_;
    DrawingLog log_;
    Clock unix_clock_;
    Stored stored_;
    DrawingList unsaved_;  ///< in the state only
    std::optional<Error> why_unsaved_;
};

}  // namespace digitlab
