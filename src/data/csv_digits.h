#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.h"
#include "data/row_reader.h"

namespace digitlab {

/// Reads pictures from a table as text: a label, then 784 pixels from the top left along the rows, 0 paper to 255 ink. Cells
/// are separated by commas, semicolons or tabs and may be quoted; a first row of titles is left out, as are empty rows. Pixels
/// that are all from 0 to 1 are scaled. Codes "bad-csv" and those of RowGatherer::add; messages name file and row.
class CsvDigits : public RowReader {
   public:
    /// `file` is what messages call it.
    CsvDigits(std::string file, Bytes bytes, DataPart part);

    Status step(RowGatherer& rows) override;
    bool finished() const override { return at_ >= bytes_.size(); }
    double share_done() const override;

   private:
    std::string_view next_line();
    Status read_line(std::string_view line, RowGatherer& rows);
    /// Whether the first row consists of titles: most of its pixels are no numbers, or they count the columns. A few cells that
    /// are no numbers are mistakes.
    bool is_titles() const;
    Status read_pixels();
    Status finish(RowGatherer& rows) const;
    tl::unexpected<Error> bad(const std::string& what) const;

    std::string file_;
    Bytes bytes_;
    DataPart part_;
    std::size_t at_ = 0;   ///< of bytes_
    std::size_t row_ = 0;  ///< of the file, from 1
    char separator_ = ',';
    bool begun_ = false;      ///< a row of pixels was read
    bool shares_ = false;     ///< pixels go from 0 to 1, by the first row
    bool above_one_ = false;  ///< some pixel is above 1
    std::size_t rows_before_ = 0;
    std::vector<std::string_view> cells_;
    std::vector<std::uint8_t> pixels_;
};

}  // namespace digitlab
