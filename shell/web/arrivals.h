#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "app/app.h"

namespace digitlab::web {

/// Collects data that the page hands over piece by piece: the halves of a data set that it downloads, and the user's files.
class Arrivals {
   public:
    /// `app` must outlive this.
    explicit Arrivals(App& app) : app_(app) {}

    /// Takes one half of a data set, in the packed form of the download. The second half completes the data set. Fails with
    /// "unknown-dataset" and the codes of `read_packed_idx`.
    Status take_half(const std::string& id, bool train, std::span<const std::uint8_t> packed);

    /// Forgets the files added so far.
    void begin_files() { files_.clear(); }
    /// Returns where the bytes of the next file are to be written; null when there is not enough memory.
    std::uint8_t* add_file(const char* name, std::size_t bytes);
    /// Begins to make a data set of the files. Fails with the codes of AddDataset.
    Status add_dataset(const std::string& name);

   private:
    App& app_;
    std::string id_;  ///< the data set that `halves_` belong to
    DataPair halves_;
    std::vector<NamedFile> files_;
};

}  // namespace digitlab::web
