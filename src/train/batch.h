#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/thread_pool.h"
#include "data/augmentation.h"
#include "data/dataset.h"
#include "nn/network.h"

namespace digitlab {

/// The number of batches in `rows`.
int batches_for(std::size_t rows, int batch_size);

/// The rows of batch number `batch` of `all`, with `size` rows each; the last batch may be smaller.
std::span<const std::uint32_t> slice(std::span<const std::uint32_t> all, int batch, int size);

/// Copies the images `rows` of `data` to `input`, (rows, pixels), scaled from 0-255 to [0, 1]. Allocates nothing.
void gather_images(const Dataset& data, std::span<const std::uint32_t> rows, std::span<float> input, ThreadPool& pool);

/// The same with augmented images: the variant of an image depends only on the seed, the epoch and its row.
void gather_augmented_images(const Dataset& data, std::span<const std::uint32_t> rows, const Augmentation& augmentation,
                             std::uint64_t seed, int epoch, std::span<float> input, ThreadPool& pool);

/// Adds the answers of the network's last forward pass to `confusion`, (classes, classes): row true label, column answer.
void count_answers(const Network& network, std::span<const std::uint8_t> labels, int rows, std::vector<int>& confusion);

}  // namespace digitlab
