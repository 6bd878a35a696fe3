#include "data/packed.h"

#include <cstdlib>

#include "base/checksum.h"

#define STB_IMAGE_WRITE_IMPLEMENTATION
#define STB_IMAGE_WRITE_STATIC
#define STBI_WRITE_NO_STDIO
#if defined(__GNUC__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"
#endif
#include <third_party/stb/stb_image_write.h>
#if defined(__GNUC__)
#pragma GCC diagnostic pop
#endif

namespace digitlab {

namespace {

void append(Bytes& bytes, std::uint32_t value, int count) {
    for (int i = 0; i < count; ++i) bytes.push_back(i < 4 ? static_cast<std::uint8_t>(value >> (8 * i)) : std::uint8_t{0});
}

void append(Bytes& bytes, const Bytes& more) { bytes.insert(bytes.end(), more.begin(), more.end()); }

}  // namespace

Bytes deflated(const Bytes& bytes) {
    if (bytes.empty()) return {3, 0};  // stb_image_write returns nothing for empty input, not even an end of block
    int size = 0;
    auto* const source = const_cast<unsigned char*>(bytes.data());
    unsigned char* const packed = stbi_zlib_compress(source, static_cast<int>(bytes.size()), &size, 8);
    // Without the header and the checksum of zlib's own format.
    Bytes made(packed + 2, packed + size - 4);
    std::free(packed);
    return made;
}

Bytes gzip_of(const Bytes& bytes) {
    Bytes file = {0x1F, 0x8B, 8, 8, 0, 0, 0, 0, 0, 3, 'n', 'a', 'm', 'e', 0};
    append(file, deflated(bytes));
    append(file, crc32(bytes), 4);
    append(file, static_cast<std::uint32_t>(bytes.size()), 4);
    return file;
}

Bytes zip_of(const std::vector<PackedFile>& files) {
    Bytes archive, list;
    for (std::size_t i = 0; i < files.size(); ++i) {
        const PackedFile& file = files[i];
        const bool packs = i % 2 == 1;
        const Bytes packed = packs ? deflated(file.bytes) : file.bytes;
        Bytes fields;  // shared by both headers: version to the length of the extra field
        append(fields, 20, 2);
        append(fields, 0, 2);
        append(fields, packs ? 8 : 0, 2);
        append(fields, 0, 4);
        append(fields, crc32(file.bytes), 4);
        append(fields, static_cast<std::uint32_t>(packed.size()), 4);
        append(fields, static_cast<std::uint32_t>(file.bytes.size()), 4);
        append(fields, static_cast<std::uint32_t>(file.path.size()), 2);
        append(fields, 0, 2);
        append(list, 0x02014B50, 4);
        append(list, 20, 2);
        append(list, fields);
        append(list, 0, 10);
        append(list, static_cast<std::uint32_t>(archive.size()), 4);
        append(list, bytes_of_text(file.path));
        append(archive, 0x04034B50, 4);
        append(archive, fields);
        append(archive, bytes_of_text(file.path));
        append(archive, packed);
    }
    const auto start = static_cast<std::uint32_t>(archive.size());
    append(archive, list);
    append(archive, 0x06054B50, 4);
    append(archive, 0, 4);
    append(archive, static_cast<std::uint32_t>(files.size()), 2);
    append(archive, static_cast<std::uint32_t>(files.size()), 2);
    append(archive, static_cast<std::uint32_t>(list.size()), 4);
    append(archive, start, 4);
    append(archive, 0, 2);
    return archive;
}

Bytes zip64_of(const std::string& path, const Bytes& bytes, std::uint64_t said_bytes) {
    const std::uint64_t size = said_bytes == 0 ? bytes.size() : said_bytes;
    const auto append64 = [](Bytes& to, std::uint64_t value) {
        append(to, static_cast<std::uint32_t>(value), 4);
        append(to, static_cast<std::uint32_t>(value >> 32U), 4);
    };
    const auto append_header = [&](Bytes& to, int extra_bytes) {
        append(to, 45, 2);
        append(to, 0, 8);  // flags, method, time
        append(to, crc32(bytes), 4);
        append(to, 0xFFFFFFFF, 4);
        append(to, 0xFFFFFFFF, 4);
        append(to, static_cast<std::uint32_t>(path.size()), 2);
        append(to, static_cast<std::uint32_t>(extra_bytes), 2);
    };
    const auto append_extra = [&](Bytes& to, std::uint32_t field_bytes) {
        append(to, 1, 2);
        append(to, field_bytes, 2);
        append64(to, size);
        append64(to, size);
    };
    Bytes archive;
    append(archive, 0x04034B50, 4);
    append_header(archive, 20);
    append(archive, bytes_of_text(path));
    append_extra(archive, 16);
    append(archive, bytes);
    const std::uint64_t list_at = archive.size();
    append(archive, 0x02014B50, 4);
    append(archive, 45, 2);
    append_header(archive, 28);
    append(archive, 0, 10);  // comment, disk, attributes
    append(archive, 0xFFFFFFFF, 4);
    append(archive, bytes_of_text(path));
    append_extra(archive, 24);
    append64(archive, 0);  // where the file begins
    const std::uint64_t end_at = archive.size();
    append(archive, 0x06064B50, 4);
    append64(archive, 44);
    append(archive, 45, 2);
    append(archive, 45, 2);
    append(archive, 0, 8);  // disks
    append64(archive, 1);
    append64(archive, 1);
    append64(archive, end_at - list_at);
    append64(archive, list_at);
    append(archive, 0x07064B50, 4);
    append(archive, 0, 4);
    append64(archive, end_at);
    append(archive, 1, 4);
    append(archive, 0x06054B50, 4);
    append(archive, 0, 4);
    append(archive, 0xFFFF, 2);
    append(archive, 0xFFFF, 2);
    append(archive, 0xFFFFFFFF, 4);
    append(archive, 0xFFFFFFFF, 4);
    append(archive, 0, 2);
    return archive;
}

Bytes png_of(const GreyImage& grey) {
    Bytes file;
    const auto take = [](void* target, void* data, int size) {
        const auto* const bytes = static_cast<const std::uint8_t*>(data);
        auto& to = *static_cast<Bytes*>(target);
        to.insert(to.end(), bytes, bytes + size);
    };
    stbi_write_png_to_func(take, &file, grey.width, grey.height, 1, grey.ink.data(), grey.width);
    return file;
}

void append_big_endian(Bytes& bytes, std::uint32_t value) {
    for (int shift = 24; shift >= 0; shift -= 8) bytes.push_back(static_cast<std::uint8_t>(value >> shift));
}

Bytes bytes_of_text(const std::string& text) { return Bytes(text.begin(), text.end()); }

GreyImage bar_picture(int side, int height_of_bar, std::uint8_t paper, std::uint8_t ink) {
    GreyImage grey{side, side, {}};
    for (int y = 0; y < side; ++y) {
        const bool bar = y >= height_of_bar * side / 28 && y < (height_of_bar + 3) * side / 28;
        for (int x = 0; x < side; ++x) {
            grey.ink.push_back(bar && x >= side / 7 && x < side - side / 7 ? ink : paper);
        }
    }
    return grey;
}

std::string csv_row(const std::string& label, int bar, char separator, const char* bright) {
    std::string row = label;
    const GreyImage picture = bar_picture(28, 3 * bar + 2, 0, 1);
    for (const std::uint8_t pixel : picture.ink) {
        row += separator;
        row += pixel != 0 ? bright : "0";
    }
    return row + "\n";
}

}  // namespace digitlab
