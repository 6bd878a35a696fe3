#pragma once

#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "base/files.h"
#include "nn/model_file.h"
#include "predict/drawing.h"
#include "store/run.h"

namespace digitlab {

struct ArchivedRun {
    Run run;
    std::optional<Model> model;
    std::optional<Model> checkpoint;
};

/// One file with runs, their models and drawings: for backup, for sharing, and to merge the runs of several machines.
struct Archive {
    std::vector<ArchivedRun> runs;
    DrawingList drawings;
};

/// File format, all little-endian: "DGLA", u32 version (1), u32 length and UTF-8 JSON {runs: [{run, modelBytes,
/// checkpointBytes}], drawings: [drawing]}, the model files and checkpoints one after the other, u32 CRC-32 of everything
/// before it.
Bytes encode_archive(const Archive& archive);

/// A run whose models are read only when needed, so that only one is in memory at a time.
struct RunSource {
    using ReadFile = std::function<Result<Bytes>()>;
    Run run;
    ReadFile model, checkpoint;  ///< read model files; an empty file stands for none
};

/// Writes the same format. Fails with "bad-model" for a damaged model, and with the errors of the sources.
Result<Bytes> encode_archive(const std::vector<RunSource>& runs, const DrawingList& drawings);

/// Checks all of the archive and accepts all of it or nothing. Never crashes, hangs or allocates more than the input justifies.
/// Fails with "bad-archive"; the message says whether the file is not an archive, has a newer version, is cut short or is
/// damaged, and which run or drawing cannot be read.
Result<Archive> decode_archive(std::span<const std::uint8_t> bytes);

}  // namespace digitlab
