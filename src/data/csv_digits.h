#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.h"
#include "data/row_reader.h"

namespace digitlab {

/// Reads images from a text table: a label, then 784 pixels row by row from the top left, 0 paper to 255 ink. Cells are
/// separated by commas, semicolons or tabs and may be quoted; a title row and empty rows are skipped. If all pixels are from 0
/// to 1, they are scaled. Fails with "bad-csv" or a code of RowGatherer::add; messages name the file and the row.
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
    /// Whether the first row consists of titles: most of its pixels are not numbers, or they number the columns. If only a few
    /// cells are not numbers, they are mistakes.
    bool is_titles() const;
    Status read_pixels();
    Status finish(RowGatherer& rows) const;
    tl::unexpected<Error> bad(const std::string& what) const;

    std::string file_;
    Bytes bytes_;
    DataPart part_;
    std::size_t at_ = 0;   ///< position in bytes_
    std::size_t row_ = 0;  ///< current row of the file, from 1
    char separator_ = ',';
    bool begun_ = false;      ///< a row of pixels was read
    bool shares_ = false;     ///< pixels go from 0 to 1, judging by the first row
    bool above_one_ = false;  ///< some pixel is above 1
    std::size_t rows_before_ = 0;
    std::vector<std::string_view> cells_;
    std::vector<std::uint8_t> pixels_;
};

}  // namespace digitlab
