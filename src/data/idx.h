#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "base/files.h"
#include "base/result.h"
#include "data/dataset.h"
#include "data/row_reader.h"

namespace digitlab {

/// Reads one file that holds images in MNIST's file format directly followed by their labels, as the page downloads it (IDX:
/// big-endian magic 0x00000803 for images, 0x00000801 for labels). Errors (code "bad-idx") say which part is wrong and how:
/// magic number, truncated, too long, different counts, label out of range.
Result<Dataset> read_packed_idx(std::string name, std::span<const std::uint8_t> packed);

/// What an IDX file holds, judging by its first bytes; `unreadable` is any other IDX file.
enum class IdxKind { none, images, labels, unreadable };
IdxKind idx_kind(std::span<const std::uint8_t> bytes);

/// A file from the user, unpacked.
struct NamedFile {
    std::string name;
    Bytes bytes;
};

/// Reads a pair of the user's files, whose labels may be any range of numbers. Images must be 28×28. Fails with "bad-idx";
/// messages name the file.
Result<std::unique_ptr<RowReader>> open_idx_rows(NamedFile images, NamedFile labels, DataPart part);

/// Reads `train-images-idx3-ubyte` and the other three files of `folder` (native programs only). Fails with "no-data" if
/// missing.
Result<DataPair> read_mnist_folder(const std::string& folder);
/// Reads the same files of Fashion-MNIST.
Result<DataPair> read_fashion_folder(const std::string& folder);

}  // namespace digitlab
