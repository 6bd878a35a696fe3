#include "data/inflate.h"

#include <limits>

#include "base/byte_order.h"
#include "base/checksum.h"
#include "data/stb_image.h"

namespace digitlab {

namespace {

using ByteView = std::span<const std::uint8_t>;

constexpr std::size_t header_bytes = 10, trailer_bytes = 8;
/// Deflate packs 258 bytes into 2 bits at best.
constexpr std::size_t best_ratio = 1032;

enum Flag : unsigned { has_checksum = 2, has_extra = 4, has_name = 8, has_comment = 16, reserved = 0xE0 };

/// Past a text that ends with a zero.
std::size_t past_text(ByteView bytes, std::size_t at) {
    while (at < bytes.size() && bytes[at] != 0) ++at;
    return at + 1;
}

/// Where the deflated data begin; beyond the end when the header is cut short.
std::size_t data_start(ByteView bytes) {
    const unsigned flags = bytes[3];
    std::size_t at = header_bytes;
    if ((flags & has_extra) != 0) {
        if (at + 2 > bytes.size()) return bytes.size() + 1;
        at += 2 + bytes[at] + 256U * bytes[at + 1];
    }
    if ((flags & has_name) != 0) at = past_text(bytes, at);
    if ((flags & has_comment) != 0) at = past_text(bytes, at);
    if ((flags & has_checksum) != 0) at += 2;
    return at;
}

tl::unexpected<Error> damaged(const std::string& name, const std::string& why) {
    return fail("bad-gzip", name + " cannot be unpacked: " + why + " Make or download it again.");
}

}  // namespace

bool is_gzip(ByteView bytes) { return bytes.size() >= 2 && bytes[0] == 0x1F && bytes[1] == 0x8B; }

Result<Bytes> gunzip(const std::string& name, ByteView packed, std::size_t most_bytes) {
    if (!is_gzip(packed)) return damaged(name, "it is not a gzip file.");
    if (packed.size() < header_bytes + trailer_bytes) return damaged(name, "it is cut short.");
    if (packed[2] != 8 || (packed[3] & reserved) != 0) return damaged(name, "it is of an unknown kind of gzip.");
    const std::size_t start = data_start(packed), end = packed.size() - trailer_bytes;
    if (start >= end) return damaged(name, "it is cut short.");
    const std::size_t size = read_u32(packed, end + 4);
    if (size / best_ratio > end - start) return damaged(name, "it is cut short or damaged.");
    if (size > most_bytes) {
        return fail("too-large", name + " unpacks to " + std::to_string(size >> 20U) + " MB; at most " +
                                     std::to_string(most_bytes >> 20U) + " MB are taken.");
    }
    auto bytes = inflate(packed.subspan(start, end + deflate_slack - start), size);
    if (!bytes || crc32(*bytes) != read_u32(packed, end)) return damaged(name, "it is cut short or damaged.");
    return bytes;
}

Result<Bytes> inflate(ByteView packed, std::size_t size) {
    constexpr auto most = static_cast<std::size_t>(std::numeric_limits<int>::max());
    if (packed.size() > most || size > most) return fail("bad-deflate", "More than 2 GB cannot be unpacked.");
    if (size / best_ratio > packed.size()) return fail("bad-deflate", "The packed data are cut short.");
    Bytes bytes(size);
    // It refuses an empty buffer.
    char nothing = 0;
    char* const target = size > 0 ? reinterpret_cast<char*>(bytes.data()) : &nothing;
    const int written = stbi_zlib_decode_noheader_buffer(
        target, static_cast<int>(size), reinterpret_cast<const char*>(packed.data()), static_cast<int>(packed.size()));
    if (written < 0 || static_cast<std::size_t>(written) != size) return fail("bad-deflate", "The packed data are damaged.");
    return bytes;
}

}  // namespace digitlab
