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

/// One file with runs, their models and drawings: for backup, for sharing, and to join what several machines have trained.
struct Archive {
    std::vector<ArchivedRun> runs;
    DrawingList drawings;
};

/// File format, all little-endian: "DGLA", u32 version (1), u32 length and UTF-8 JSON {runs: [{run, modelBytes,
/// checkpointBytes}], drawings: [drawing]}, the model files and checkpoints one after the other, u32 CRC-32 of all before it.
Bytes encode_archive(const Archive& archive);

/// A run whose models are read when they are needed, so that one at a time is in memory.
struct RunSource {
    using ReadFile = std::function<Result<Bytes>()>;
    Run run;
    ReadFile model, checkpoint;  ///< as model files; empty ones for none
};

/// The same file. Codes "bad-model" for a damaged model and those of the sources.
Result<Bytes> encode_archive(const std::vector<RunSource>& runs, const DrawingList& drawings);

/// Checks everything in it: nothing is taken of an archive that is not sound. Never crashes, hangs or allocates more than the
/// input justifies. Code "bad-archive"; the message says whether the file is no archive at all, of a newer version, cut short
/// or damaged, and which run or drawing cannot be read.
Result<Archive> decode_archive(std::span<const std::uint8_t> bytes);

}  // namespace digitlab
