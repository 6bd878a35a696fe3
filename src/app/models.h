#pragma once

#include <functional>
#include <string>

#include "app/state.h"
#include "base/clock.h"
#include "base/files.h"
#include "predict/predictor.h"

namespace digitlab {

/// The models that can answer: those of the runs and those that come with the program. Only this class changes `State::models`
/// and `State::ready_models`.
class Models {
   public:
    /// Called with the id of a model that is new, renamed, has new weights or is gone.
    using Changed = std::function<void(const std::string& id)>;
    /// `state` must outlive this.
    Models(State& state, const Clock& clock, Changed changed)
        : state_(state), predictor_(clock), changed_(std::move(changed)) {}

    Predictor& predictor() { return predictor_; }
    const Predictor& predictor() const { return predictor_; }

    /// Makes `model` answer for the run from now on, in place of an earlier one. Fails with the errors of `Predictor::add`.
    Status add(const Run& run, const Model& model);
    /// Adds a model that comes with the program, under `id` or, when that is empty, under the id in its notes; see
    /// AddReadyModel. Fails with "bad-model".
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
