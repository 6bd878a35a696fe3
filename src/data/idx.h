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

/// Reads one file that holds pictures in MNIST's own file format followed directly by their labels, as the page downloads it
/// (IDX: big-endian magic 0x00000803 for pictures, 0x00000801 for labels). Errors (code "bad-idx") say which part is wrong and
/// how: magic, truncated, too long, counts that differ, label out of range.
Result<Dataset> read_packed_idx(std::string name, std::span<const std::uint8_t> packed);

/// What an IDX file holds, by its first bytes; `unreadable` is IDX of other numbers than bytes.
enum class IdxKind { none, images, labels, unreadable };
IdxKind idx_kind(std::span<const std::uint8_t> bytes);

/// A file from the user, unpacked.
struct NamedFile {
    std::string name;
    Bytes bytes;
};

/// Reads a pair of the user's own, whose labels may go from any number to any other. Pictures have to be 28×28. Code
/// "bad-idx"; messages name the file.
Result<std::unique_ptr<RowReader>> open_idx_rows(NamedFile images, NamedFile labels, DataPart part);

/// Reads `train-images-idx3-ubyte` and the other three files of `folder` (native programs). Code "no-data" when absent.
Result<DataPair> read_mnist_folder(const std::string& folder);
/// Reads the same files of Fashion-MNIST.
Result<DataPair> read_fashion_folder(const std::string& folder);

}  // namespace digitlab
