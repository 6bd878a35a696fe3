#pragma once

#include <algorithm>
#include <cstddef>
#include <span>

namespace digitlab {

/// Calls `take(value, length)` for every run of equal values, in order; runs longer than `longest` are split. `value_of`
/// returns the part of an element that is compared.
template <class T, class ValueOf, class Take>
void for_each_run(std::span<const T> values, std::size_t longest, ValueOf&& value_of, Take&& take) {
    for (std::size_t at = 0; at < values.size();) {
        const auto value = value_of(values[at]);
        const std::size_t most = std::min(values.size() - at, longest);
        std::size_t length = 1;
        while (length < most && value_of(values[at + length]) == value) ++length;
        take(value, length);
        at += length;
    }
}

}  // namespace digitlab
