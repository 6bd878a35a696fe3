#include "base/iso_time.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace digitlab {

namespace {

using std::chrono::milliseconds;

/// 0 stands for any digit, every other character for itself.
constexpr std::string_view pattern = "0000-00-00T00:00:00.000Z";
/// 9999-12-31: later years would not fit the pattern.
constexpr double latest_secs = 253402300799;

std::string padded(std::int64_t number, std::size_t digits) {
    const std::string text = std::to_string(number);
    return std::string(digits - std::min(digits, text.size()), '0') + text;
}

bool matches_pattern(const std::string& text) {
    return std::ranges::equal(text, pattern, [](char given, char expected) {
        return expected == '0' ? given >= '0' && given <= '9' : given == expected;
    });
}

int number_at(const std::string& text, std::size_t at, std::size_t digits) {
    int number = 0;
    for (std::size_t i = at; i < at + digits; ++i) number = number * 10 + (text[i] - '0');
    return number;
}

}  // namespace

std::string iso_from_unix_secs(double unix_secs) {
    const double secs = std::isfinite(unix_secs) ? std::clamp(unix_secs, 0.0, latest_secs) : 0.0;
    const std::chrono::sys_time<milliseconds> moment{milliseconds(std::llround(secs * 1000))};
    const auto day = std::chrono::floor<std::chrono::days>(moment);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss time{moment - day};
    return padded(static_cast<int>(date.year()), 4) + '-' + padded(static_cast<unsigned>(date.month()), 2) + '-' +
           padded(static_cast<unsigned>(date.day()), 2) + 'T' + padded(time.hours().count(), 2) + ':' +
           padded(time.minutes().count(), 2) + ':' + padded(time.seconds().count(), 2) + '.' +
           padded(time.subseconds().count(), 3) + 'Z';
}

std::optional<double> unix_secs_from_iso(const std::string& text) {
    if (!matches_pattern(text)) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{number_at(text, 0, 4)},
                                           std::chrono::month{static_cast<unsigned>(number_at(text, 5, 2))},
                                           std::chrono::day{static_cast<unsigned>(number_at(text, 8, 2))}};
    const int hour = number_at(text, 11, 2);
    const int minute = number_at(text, 14, 2);
    const int second = number_at(text, 17, 2);
    if (!date.ok() || hour > 23 || minute > 59 || second > 59) return std::nullopt;
    const std::chrono::sys_time<milliseconds> moment = std::chrono::sys_days(date) + std::chrono::hours(hour) +
                                                       std::chrono::minutes(minute) + std::chrono::seconds(second) +
                                                       milliseconds(number_at(text, 20, 3));
    return static_cast<double>(moment.time_since_epoch().count()) / 1000;
}

}  // namespace digitlab
