#pragma once

#include <cmath>
#include <cstdint>
#include <functional>

#include "app/commands/drawing.h"
#include "app/drawing_library.h"
#include "app/state.h"
#include "base/clock.h"
#include "predict/predictor.h"

namespace digitlab {

/// Carries out the commands about the paper and asks the models for answers. Answers are due at once when the pen is lifted,
/// from time to time while it is down, and after a model has changed only while they can be seen.
class DrawingControl {
   public:
    struct Surroundings {
        Predictor& predictor;
        DrawingLibrary& log;
        Clock clock;
        std::function<void()> ink_flows;  ///< called whenever ink is drawn
        std::function<void(const std::string& message)> report_problem;
    };
    /// All must outlive this.
    DrawingControl(State& state, Surroundings surroundings) : state_(state), around_(std::move(surroundings)) {}

    Status handle(DrawingCommand command);

    /// Must be called when a model was added, changed or removed.
    void models_changed() { models_changed_ = true; }

    /// Whether the drawing waits for answers that are due now or soon.
    bool pending() const;
    /// Updates the answers if they are due. Returns true when the state has changed.
    bool answer_when_due();
    /// Updates the answers, whether or not they can be seen. Returns true when the state has changed.
    bool answer();

   private:
    template <class Kind>
    Status on(Kind&& command);
    Status on(SetPicture&& command);
    Status on(PlaceTestDigit&& command);
    Status on(PredictDrawing&& command);
    Status on(SetPreparationSteps&& command);
    Status on(SelectDigit&& command);
    void before_replacing();

    State& state_;
    Surroundings around_;
    std::uint64_t answered_revision_ = 0;  ///< paper revision that the answers belong to
    bool models_changed_ = false;          ///< since the last answers
    bool asked_ = false;                   ///< new answers to the same paper were asked for
    double answered_at_ = -INFINITY;
};

}  // namespace digitlab
