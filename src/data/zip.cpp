#include "data/zip.h"

#include <contrib/minizip/unzip.h>

#include <algorithm>
#include <cstring>
#include <optional>
#include <string_view>

#include "base/text.h"

namespace digitlab {

namespace {

constexpr std::uint32_t stored = 0, deflated = 8;
constexpr std::size_t longest_path = 500;

/// Stands in for an open file in minizip.
struct MemoryFile {
    Bytes bytes;
    std::uint64_t at = 0;
    bool read_past_end = false;  ///< minizip treats missing bytes as zeros
};

MemoryFile& memory_file(voidpf stream) { return *static_cast<MemoryFile*>(stream); }

uLong read_memory(voidpf, voidpf stream, void* target, uLong size) {
    MemoryFile& file = memory_file(stream);
    const std::uint64_t left = file.bytes.size() - std::min<std::uint64_t>(file.at, file.bytes.size());
    const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(size, left));
    if (count > 0) std::memcpy(target, file.bytes.data() + file.at, count);
    file.at += count;
    file.read_past_end |= count < size;
    return static_cast<uLong>(count);
}

long seek_in_memory(voidpf, voidpf stream, ZPOS64_T offset, int origin) {
    MemoryFile& file = memory_file(stream);
    const std::uint64_t start = origin == ZLIB_FILEFUNC_SEEK_SET   ? 0
                                : origin == ZLIB_FILEFUNC_SEEK_CUR ? file.at
                                                                   : file.bytes.size();
    if (start + offset > file.bytes.size() || start + offset < start) return -1;
    file.at = start + offset;
    return 0;
}

zlib_filefunc64_def functions_of(MemoryFile& file) {
    zlib_filefunc64_def functions{};
    functions.zopen64_file = [](voidpf opaque, const void*, int) { return opaque; };
    functions.zread_file = read_memory;
    functions.ztell64_file = [](voidpf, voidpf stream) -> ZPOS64_T { return memory_file(stream).at; };
    functions.zseek64_file = seek_in_memory;
    functions.zclose_file = [](voidpf, voidpf) { return 0; };
    functions.zerror_file = [](voidpf, voidpf) { return 0; };
    functions.opaque = &file;
    return functions;
}

/// The path with `/` between its parts, whatever program wrote it.
std::string clean_path(std::string_view path) {
    std::string clean(path);
    std::ranges::replace(clean, '\\', '/');
    return clean;
}

bool is_hostile(const std::string& path) {
    if (path.empty() || path.starts_with('/') || (path.size() > 1 && path[1] == ':')) return true;
    for (std::size_t start = 0; start <= path.size();) {
        const std::size_t end = std::min(path.find('/', start), path.size());
        const std::string_view part = std::string_view(path).substr(start, end - start);
        if (part == "." || part == ".." || (part.empty() && end < path.size())) return true;
        start = end + 1;
    }
    return false;
}

/// What the list of files says about one file.
struct Listed {
    unz_file_info64 info{};
    std::string path;  ///< as written there, truncated after `longest_path` + 1 bytes
    unz64_file_pos position{};
};

}  // namespace

/// Reads an archive in memory with minizip.
class ZipArchive::Reader {
   public:
    explicit Reader(Bytes bytes) : file_{std::move(bytes)} {
        zlib_filefunc64_def functions = functions_of(file_);
        archive_ = unzOpen2_64("", &functions);
    }
    ~Reader() {
        if (archive_ != nullptr) unzClose(archive_);
    }
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;

    /// How many files are listed; nullopt if there is no list.
    std::optional<std::uint64_t> count() const {
        unz_global_info64 info{};
        if (archive_ == nullptr || unzGetGlobalInfo64(archive_, &info) != UNZ_OK) return std::nullopt;
        // On opening, minizip also looks for a first file, which an empty list lacks.
        if (info.number_entry == 0 ? !ends_with_record(info.size_comment) : file_.read_past_end) return std::nullopt;
        return info.number_entry;
    }

    /// The first or next file of the list; nullopt if the list is damaged there.
    std::optional<Listed> next(bool first) {
        if ((first ? unzGoToFirstFile(archive_) : unzGoToNextFile(archive_)) != UNZ_OK) return std::nullopt;
        return current();
    }

    /// The contents of a file, if everything that the archive says about it is consistent.
    std::optional<Bytes> extract(const Entry& entry) {
        const unz64_file_pos position{entry.list_position, entry.list_number};
        file_.read_past_end = false;
        if (unzGoToFilePos64(archive_, &position) != UNZ_OK) return std::nullopt;
        const auto listed = current();
        if (!listed || unzOpenCurrentFile(archive_) != UNZ_OK) return std::nullopt;
        const bool same_name = has_same_name(listed->path);
        Bytes bytes(static_cast<std::size_t>(entry.bytes));
        const int count = unzReadCurrentFile(archive_, bytes.data(), static_cast<unsigned>(bytes.size()));
        const bool whole = count >= 0 && static_cast<std::size_t>(count) == bytes.size();
        // Closing the file checks its checksum.
        if (unzCloseCurrentFile(archive_) != UNZ_OK || !whole || !same_name || file_.read_past_end) return std::nullopt;
        return bytes;
    }

   private:
    /// Whether the archive's last record is complete: 22 bytes and a comment.
    bool ends_with_record(std::size_t comment_bytes) const {
        const std::size_t bytes = 22 + comment_bytes;
        if (file_.bytes.size() < bytes) return false;
        return std::memcmp(file_.bytes.data() + file_.bytes.size() - bytes, "PK\5\6", 4) == 0;
    }

    std::optional<Listed> current() {
        Listed listed;
        listed.path.resize(longest_path + 1);
        if (unzGetCurrentFileInfo64(archive_, &listed.info, listed.path.data(), longest_path + 1, nullptr, 0, nullptr, 0) !=
                UNZ_OK ||
            unzGetFilePos64(archive_, &listed.position) != UNZ_OK || file_.read_past_end) {
            return std::nullopt;
        }
        listed.path.resize(std::min<std::size_t>(listed.info.size_filename, longest_path + 1));
        return listed;
    }

    /// Whether the local header of the file just opened also says `path`, which minizip does not check. The name lies before
    /// the extra field, which lies before the contents.
    bool has_same_name(const std::string& path) {
        const std::uint64_t contents_at = unzGetCurrentFileZStreamPos64(archive_);
        const auto extra_bytes = static_cast<std::uint64_t>(unzGetLocalExtrafield(archive_, nullptr, 0));
        if (contents_at > file_.bytes.size() || contents_at < extra_bytes + path.size()) return false;
        const auto name_at = static_cast<std::size_t>(contents_at - extra_bytes) - path.size();
        return std::memcmp(file_.bytes.data() + name_at, path.data(), path.size()) == 0;
    }

    MemoryFile file_;
    unzFile archive_ = nullptr;
};

ZipArchive::ZipArchive(std::string name, Bytes file)
    : name_(std::move(name)), reader_(std::make_unique<Reader>(std::move(file))) {}
ZipArchive::ZipArchive(ZipArchive&&) noexcept = default;
ZipArchive& ZipArchive::operator=(ZipArchive&&) noexcept = default;
ZipArchive::~ZipArchive() = default;

bool is_zip(std::span<const std::uint8_t> bytes) {
    return bytes.size() >= 4 && bytes[0] == 'P' && bytes[1] == 'K' &&
           ((bytes[2] == 3 && bytes[3] == 4) || (bytes[2] == 5 && bytes[3] == 6));
}

Result<ZipArchive> ZipArchive::open(std::string name, Bytes file, const Limits& limits) {
    ZipArchive archive(std::move(name), std::move(file));
    if (Status read = archive.read_list(limits); !read) return tl::unexpected(read.error());
    return archive;
}

Status ZipArchive::read_list(const Limits& limits) {
    const auto too_large = [&](const std::string& why) { return fail("too-large", name_ + " " + why); };
    const auto count = reader_->count();
    if (!count) {
        return fail("bad-zip", name_ + " is cut short, one part of several, or no ZIP archive: its list of files is missing. " +
                                   "Make or download it again.");
    }
    if (*count > limits.entries) return too_large("holds more than " + std::to_string(limits.entries) + " files.");
    std::uint64_t all_bytes = 0;
    for (std::uint64_t index = 0; index < *count; ++index) {
        auto entry = next_entry(index);
        if (!entry) return tl::unexpected(entry.error());
        if (entry->path.ends_with('/')) continue;
        if (entry->bytes > limits.entry_bytes) {
            return too_large("unpacks " + entry->path + " to " + std::to_string(entry->bytes >> 20U) + " MB; at most " +
                             std::to_string(limits.entry_bytes >> 20U) + " MB a file are taken.");
        }
        all_bytes += entry->bytes;
        if (all_bytes > limits.all_bytes) {
            return too_large("unpacks to more than " + std::to_string(limits.all_bytes >> 20U) + " MB.");
        }
        entries_.push_back(std::move(*entry));
    }
    return {};
}

Result<ZipArchive::Entry> ZipArchive::next_entry(std::uint64_t index) {
    const auto bad = [&](const std::string& why) { return fail("bad-zip", name_ + " " + why); };
    const std::string where = "entry " + std::to_string(index + 1) + " of its list of files";
    const auto listed = reader_->next(index == 0);
    if (!listed) return bad("is damaged: " + where + " is missing.");
    if (listed->path.size() > longest_path) {
        return bad("is damaged, or has a path of more than " + std::to_string(longest_path) + " letters in " + where + ".");
    }
    if (!is_plain_text(listed->path)) {
        return bad("has a name in " + where +
                   " that is not plain text in UTF-8. Use plain letters in the names of folders and files.");
    }
    const unz_file_info64& info = listed->info;
    Entry entry{clean_path(listed->path), info.uncompressed_size, static_cast<std::uint32_t>(info.compression_method),
                listed->position.pos_in_zip_directory, listed->position.num_of_file};
    if (is_hostile(entry.path)) {
        return bad("holds a file whose path leads out of it or is no path (" + entry.path.substr(0, 80) +
                   "). Such archives are not opened.");
    }
    if (entry.path.ends_with('/') && entry.bytes > 0) return bad("is damaged: " + where + " is a folder with contents.");
    if ((info.flag & 1U) != 0) return bad("is encrypted (" + entry.path + "). Pack it without a password.");
    return entry;
}

Result<Bytes> ZipArchive::extract(const Entry& entry) const {
    const auto bad = [&](const std::string& why) {
        return fail("bad-zip", name_ + ", " + entry.path + ": " + why + " Make or download the archive again.");
    };
    if (entry.method != stored && entry.method != deflated) {
        return bad("it is packed in a way that is not known here (method " + std::to_string(entry.method) + ").");
    }
    auto bytes = reader_->extract(entry);
    if (!bytes) return bad("it is damaged.");
    return std::move(*bytes);
}

}  // namespace digitlab
