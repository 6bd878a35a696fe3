#pragma once

#include <optional>
#include <string>

namespace digitlab {

/// Seconds since 1970 as ISO 8601 in UTC with milliseconds, as JavaScript's Date writes it: "2026-03-01T09:30:00.000Z".
std::string iso_from_unix_secs(double unix_secs);

/// Parses exactly this form; nullopt for any other text.
std::optional<double> unix_secs_from_iso(const std::string& text);

}  // namespace digitlab
