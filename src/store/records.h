#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.h"
#include "base/json.h"
#include "store/stored_name.h"

namespace digitlab {

/// The records of one kind, kept in Files: <folder>/<id>.<revision>.json, and beside them the parts that are too large for JSON
/// (models, pictures), which a record refers to by file name. Runs, drawings, data sets and settings each derive from this and
/// give meaning to their JSON.
///
/// A change writes a new revision and then removes the old one, so that a crash in between leaves at least one whole copy. The
/// newest readable revision counts. Files that are damaged or were written by a newer program are left alone, never replaced or
/// deleted, and listed in `problems`. No name is used twice, because a flush of the old file may still be running. Several
/// programs may change the same files: each makes its changes under a hold, after reading what the others changed.
class Records {
   public:
    Records(const Records&) = delete;
    Records& operator=(const Records&) = delete;

    const std::vector<std::string>& problems() const { return problems_; }

    /// How many bytes the files in this folder take. Asks for the size of each file only once.
    std::size_t bytes_in(std::string_view folder) const;

    /// Keeps other programs from changing the files while the hold exists, and reads what they have changed. Every change below
    /// does this itself; call it to make several steps atomic, such as taking an id and saving under it.
    Result<Files::Hold> begin_change();

   protected:
    struct Kind {
        std::string noun;                       ///< for messages: "run"
        std::string folder;                     ///< where the records are
        std::vector<std::string> part_folders;  ///< where their parts are
    };
    struct Part {
        std::string folder, extension;
        Bytes bytes;
    };
    /// The text of a record.
    struct Text {
        std::string json;
        std::vector<std::string> parts;  ///< paths of the parts it refers to, old and new
    };
    using Describe = std::function<Text(std::span<const StoredName> new_parts)>;

    /// `files` must outlive the records. The constructor of the derived class calls `read_all`.
    Records(Files& files, Kind kind);
    virtual ~Records() = default;

    /// Reads a record, which replaces the one with this id. An error says why it cannot be read; with the code "newer-version",
    /// no older revision may be used instead.
    virtual Status take(const std::string& id, const Json& json) = 0;
    /// Forgets the record with this id; called when its files hold no readable one any more.
    virtual void drop(const std::string& id) = 0;

    /// Reads every record.
    void read_all();

    /// Whether any file has this id.
    bool has_files(const std::string& id) const;
    /// The highest number after `prefix` in the ids of all files, including those removed since `read_all`.
    int highest_number(std::string_view prefix) const;

    /// Writes the parts and then the record that `describe` makes of their names, and removes the files they replace. The
    /// caller must then keep the new record itself. Fails with the errors of Files::write, "bad-name" for an id that cannot be
    /// part of a file name, "newer-version", or "exists" for a new record whose id another program has just taken, and then
    /// changes nothing.
    Status save(const std::string& id, std::span<const Part> parts, const Describe& describe);
    /// Removes all files of the record and drops it. After an error the record is still there and can be removed again.
    Status remove(const std::string& id);
    /// Removes parts that belong to no record.
    void remove_orphans();

    Files& files_;

   private:
    struct Entry {
        std::vector<StoredName> names;  ///< in the order in which they are removed
        int highest_revision = 0;       ///< of all files that were ever there
        bool newer = false;             ///< only a newer program can read the newest revision
    };
    void refresh();
    void read(const std::string& id, Entry& entry);
    void spare(const Entry& entry, const StoredName& unreadable);
    Status remove_file(Entry& entry, const StoredName& name);

    Kind kind_;
    std::map<std::string, Entry> entries_;
    std::set<std::string> spared_;  ///< paths of files that could not be read, and of parts that may belong to them
    std::vector<std::string> problems_;
    mutable std::map<std::string, std::size_t> sizes_;  ///< by path; a file never changes
    std::uint64_t seen_changes_ = 0;                    ///< Files::foreign_changes at the last refresh
};

}  // namespace digitlab
