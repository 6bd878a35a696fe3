#pragma once

#include <functional>
#include <string>

#include "app/state.h"
#include "base/clock.h"
#include "base/files.h"
#include "predict/predictor.h"

namespace digitlab {

/// The models that can answer: those of the runs and those that come with the program. The only one who changes
/// `State::models` and `State::ready_models`.
class Models {
   public:
    /// Called with the id of a model that is new, has other weights or is gone.
    using Changed = std::function<void(const std::string& id)>;
    /// `state` must outlive this.
    Models(State& state, const Clock& clock, Changed changed)
        : state_(state), predictor_(clock), changed_(std::move(changed)) {}

    Predictor& predictor() { return predictor_; }
    const Predictor& predictor() const { return predictor_; }

    /// From now on `model` answers for the run, instead of an earlier one. Codes of `Predictor::add`.
    Status add(const Run& run, const Model& model);
    /// Adds a model that comes with the program, under `id` or, where that is empty, under the id in its notes; see
    /// AddReadyModel. Code "bad-model".
    Status add_ready(const Bytes& file, const std::string& id);
    void rename(const std::string& id, const std::string& name);
    void remove(const std::string& id);

   private:
    void show(ReadyModel ready);
    void changed(const std::string& id);

    State& state_;
    Predictor predictor_;
    Changed changed_;
};

}  // namespace digitlab
