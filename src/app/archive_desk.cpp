#include "app/archive_desk.h"

#include <utility>

namespace digitlab {

namespace {

std::string counted(std::size_t count, const char* one, const char* many) {
    return std::to_string(count) + " " + (count == 1 ? one : many);
}

}  // namespace

std::string to_string(const ImportResult& result) {
    std::string words = counted(result.runs.size(), "run", "runs") + " and " +
                        counted(static_cast<std::size_t>(result.drawings), "drawing", "drawings") + " imported";
    if (result.known > 0) words += "; " + std::to_string(result.known) + " were here already";
    return words + ".";
}

Result<Bytes> ArchiveDesk::make() const {
    Archive archive;
    for (const Run& run : state_.runs) {
        if (run.status == RunStatus::running || run.status == RunStatus::queued) continue;
        ArchivedRun archived;
        archived.run = run;
        if (!run.model_file.empty()) {
            auto model = shelf_.model(run.id);
            if (!model) return tl::unexpected(model.error());
            archived.model = std::move(*model);
        }
        if (!run.checkpoint_file.empty()) {
            auto checkpoint = shelf_.checkpoint(run.id);
            if (!checkpoint) return tl::unexpected(checkpoint.error());
            archived.checkpoint = std::move(*checkpoint);
        }
        archive.runs.push_back(std::move(archived));
    }
    archive.drawings = state_.drawings.all;
    return encode_archive(archive);
}

Result<ImportResult> ArchiveDesk::take(std::span<const std::uint8_t> bytes) {
    auto archive = decode_archive(bytes);
    if (!archive) return tl::unexpected(archive.error());
    ImportResult result;
    std::vector<std::string> drawings;
    // What was added before something could not be stored goes again.
    const auto undo = [&](Error error) {
        for (const std::string& id : result.runs) (void)shelf_.remove(id);
        for (const std::string& id : drawings) (void)drawings_.remove(id);
        return tl::unexpected(std::move(error));
    };
    for (ArchivedRun& one : archive->runs) {
        auto added =
            shelf_.add(std::move(one.run), one.model ? &*one.model : nullptr, one.checkpoint ? &*one.checkpoint : nullptr);
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
