#pragma once

#include <utility>

#include "app/dataset_library.h"
#include "app/drawing_library.h"
#include "app/run_store.h"
#include "app/state.h"

namespace digitlab {

/// Shows in `State::storage` how much is stored of each kind. Changes come in quick succession, when an archive is imported for
/// example, so the amounts are added up only by `update`.
class StorageUsage {
   public:
    /// All must outlive this.
    StorageUsage(State& state, const RunStore& runs, const DrawingLibrary& drawings, const DatasetLibrary& datasets)
        : state_(state), runs_(runs), drawings_(drawings), datasets_(datasets) {}

    /// Must be called when something has been stored or removed.
    void changed() { stale_ = true; }
    /// Whether `update` must be called.
    bool pending() const { return stale_; }
    /// Returns true when the state has changed.
    bool update() {
        if (!std::exchange(stale_, false)) return false;
        StorageState& storage = state_.storage;
        storage.runs = runs_.stored_runs();
        storage.models = runs_.stored_models();
        storage.drawings = drawings_.stored();
        storage.datasets = datasets_.stored();
        ++state_.revision;
        return true;
    }

   private:
    State& state_;
    const RunStore& runs_;
    const DrawingLibrary& drawings_;
    const DatasetLibrary& datasets_;
    bool stale_ = true;
};

}  // namespace digitlab
