#include "app/archive_transfers.h"

#include <utility>

#include "base/within_memory.h"

namespace digitlab {

namespace {

std::string counted(std::size_t count, const char* one, const char* many) {
    return std::to_string(count) + " " + (count == 1 ? one : many);
}

const std::string no_memory_for_archive =
    "There is not enough memory for the archive. Close other tabs or programs, or delete runs that are no longer needed, and "
    "try "
    "again.";

}  // namespace

std::string to_string(const ImportResult& result) {
    std::string words = counted(result.runs.size(), "run", "runs") + " and " +
                        counted(static_cast<std::size_t>(result.drawings), "drawing", "drawings") + " imported";
    if (result.known > 0) words += "; " + std::to_string(result.known) + " were here already";
    return words + ".";
}

Result<Bytes> ArchiveTransfers::make() const {
    std::vector<RunSource> runs;
    for (const Run& run : state_.runs) {
        if (run.status == RunStatus::running || run.status == RunStatus::queued) continue;
        runs.push_back({run, [this, &run] { return run_store_.model_file(run); },
                        [this, &run] { return run_store_.checkpoint_file(run); }});
    }
    return within_memory(no_memory_for_archive, [&] { return encode_archive(runs, state_.drawings.all); });
}

Result<ImportResult> ArchiveTransfers::take(std::span<const std::uint8_t> bytes) {
    auto archive = within_memory(no_memory_for_archive, [&] { return decode_archive(bytes); });
    if (!archive) return tl::unexpected(archive.error());
    ImportResult result;
    std::vector<std::string> drawings;
    // Removes what was added before the error.
    const auto undo = [&](Error error) {
        for (const std::string& id : result.runs) (void)run_store_.remove(id);
        for (const std::string& id : drawings) (void)drawings_.remove(id);
        return tl::unexpected(std::move(error));
    };
    for (ArchivedRun& one : archive->runs) {
        auto added =
            run_store_.add(std::move(one.run), one.model ? &*one.model : nullptr, one.checkpoint ? &*one.checkpoint : nullptr);
        if (!added) return undo(added.error());
        if (added->empty()) {
            ++result.known;
        } else {
            result.runs.push_back(std::move(*added));
        }
    }
    for (const auto& drawing : archive->drawings) {
        auto added = drawings_.add(*drawing);
        if (!added) return undo(added.error());
        if (added->empty()) {
            ++result.known;
        } else {
            drawings.push_back(std::move(*added));
        }
    }
    result.drawings = static_cast<int>(drawings.size());
    return result;
}

}  // namespace digitlab
