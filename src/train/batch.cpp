#include "train/batch.h"

#include <algorithm>

namespace digitlab {

namespace {

constexpr std::size_t rows_per_task = 32;

}  // namespace

int batches_for(std::size_t rows, int batch_size) {
    const auto size = static_cast<std::size_t>(batch_size);
    return static_cast<int>((rows + size - 1) / size);
}

std::span<const std::uint32_t> slice(std::span<const std::uint32_t> all, int batch, int size) {
    const auto start = static_cast<std::size_t>(batch) * static_cast<std::size_t>(size);
    return all.subspan(start, std::min(static_cast<std::size_t>(size), all.size() - start));
}

void gather_images(const Dataset& data, std::span<const std::uint32_t> rows, std::span<float> input, ThreadPool& pool) {
    const std::size_t size = data.image_size();
    const auto tasks = static_cast<int>((rows.size() + rows_per_task - 1) / rows_per_task);
    pool.run(tasks, [&](int task) {
        const std::size_t first = static_cast<std::size_t>(task) * rows_per_task;
        const std::size_t last = std::min(first + rows_per_task, rows.size());
        for (std::size_t row = first; row < last; ++row) {
            const std::uint8_t* from = data.pixels.data() + rows[row] * size;
            float* to = input.data() + row * size;
            for (std::size_t i = 0; i < size; ++i) to[i] = static_cast<float>(from[i]) * (1.0F / 255.0F);
        }
    });
}

void gather_augmented_images(const Dataset& data, std::span<const std::uint32_t> rows, const Augmentation& augmentation,
                             std::uint64_t seed, int epoch, std::span<float> input, ThreadPool& pool) {
    const std::size_t size = data.image_size();
    pool.run(static_cast<int>(rows.size()), [&](int task) {
        const auto i = static_cast<std::size_t>(task);
        augment_row(data, rows[i], augmentation, seed, static_cast<std::uint32_t>(epoch), input.subspan(i * size, size));
    });
}

void count_answers(const Network& network, std::span<const std::uint8_t> labels, int rows, std::vector<int>& confusion) {
    const auto classes = static_cast<std::size_t>(network.classes());
    for (std::size_t row = 0; row < static_cast<std::size_t>(rows); ++row) {
        const auto logits = network.logits().subspan(row * classes, classes);
        const auto answer = static_cast<std::size_t>(std::ranges::max_element(logits) - logits.begin());
        ++confusion[labels[row] * classes + answer];
    }
}

}  // namespace digitlab
