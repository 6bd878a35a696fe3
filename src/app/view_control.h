#pragma once

#include <string>

#include "app/commands/view.h"
#include "app/state.h"
#include "base/result.h"

namespace digitlab {

/// Carries out the commands about the view, the theme and the notices.
class ViewControl {
   public:
    /// `state` must outlive this.
    explicit ViewControl(State& state) : state_(state) {}

    Status handle(ViewCommand command);

    void show_problem(std::string text) { notify(std::move(text), true); }
    void show_done(std::string text) { notify(std::move(text), false); }

   private:
    void on(const ShowView& command) { state_.view = command.view; }
    void on(const ChooseTheme& command) { state_.theme = command.theme; }
    void on(const DismissNotice& command);
    void on(const ReportProblem& command) { show_problem(command.message); }
    void on(const ReportDone& command) { show_done(command.message); }
    void notify(std::string text, bool is_error);

    State& state_;
    int next_notice_ = 1;
};

}  // namespace digitlab
