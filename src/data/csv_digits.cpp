#include "data/csv_digits.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <span>
#include <utility>

#include "base/text.h"

namespace digitlab {

namespace {

constexpr std::size_t columns = digit_pixels + 1;
constexpr std::size_t rows_per_step = 200;
/// Leaves room for some decimal places in each pixel.
constexpr std::size_t longest_line = 64 * 1024;

/// Strips spaces and quotes around the cell.
std::string_view unquoted(std::string_view cell) {
    cell = trimmed(cell);
    if (cell.size() >= 2 && cell.front() == '"' && cell.back() == '"') cell = trimmed(cell.substr(1, cell.size() - 2));
    return cell;
}

/// Stops after one cell more than `most`, even if the line holds a million cells.
void cut_into_cells(std::string_view line, char separator, std::size_t most, std::vector<std::string_view>& cells) {
    cells.clear();
    bool quoted = false;
    std::size_t start = 0;
    for (std::size_t i = 0; i <= line.size() && cells.size() <= most; ++i) {
        if (i < line.size() && line[i] == '"') quoted = !quoted;
        if (i < line.size() && (quoted || line[i] != separator)) continue;
        cells.push_back(unquoted(line.substr(start, i - start)));
        start = i + 1;
    }
}

/// Returns "7" for "7.0", as some programs write every number as a decimal.
std::string_view label_in(std::string_view cell) {
    const std::size_t point = cell.find('.');
    if (point == std::string_view::npos || point == 0 || !decimal_in(cell)) return cell;
    const bool whole = cell.find_first_not_of('0', point + 1) == std::string_view::npos;
    return whole ? cell.substr(0, point) : cell;
}

std::string shown(std::string_view cell) {
    if (!is_plain_text(cell)) return "something that is not text";
    return "\"" + std::string(cell.substr(0, 20)) + (cell.size() > 20 ? "\u2026\"" : "\"");
}

}  // namespace

CsvDigits::CsvDigits(std::string file, Bytes bytes, DataPart part)
    : file_(std::move(file)), bytes_(std::move(bytes)), part_(part), pixels_(digit_pixels) {
    constexpr std::array<std::uint8_t, 3> utf8_mark = {0xEF, 0xBB, 0xBF};
    if (bytes_.size() >= 3 && std::equal(utf8_mark.begin(), utf8_mark.end(), bytes_.begin())) at_ = 3;
}

double CsvDigits::share_done() const {
    return bytes_.empty() ? 1 : static_cast<double>(at_) / static_cast<double>(bytes_.size());
}

tl::unexpected<Error> CsvDigits::bad(const std::string& what) const {
    return fail("bad-csv", file_ + ", row " + std::to_string(row_) + ": " + what);
}

std::string_view CsvDigits::next_line() {
    const std::string_view rest(reinterpret_cast<const char*>(bytes_.data()) + at_, bytes_.size() - at_);
    const std::size_t end = std::min(rest.find_first_of("\r\n"), rest.size());
    at_ += std::min(end + (rest.substr(end).starts_with("\r\n") ? 2 : 1), rest.size());
    ++row_;
    return rest.substr(0, end);
}

Status CsvDigits::step(RowGatherer& rows) {
    if (finished()) return {};
    if (row_ == 0) rows_before_ = rows.rows();
    for (std::size_t i = 0; i < rows_per_step && !finished(); ++i) {
        const std::string_view line = next_line();
        if (trimmed(line).empty()) continue;
        if (Status read = read_line(line, rows); !read) return read;
    }
    return finished() ? finish(rows) : Status{};
}

Status CsvDigits::read_line(std::string_view line, RowGatherer& rows) {
    if (!begun_) {
        for (const char candidate : {',', ';', '\t'}) {
            if (std::ranges::count(line.substr(0, longest_line), candidate) >
                std::ranges::count(line.substr(0, longest_line), separator_))
                separator_ = candidate;
        }
    }
    cut_into_cells(line, separator_, columns, cells_);
    if (cells_.size() == columns - 1) {
        return bad("it has 784 columns, so the label is missing: it comes first, then the 784 pixels.");
    }
    if (cells_.size() != columns) {
        const std::string count = cells_.size() > columns ? "more than 785" : std::to_string(cells_.size());
        return bad("it has " + count + " columns; a label and 784 pixels make 785.");
    }
    if (line.size() > longest_line) return bad("it is longer than 64 KB, which 785 numbers never are.");
    if (!begun_ && row_ == 1 && is_titles()) return {};
    if (Status read = read_pixels(); !read) return read;
    if (Status added = rows.add(part_, label_in(cells_[0]), pixels_); !added) {
        return fail(added.error().code, file_ + ", row " + std::to_string(row_) + ": " + added.error().message);
    }
    return {};
}

bool CsvDigits::is_titles() const {
    const std::span<const std::string_view> pixels = std::span(cells_).subspan(1);
    const auto numbers = std::ranges::count_if(pixels, [](std::string_view cell) { return decimal_in(cell).has_value(); });
    if (2 * numbers < std::ssize(pixels)) return true;
    return std::ranges::adjacent_find(pixels, [](std::string_view left, std::string_view right) {
               return decimal_in(right).value_or(0) != decimal_in(left).value_or(0) + 1;
           }) == pixels.end();
}

Status CsvDigits::read_pixels() {
    std::array<double, digit_pixels> values{};
    bool fractions = false;
    double largest = 0;
    for (std::size_t i = 0; i < digit_pixels; ++i) {
        const auto value = decimal_in(cells_[i + 1]);
        if (!value || *value < 0 || *value > 255) {
            return bad("column " + std::to_string(i + 2) + " holds " + shown(cells_[i + 1]) +
                       "; pixels are numbers from 0 (paper) to 255 (ink).");
        }
        values[i] = *value;
        largest = std::max(largest, *value);
        fractions = fractions || *value != std::floor(*value);
    }
    if (!begun_) shares_ = largest <= 1 && fractions;
    begun_ = true;
    if (shares_ && largest > 1) {
        return bad("it has pixels above 1, while those of the first row go from 0 to 1. Use one scale for all.");
    }
    above_one_ = above_one_ || largest > 1;
    std::ranges::transform(values, pixels_.begin(), [scale = shares_ ? 255.0 : 1.0](double value) {
        return static_cast<std::uint8_t>(value * scale + 0.5);
    });
    return {};
}

/// If all pixels in the file are 0 or 1, makes them black and white.
Status CsvDigits::finish(RowGatherer& rows) const {
    if (!begun_) return fail("bad-csv", file_ + " holds no pictures: each row is a label and 784 pixels.");
    if (shares_ || above_one_) return {};
    const auto pixels = rows.pixels(part_);
    const auto own = pixels.last(std::min((rows.rows() - rows_before_) * digit_pixels, pixels.size()));
    for (std::uint8_t& pixel : own) pixel = pixel != 0 ? 255 : 0;
    return {};
}

}  // namespace digitlab
