#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "app/app.h"

namespace digitlab::web {

/// Data that the page brings in piece by piece: the halves of a data set that it downloads, and the user's files.
class Arrivals {
   public:
    /// `app` must outlive this.
    explicit Arrivals(App& app) : app_(app) {}

    /// Takes one half of a data set, in the packed form of the download. With the second the data set is there. Code
    /// "unknown-dataset" and those of `read_packed_idx`.
    Status take_half(const std::string& id, bool train, std::span<const std::uint8_t> packed);

    /// Forgets the files brought so far.
    void begin_files() { files_.clear(); }
    /// Returns where the bytes of the next file are to be written; null when there is not enough memory.
    std::uint8_t* add_file(const char* name, std::size_t bytes);
    /// Begins to make a data set of the files. Codes of AddDataset.
    Status add_dataset(const std::string& name);

   private:
    App& app_;
    std::string id_;  ///< of the data set that `halves_` belong to
    DataPair halves_;
    std::vector<NamedFile> files_;
};

}  // namespace digitlab::web
