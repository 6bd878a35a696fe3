#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "data/dataset.h"
#include "data/digit_pixels.h"

namespace digitlab {

/// The limits of a custom data set. They are stated in the Data panel and in every message about them.
inline constexpr std::size_t most_rows = 100'000, fewest_rows = 20;
inline constexpr std::size_t longest_class_name = 40;  ///< bytes of UTF-8

enum class DataPart { train, test };

/// Gathers labelled images from any kind of file and makes a data set of them.
class RowGatherer {
   public:
    /// `pixels` are 28×28 bytes. Fails with "bad-label", "too-many-classes" or "too-many-rows". Messages say what is wrong; the
    /// reader of the file adds where.
    Status add(DataPart part, std::string_view label, std::span<const std::uint8_t> pixels);

    std::size_t rows() const { return parts_[0].labels.size() + parts_[1].labels.size(); }
    std::span<std::uint8_t> pixels(DataPart part) { return of(part).pixels; }

    /// Returns the data set, shuffled, since files are often sorted by label; the order depends only on the rows. Class names
    /// are sorted, as numbers if all of them are numbers; classes numbered from 0 have no names. If there is no test part,
    /// every sixth image of each class, chosen at random, becomes one. Fails with "too-few-rows", "too-few-classes",
    /// "label-gap" or "unknown-class" (a label of the test part that the training part lacks). The gatherer is empty
    /// afterwards.
    Result<DataPair> finish(const std::string& name);

   private:
    struct Part {
        std::vector<std::uint8_t> pixels;
        std::vector<std::uint8_t> labels;
    };
    Part& of(DataPart part) { return parts_[part == DataPart::train ? 0 : 1]; }
    Status check() const;

    Part parts_[2];
    std::map<std::string, int, std::less<>> classes_;
};

}  // namespace digitlab
