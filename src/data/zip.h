#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/files.h"
#include "base/result.h"

namespace digitlab {

/// A ZIP archive in memory, which may be hostile: everything it says is checked, and nothing is unpacked until requested.
/// Damage anywhere is detected: names are stored twice, and contents have a checksum. Encrypted or split archives are not read.
class ZipArchive {
   public:
    struct Entry {
        std::string path;  ///< "a/b.png"; plain UTF-8 parts without "." and ".."
        std::uint64_t bytes = 0;
        std::uint32_t method = 0;  ///< compression method
        /// Its position in the list of files.
        std::uint64_t list_position = 0, list_number = 0;
    };

    /// Limits of what is opened: a ZIP bomb either says how large it gets or turns out to be damaged when unpacked.
    struct Limits {
        std::size_t entries = 250'000;
        std::size_t entry_bytes = std::size_t{16} << 20U;
        std::size_t all_bytes = std::size_t{1} << 30U;
    };

    /// Reads the list of files without folders. `name` is what messages call the archive. Fails with "bad-zip" or "too-large".
    static Result<ZipArchive> open(std::string name, Bytes file, const Limits& limits);
    static Result<ZipArchive> open(std::string name, Bytes file) { return open(std::move(name), std::move(file), Limits{}); }

    ZipArchive(ZipArchive&&) noexcept;
    ZipArchive& operator=(ZipArchive&&) noexcept;
    ~ZipArchive();

    const std::string& name() const { return name_; }
    const std::vector<Entry>& entries() const { return entries_; }

    /// Unpacks a file and checks it. Fails with "bad-zip".
    Result<Bytes> extract(const Entry& entry) const;

   private:
    class Reader;  // hides minizip

    ZipArchive(std::string name, Bytes file);
    Status read_list(const Limits& limits);
    Result<Entry> next_entry(std::uint64_t index);

    std::string name_;
    std::unique_ptr<Reader> reader_;
    std::vector<Entry> entries_;
};

bool is_zip(std::span<const std::uint8_t> bytes);

}  // namespace digitlab
