#pragma once

#include <cstddef>
#include <string>

namespace digitlab {

// Numbers in human-readable form.

std::string percent(double share);               ///< 0.9712: "97.1 %"
std::string precise_percent(double share);       ///< 0.9712: "97.12 %"
std::string fixed(double number, int decimals);  ///< 0.123
std::string general(double number);              ///< 0.001, 1e-05: the shortest form with six digits
std::string count(double number);                ///< 12345: "12,345"
std::string duration(double secs);               ///< "8.2 s", "1 min 23 s", "2 h 5 min"
std::string megabytes(double bytes);             ///< "9.4 MB"
std::string bytes(double number);                ///< "0 bytes", "1.2 kB", "9.4 MB"
std::string date(double unix_secs);              ///< "21 Nov 2026, 14:05", in local time

}  // namespace digitlab
