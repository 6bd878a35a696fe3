#pragma once

#include <string>

#include "app/one_of.h"
#include "app/state.h"

namespace digitlab {

// Commands about the window as a whole: ViewControl carries them out.

struct ShowView {
    View view;
};
struct ChooseTheme {
    ThemeChoice theme;
};
struct DismissNotice {
    int id;
};
/// The platform could not do something; the message becomes a notice.
struct ReportProblem {
    std::string message;
    std::string cause = {};  ///< see Notice
};
/// The platform has done something that cannot be seen; the message becomes a notice.
struct ReportDone {
    std::string message;
};

using ViewCommand = OneOf<ShowView, ChooseTheme, DismissNotice, ReportProblem, ReportDone>;

}  // namespace digitlab
