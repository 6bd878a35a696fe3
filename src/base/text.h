#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace digitlab {

/// `text` without leading and trailing spaces, tabs and line ends.
std::string_view trimmed(std::string_view text);

/// Whether the bytes are UTF-8 without control characters, as labels and names must be.
bool is_plain_text(std::string_view text);

/// Checks a name that the user has given to `what`, such as "A run". Fails with "bad-name" when it is empty, longer than
/// `most_bytes` or not plain text.
Status check_name(const std::string& what, std::string_view name, std::size_t most_bytes);

/// The finite decimal number that makes up all of `text`, such as "-0.5" or "1e-3", in any locale; nullopt for other text.
std::optional<double> decimal_in(std::string_view text);

}  // namespace digitlab
