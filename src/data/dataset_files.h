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

/// What is taken of files for a data set, packed or unpacked.
inline constexpr std::size_t most_file_bytes = std::size_t{256} << 20U;

/// All limits in one sentence, for people.
std::string dataset_limits();

/// Files that a person gives, on their way to a data set. Told apart by what they begin with, not by their names: CSV tables,
/// a ZIP of pictures, IDX pairs; each may be packed with gzip. Of several tables or pairs those with "test" or "t10k" in their
/// names make the test part; without one it is split off.
class DatasetImport {
   public:
    /// Codes "bad-files" (what they are, or how many), "bad-gzip", "too-large" and those of the readers. Messages name the
    /// file.
    static Result<std::unique_ptr<DatasetImport>> open(std::string name, std::vector<NamedFile> files);

    /// Reads on for a few milliseconds; nothing once finished. After an error there is nothing more to do.
    Status step();
    bool finished() const { return readers_.empty(); }
    double share_done() const;
    std::size_t rows() const { return rows_.rows(); }

    /// Once finished, and once only. Errors as in RowGatherer::finish.
    Result<DataPair> take();

   private:
    explicit DatasetImport(std::string name) : name_(std::move(name)) {}

    std::string name_;
    RowGatherer rows_;
    std::vector<std::unique_ptr<RowReader>> readers_;  ///< the next one first
    std::size_t readers_done_ = 0;
};

/// The whole import in one go.
Result<DataPair> read_dataset_files(const std::string& name, std::vector<NamedFile> files);

}  // namespace digitlab
