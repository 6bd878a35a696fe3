#pragma once

#include <memory>

#include "page.h"

namespace digitlab::web {

/// Sets the one page of this program, on which the functions that JavaScript calls work. Must be called before any of them.
Page& set_page(std::unique_ptr<Page> page);

}  // namespace digitlab::web
