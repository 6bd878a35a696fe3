#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/files.h"
#include "data/ink.h"

namespace digitlab {

/// `bytes` deflated, as gzip and ZIP hold them.
Bytes deflated(const Bytes& bytes);
Bytes gzip_of(const Bytes& bytes);

struct PackedFile {
    std::string path;
    Bytes bytes;
};
/// A ZIP archive, every other file deflated.
Bytes zip_of(const std::vector<PackedFile>& files);

/// A ZIP archive of one stored file whose sizes and offset are in the fields of ZIP64; `said_bytes` is the size that it claims
/// for the file, or 0 for the actual size.
Bytes zip64_of(const std::string& path, const Bytes& bytes, std::uint64_t said_bytes = 0);

/// A PNG file; 0 black to 255 white.
Bytes png_of(const GreyImage& grey);

/// Appends `value` as IDX files hold numbers.
void append_big_endian(Bytes& bytes, std::uint32_t value);

Bytes bytes_of_text(const std::string& text);

/// A grey picture of `side` pixels: paper of one brightness with a bar of another at a height that tells classes apart.
GreyImage bar_picture(int side, int height_of_bar, std::uint8_t paper, std::uint8_t ink);

/// A row of CSV: the label and 784 pixels, a bright bar for class `bar`.
std::string csv_row(const std::string& label, int bar, char separator = ',', const char* bright = "255");

}  // namespace digitlab
