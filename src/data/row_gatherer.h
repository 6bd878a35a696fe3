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

/// What a data set of one's own may be. Stated in the Data panel and in every message about them.
inline constexpr std::size_t most_rows = 100'000, fewest_rows = 20;
inline constexpr std::size_t longest_class_name = 40;  ///< bytes of UTF-8

enum class DataPart { train, test };

/// Gathers labelled pictures from whatever file they come in and makes a data set of them.
class RowGatherer {
   public:
    /// Errors say what is wrong but not where, which the reader of the file adds: codes "bad-label", "too-many-classes" and
    /// "too-many-rows". `pixels` are 28×28 bytes.
    Status add(DataPart part, std::string_view label, std::span<const std::uint8_t> pixels);

    std::size_t rows() const { return parts_[0].labels.size() + parts_[1].labels.size(); }
    std::span<std::uint8_t> pixels(DataPart part) { return of(part).pixels; }

    /// The data set, in an order that depends on its rows only: shuffled, since files are often sorted by label. Class names
    /// are sorted, as numbers when all of them are; those numbered from 0 have no names. Without a test part every sixth
    /// picture of a class, chosen by chance, becomes one. Codes "too-few-rows", "too-few-classes", "label-gap" and
    /// "unknown-class" (a label of the test part that the training part lacks). The gatherer is empty afterwards.
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
