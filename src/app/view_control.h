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

    /// Replaces the notice of an earlier problem with the same cause, unless that is "".
    void show_problem(std::string text, const std::string& cause = {});
    void show_done(std::string text) { notify({0, false, std::move(text)}); }
    /// Removes the notices of problems with this cause: it is gone.
    void problem_solved(const std::string& cause);

   private:
    void on(const ShowView& command) { state_.view = command.view; }
    void on(const ChooseTheme& command) { state_.theme = command.theme; }
    void on(const DismissNotice& command);
    void on(const ReportProblem& command) { show_problem(command.message, command.cause); }
    void on(const ReportDone& command) { show_done(command.message); }
    void notify(Notice notice);

    State& state_;
    int next_notice_ = 1;
};

}  // namespace digitlab
