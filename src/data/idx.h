#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "base/result.h"
#include "data/dataset.h"

namespace digitlab {

/// Reads MNIST's own file format (IDX: big-endian magic 0x00000803 for pictures, 0x00000801 for labels).
/// Errors (code "bad-idx") say which file is wrong and how: magic, truncated, too long, counts that differ, label out of range.
Result<Dataset> read_idx_pair(std::string name, std::span<const std::uint8_t> images, std::span<const std::uint8_t> labels);

/// Reads one file that holds a picture IDX followed directly by its label IDX: what the page downloads.
Result<Dataset> read_packed_idx(std::string name, std::span<const std::uint8_t> packed);

/// Reads `train-images-idx3-ubyte` and the other three files of `folder` (native programs). Code "no-data" when absent.
Result<DataPair> read_mnist_folder(const std::string& folder);

}  // namespace digitlab
