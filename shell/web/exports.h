#pragma once

#include <memory>

#include "page.h"

namespace digitlab::web {

/// The one page of this program, for the functions that JavaScript calls. To be set before the first of them.
Page& set_page(std::unique_ptr<Page> page);

}  // namespace digitlab::web
