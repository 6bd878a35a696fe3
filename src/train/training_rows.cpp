#include "train/training_rows.h"

#include <algorithm>
#include <numeric>

namespace digitlab {

std::vector<std::uint32_t> all_rows(std::size_t rows) {
    std::vector<std::uint32_t> all(rows);
    std::iota(all.begin(), all.end(), 0U);
    return all;
}

Split choose_training_rows(const ExperimentSpec& spec, std::size_t rows) {
    Split split = split_rows(rows, static_cast<std::size_t>(spec.validation_count), spec.seed);
    const auto wanted = static_cast<std::size_t>(spec.subset);
    if (wanted > 0) split.train.resize(wanted - split.validation.size());
    return split;
}

void order_rows(std::span<std::uint32_t> rows, const ExperimentSpec& spec, std::span<const std::uint8_t> labels, int epoch) {
    switch (spec.order) {
        case RowOrder::shuffled:
            shuffle_rows(rows, RandomStream(spec.seed, RandomPurpose::shuffle, static_cast<std::uint32_t>(epoch)));
            return;
        case RowOrder::as_stored: std::ranges::sort(rows); return;
        case RowOrder::by_class:
            std::ranges::sort(rows, {}, [&](std::uint32_t row) { return std::pair(labels[row], row); });
            return;
    }
}

std::vector<std::uint8_t> training_labels(const ExperimentSpec& spec, const Dataset& data) {
    std::vector<std::uint8_t> labels = data.labels;
    if (spec.label_noise <= 0 || data.classes < 2) return labels;
    for (std::size_t row = 0; row < labels.size(); ++row) {
        RandomStream random(spec.seed, RandomPurpose::label_noise, static_cast<std::uint32_t>(row));
        if (random.uniform() >= spec.label_noise) continue;
        const auto other = random.below(static_cast<std::uint32_t>(data.classes - 1));
        labels[row] = static_cast<std::uint8_t>(other < labels[row] ? other : other + 1);
    }
    return labels;
}

}  // namespace digitlab
