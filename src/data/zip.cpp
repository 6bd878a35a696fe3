#include "data/zip.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "base/checksum.h"
#include "data/inflate.h"
#include "data/row_gatherer.h"

namespace digitlab {

namespace {

// APPNOTE.TXT of PKWARE, sections 4.3.7, 4.3.12 and 4.3.16.
constexpr std::uint32_t local_magic = 0x04034B50, central_magic = 0x02014B50, end_magic = 0x06054B50;
constexpr std::size_t local_bytes = 30, central_bytes = 46, end_bytes = 22, longest_comment = 65535;
constexpr std::uint32_t stored = 0, deflated = 8;
// Archives of more than 65,534 files have a larger last record before the usual one (4.3.14 and 4.3.15).
constexpr std::uint32_t large_end_magic = 0x06064B50, large_locator_magic = 0x07064B50;
constexpr std::size_t large_end_bytes = 56, large_locator_bytes = 20;
constexpr std::size_t longest_path = 500;

class Fields {
   public:
    explicit Fields(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}
    std::uint32_t two(std::size_t at) const { return bytes_[at] | static_cast<std::uint32_t>(bytes_[at + 1]) << 8U; }
    std::uint32_t four(std::size_t at) const { return two(at) | two(at + 2) << 16U; }
    std::size_t size() const { return bytes_.size(); }
    std::uint64_t eight(std::size_t at) const { return four(at) | static_cast<std::uint64_t>(four(at + 4)) << 32U; }
    std::string_view text(std::size_t at, std::size_t length) const {
        return {reinterpret_cast<const char*>(bytes_.data()) + at, length};
    }

   private:
    std::span<const std::uint8_t> bytes_;
};

/// Where the archive's last record begins: the last place that looks like one and fits.
std::optional<std::size_t> find_end(const Fields& fields) {
    if (fields.size() < end_bytes) return std::nullopt;
    const std::size_t last = fields.size() - end_bytes, first = last - std::min(last, longest_comment);
    for (std::size_t at = last + 1; at-- > first;) {
        if (fields.four(at) == end_magic && at + end_bytes + fields.two(at + 20) == fields.size()) return at;
    }
    return std::nullopt;
}

/// How many entries the list of files has, and where it lies.
struct List {
    std::uint64_t count = 0, bytes = 0, at = 0;
};

/// By the last record, which begins at `end`; nothing when it is not what it should be.
std::optional<List> find_list(const Fields& fields, std::size_t end) {
    const List list{fields.two(end + 10), fields.four(end + 12), fields.four(end + 16)};
    if (list.count != 0xFFFF && list.at != 0xFFFFFFFF) return list;
    if (end < large_locator_bytes + large_end_bytes) return std::nullopt;
    const std::size_t locator = end - large_locator_bytes;
    if (fields.four(locator) != large_locator_magic) return std::nullopt;
    const std::uint64_t at = fields.eight(locator + 8);
    if (at > locator - large_end_bytes) return std::nullopt;
    const auto record = static_cast<std::size_t>(at);
    if (fields.four(record) != large_end_magic) return std::nullopt;
    return List{fields.eight(record + 32), fields.eight(record + 40), fields.eight(record + 48)};
}

/// With `/` between its parts, whichever program wrote it.
std::string clean_path(std::string_view path) {
    std::string clean(path);
    std::ranges::replace(clean, '\\', '/');
    return clean;
}

bool is_hostile(const std::string& path) {
    if (path.starts_with('/') || (path.size() > 1 && path[1] == ':')) return true;
    for (std::size_t start = 0; start <= path.size();) {
        const std::size_t end = std::min(path.find('/', start), path.size());
        const std::string_view part = std::string_view(path).substr(start, end - start);
        if (part == "." || part == ".." || (part.empty() && end < path.size())) return true;
        start = end + 1;
    }
    return false;
}

}  // namespace

bool is_zip(std::span<const std::uint8_t> bytes) {
    return bytes.size() >= 4 && bytes[0] == 'P' && bytes[1] == 'K' &&
           ((bytes[2] == 3 && bytes[3] == 4) || (bytes[2] == 5 && bytes[3] == 6));
}

Result<ZipArchive> ZipArchive::open(std::string name, Bytes file, const Limits& limits) {
    ZipArchive archive(std::move(name), std::move(file));
    const auto bad = [&](const std::string& why) { return fail("bad-zip", archive.name_ + " " + why); };
    const auto too_large = [&](const std::string& why) { return fail("too-large", archive.name_ + " " + why); };
    const Fields fields(archive.file_);
    const auto end = find_end(fields);
    if (!end) return bad("is cut short or no ZIP archive: its list of files is missing. Make or download it again.");
    if (fields.two(*end + 4) != 0 || fields.two(*end + 6) != 0) return bad("is one part of several. Pack it as one file.");
    const auto list = find_list(fields, *end);
    if (!list || list->at > *end || list->bytes > *end - list->at) {
        return bad("is damaged: its list of files is not where it should be.");
    }
    if (list->count > limits.entries) return too_large("holds more than " + std::to_string(limits.entries) + " files.");
    const auto count = static_cast<std::size_t>(list->count);
    auto at = static_cast<std::size_t>(list->at);
    std::size_t all_bytes = 0;
    for (std::size_t index = 0; index < count; ++index) {
        const std::string where = "is damaged: entry " + std::to_string(index + 1) + " of its list of files ";
        if (at + central_bytes > *end || fields.four(at) != central_magic) return bad(where + "is missing.");
        const std::size_t path_bytes = fields.two(at + 28), rest = fields.two(at + 30) + fields.two(at + 32);
        if (at + central_bytes + path_bytes + rest > *end) return bad(where + "is cut short.");
        const std::string_view path = fields.text(at + central_bytes, path_bytes);
        if (!is_plain_text(path)) {
            return bad("has a name in entry " + std::to_string(index + 1) +
                       " that is not plain text in UTF-8. Use plain letters in the names of folders and files.");
        }
        Entry entry{clean_path(path),     fields.four(at + 20), fields.four(at + 24),
                    fields.four(at + 16), fields.two(at + 10),  fields.four(at + 42)};
        const unsigned flags = fields.two(at + 8);
        at += central_bytes + path_bytes + rest;
        if (path.empty() || path.size() > longest_path || is_hostile(entry.path)) {
            return bad("holds a file whose path leads out of it or is no path (" + entry.path.substr(0, 80) +
                       "). Such archives are not opened.");
        }
        if (entry.path.ends_with('/')) continue;
        if ((flags & 1U) != 0) return bad("is encrypted (" + entry.path + "). Pack it without a password.");
        if (entry.bytes > limits.entry_bytes) {
            return too_large("unpacks " + entry.path + " to " + std::to_string(entry.bytes >> 20U) + " MB; at most " +
                             std::to_string(limits.entry_bytes >> 20U) + " MB a file are taken.");
        }
        all_bytes += entry.bytes;
        if (all_bytes > limits.all_bytes) {
            return too_large("unpacks to more than " + std::to_string(limits.all_bytes >> 20U) + " MB.");
        }
        archive.entries_.push_back(std::move(entry));
    }
    return archive;
}

Result<Bytes> ZipArchive::extract(const Entry& entry) const {
    const std::string where = name_ + ", " + entry.path + ": ";
    const auto bad = [&](const std::string& why) {
        return fail("bad-zip", where + why + " Make or download the archive again.");
    };
    const Fields fields(file_);
    if (entry.header_at > file_.size() || file_.size() - entry.header_at < local_bytes ||
        fields.four(entry.header_at) != local_magic) {
        return bad("its place in the archive is damaged.");
    }
    const std::size_t start =
        entry.header_at + local_bytes + fields.two(entry.header_at + 26) + fields.two(entry.header_at + 28);
    if (start > file_.size() || entry.packed_bytes > file_.size() - start) return bad("the archive is cut short.");
    const auto packed = std::span(file_).subspan(start, entry.packed_bytes);
    Result<Bytes> bytes;
    if (entry.method == stored && packed.size() == entry.bytes) {
        bytes = Bytes(packed.begin(), packed.end());
    } else if (entry.method == deflated) {
        const std::size_t behind = file_.size() - start - entry.packed_bytes;
        bytes = inflate(std::span(file_).subspan(start, entry.packed_bytes + std::min(behind, deflate_slack)), entry.bytes);
    } else {
        return bad("it is packed in a way that is not known here (method " + std::to_string(entry.method) + ").");
    }
    if (!bytes || crc32(*bytes) != entry.crc) return bad("it is damaged.");
    return bytes;
}

}  // namespace digitlab
