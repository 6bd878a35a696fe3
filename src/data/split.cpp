#include "data/split.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace digitlab {

Split split_rows(std::size_t rows, std::size_t validation_count, std::uint64_t seed) {
    std::vector<std::uint32_t> order(rows);
    std::iota(order.begin(), order.end(), 0U);
    shuffle_rows(order, RandomStream(seed, RandomPurpose::validation_split));

    const auto border = order.begin() + static_cast<std::ptrdiff_t>(std::min(validation_count, rows));
    Split split{{border, order.end()}, {order.begin(), border}};
    // Keep the order of the file, so that each half is read from front to back.
    std::ranges::sort(split.train);
    std::ranges::sort(split.validation);
    return split;
}

void shuffle_rows(std::span<std::uint32_t> rows, RandomStream random) {
    for (std::size_t left = rows.size(); left > 1; --left) {
        std::swap(rows[left - 1], rows[random.below(static_cast<std::uint32_t>(left))]);
    }
}

}  // namespace digitlab
