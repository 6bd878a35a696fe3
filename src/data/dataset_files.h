#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "data/idx.h"
#include "data/row_gatherer.h"
#include "data/row_reader.h"

namespace digitlab {

/// The most bytes that the files for a data set may have, packed or unpacked.
inline constexpr std::size_t most_file_bytes = std::size_t{256} << 20U;

/// All limits in one sentence, to show to users.
std::string dataset_limits();

/// Turns the user's files into a data set. Their first bytes, not their names, tell what they are: CSV tables, a ZIP of
/// pictures or IDX pairs; each may be compressed with gzip. Tables or pairs with "test" or "t10k" in their names make the test
/// part; if there is none, it is split off.
class DatasetImport {
   public:
    /// Fails with "bad-files" (wrong type or number), "bad-gzip", "too-large" or a code of the readers. Messages name the file.
    static Result<std::unique_ptr<DatasetImport>> open(std::string name, std::vector<NamedFile> files);

    /// Continues for a few milliseconds; does nothing once finished. Must not be called after an error.
    Status step();
    bool finished() const { return readers_.empty(); }
    double share_done() const;
    std::size_t rows() const { return rows_.rows(); }

    /// Must be called only once, when finished. Fails as RowGatherer::finish does.
    Result<DataPair> take();

   private:
    explicit DatasetImport(std::string name) : name_(std::move(name)) {}

    std::string name_;
    RowGatherer rows_;
    std::vector<std::unique_ptr<RowReader>> readers_;  ///< the next one first
    std::size_t readers_done_ = 0;
};

/// Runs the whole import at once.
Result<DataPair> read_dataset_files(const std::string& name, std::vector<NamedFile> files);

}  // namespace digitlab
