#include "ui/format.h"

#include <cmath>
#include <cstdio>
#include <ctime>

namespace digitlab {

namespace {

template <class... Values>
std::string print(const char* format, Values... values) {
    char text[64];
    std::snprintf(text, sizeof text, format, values...);
    return text;
}

}  // namespace

std::string percent(double share) { return print("%.1f %%", share * 100); }

std::string precise_percent(double share) { return print("%.2f %%", share * 100); }

std::string fixed(double number, int decimals) { return print("%.*f", decimals, number); }

std::string general(double number) { return print("%.6g", number); }

std::string count(double number) {
    std::string digits = print("%.0f", number);
    const std::size_t start = number < 0 ? 1 : 0;
    if (!std::isfinite(number)) return digits;
    for (std::size_t place = digits.size(); place > start + 3;) {
        place -= 3;
        digits.insert(place, ",");
    }
    return digits;
}

std::string duration(double secs) {
    if (secs < 59.95) return print("%.1f s", secs);
    const long whole = std::lround(secs);
    if (whole < 3600) return print("%ld min %ld s", whole / 60, whole % 60);
    return print("%ld h %ld min", whole / 3600, whole % 3600 / 60);
}

std::string megabytes(double bytes) { return print("%.1f MB", bytes / 1e6); }

std::string bytes(double number) {
    if (number < 1000) return count(number) + " bytes";
    return number < 999'950 ? print("%.1f kB", number / 1e3) : megabytes(number);
}

std::string date(double unix_secs) {
    const auto moment = static_cast<std::time_t>(unix_secs);
    std::tm local{};
    if (!localtime_r(&moment, &local)) return "";
    char text[64];
    return {text, std::strftime(text, sizeof text, "%d %b %Y, %H:%M", &local)};
}

}  // namespace digitlab
