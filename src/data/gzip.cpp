#include "data/gzip.h"

#include <zlib.h>

#include <algorithm>
#include <limits>

#include "base/byte_order.h"

namespace digitlab {

namespace {

using ByteView = std::span<const std::uint8_t>;

/// At best, deflate packs 258 bytes into 2 bits.
constexpr std::size_t best_ratio = 1032;
constexpr int gzip_only = 16, largest_window = 15;

/// Unpacks a gzip file with zlib.
class Unpacker {
   public:
    explicit Unpacker(ByteView packed) {
        stream_.next_in = packed.data();
        stream_.avail_in = static_cast<uInt>(packed.size());
        state_ = inflateInit2(&stream_, largest_window + gzip_only);
    }
    ~Unpacker() { inflateEnd(&stream_); }
    Unpacker(const Unpacker&) = delete;
    Unpacker& operator=(const Unpacker&) = delete;

    /// Fills `bytes` from `at` on as far as possible; returns where the unpacked bytes end.
    std::size_t unpack_into(Bytes& bytes, std::size_t at) {
        stream_.next_out = bytes.data() + at;
        stream_.avail_out = static_cast<uInt>(bytes.size() - at);
        while (state_ == Z_OK && stream_.avail_in > 0) {
            state_ = inflate(&stream_, Z_NO_FLUSH);
            // A gzip file may have several members, which are concatenated.
            if (state_ == Z_STREAM_END && stream_.avail_in > 0) state_ = inflateReset(&stream_);
        }
        // No room was left.
        if (state_ == Z_BUF_ERROR && stream_.avail_out == 0) state_ = Z_OK;
        return bytes.size() - stream_.avail_out;
    }
    bool ended() const { return state_ == Z_STREAM_END; }
    bool needs_room() const { return state_ == Z_OK && stream_.avail_out == 0; }

   private:
    z_stream stream_{};
    int state_;
};

}  // namespace

bool is_gzip(ByteView bytes) { return bytes.size() >= 2 && bytes[0] == 0x1F && bytes[1] == 0x8B; }

Result<Bytes> gunzip(const std::string& name, ByteView packed, std::size_t most_bytes) {
    const auto damaged = [&](const std::string& why) {
        return fail("bad-gzip", name + " cannot be unpacked: " + why + " Make or download it again.");
    };
    const auto too_large = [&] {
        return fail("too-large",
                    name + " is too large: unpacked it may have at most " + std::to_string(most_bytes >> 20U) + " MB.");
    };
    constexpr std::size_t least_bytes = 18;
    if (!is_gzip(packed)) return damaged("it is not a gzip file.");
    if (packed.size() < least_bytes) return damaged("it is cut short.");
    if (packed.size() > std::numeric_limits<uInt>::max() || most_bytes > std::numeric_limits<uInt>::max()) return too_large();
    // The file ends with its unpacked size, or with that of the last member if it has several.
    const std::size_t size = read_u32(packed, packed.size() - sizeof(std::uint32_t));
    if (size / best_ratio > packed.size()) return damaged("it is cut short or damaged.");
    if (size > most_bytes) return too_large();
    Bytes bytes(std::max<std::size_t>(size, 1));
    Unpacker unpacker(packed);
    std::size_t unpacked = unpacker.unpack_into(bytes, 0);
    while (unpacker.needs_room()) {
        if (bytes.size() == most_bytes) return too_large();
        bytes.resize(std::min(2 * bytes.size(), most_bytes));
        unpacked = unpacker.unpack_into(bytes, unpacked);
    }
    if (!unpacker.ended()) return damaged("it is cut short or damaged.");
    bytes.resize(unpacked);
    return bytes;
}

}  // namespace digitlab
