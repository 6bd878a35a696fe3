#include "store/archive.h"

#include <cstring>
#include <set>
#include <string_view>
#include <utility>

#include "base/byte_order.h"
#include "base/checksum.h"
#include "store/stored_name.h"

namespace digitlab {

namespace {

constexpr std::string_view magic = "DGLA";
constexpr std::uint32_t version = 1;
constexpr std::size_t header_size = 12, checksum_size = 4;

tl::unexpected<Error> bad(const std::string& message) { return fail("bad-archive", message); }

tl::unexpected<Error> damaged(const std::string& what) {
    return bad("The archive is damaged: " + what + ". Get a fresh copy of it.");
}

void append(Bytes& bytes, std::span<const std::uint8_t> more) { bytes.insert(bytes.end(), more.begin(), more.end()); }

/// Checks everything outside the JSON. Returns the JSON and the files behind it.
Result<std::pair<Json, std::span<const std::uint8_t>>> open(std::span<const std::uint8_t> bytes) {
    if (bytes.size() < magic.size() || std::memcmp(bytes.data(), magic.data(), magic.size()) != 0) {
        return bad("This is not a Digit Lab archive. Archives are made by \u201CExport everything\u201D and end in .dgla.");
    }
    if (bytes.size() < header_size + checksum_size) return damaged("it is cut short");
    if (read_u32(bytes, 4) > version) return bad("The archive was made by a newer Digit Lab. Reload the page or update.");
    const std::size_t body = bytes.size() - checksum_size;
    if (crc32(bytes.first(body)) != read_u32(bytes, body)) return damaged("it is cut short, or its checksum does not match");
    const std::size_t length = read_u32(bytes, 8);
    if (length > body - header_size) return damaged("its description is longer than the file");
    auto json = parse_json(std::string_view(reinterpret_cast<const char*>(bytes.data()) + header_size, length));
    if (!json || !json->is_object()) return damaged("its description cannot be read");
    return std::pair(std::move(*json), bytes.subspan(header_size + length, body - header_size - length));
}

/// Takes the model of `entry[key]` bytes from the front of `files`; none when that number is 0.
Result<std::optional<Model>> take_model(const Json& entry, const char* key, std::span<const std::uint8_t>& files) {
    std::uint64_t size = 0;
    if (Status read = read_optional(entry, key, size); !read) return damaged(read.error().message);
    if (size == 0) return std::optional<Model>();
    if (size > files.size()) return damaged("a model is longer than the file");
    auto model = decode_model(files.first(static_cast<std::size_t>(size)));
    if (!model) return tl::unexpected(model.error());
    files = files.subspan(static_cast<std::size_t>(size));
    return std::optional(std::move(*model));
}

Result<ArchivedRun> take_run(const Json& entry, std::span<const std::uint8_t>& files) {
    if (!entry.is_object() || !entry.contains("run")) return damaged("a run is not described");
    auto run = run_from_json(entry["run"]);
    if (!run) return bad("A run in the archive cannot be read. " + run.error().message);
    if (!is_stored_id(run->id)) return damaged("a run has an invalid id");
    ArchivedRun taken;
    for (const auto& [key, model] : {std::pair{"modelBytes", &taken.model}, std::pair{"checkpointBytes", &taken.checkpoint}}) {
        auto read = take_model(entry, key, files);
        if (!read) return bad("The archive's run " + run->name + " has a model that cannot be read. " + read.error().message);
        *model = std::move(*read);
    }
    taken.run = std::move(*run);
    taken.run.model_file.clear();
    taken.run.checkpoint_file.clear();
    return taken;
}

RunSource::ReadFile file_of(const std::optional<Model>& model, Precision precision) {
    return [&model, precision] { return model ? encode_model(*model, precision) : Bytes{}; };
}

/// The length of the file; an error when it is not a valid model.
Result<std::size_t> checked_size(const RunSource& source, const RunSource::ReadFile& read) {
    const auto file = read();
    if (!file) return tl::unexpected(file.error());
    if (file->empty()) return std::size_t{0};
    const auto model = decode_model(*file);
    if (!model) return fail(model.error().code, "A model of the run " + source.run.name + ": " + model.error().message);
    return file->size();
}

}  // namespace

Bytes encode_archive(const Archive& archive) {
    std::vector<RunSource> sources;
    for (const ArchivedRun& one : archive.runs) {
        sources.push_back({one.run, file_of(one.model, Precision::half), file_of(one.checkpoint, Precision::single)});
    }
    return encode_archive(sources, archive.drawings).value();
}

Result<Bytes> encode_archive(const std::vector<RunSource>& runs, const DrawingList& drawings) {
    Json description = {{"runs", Json::array()}, {"drawings", Json::array()}};
    std::size_t total = 0;
    for (const RunSource& one : runs) {
        const auto model = checked_size(one, one.model), checkpoint = checked_size(one, one.checkpoint);
        if (!model) return tl::unexpected(model.error());
        if (!checkpoint) return tl::unexpected(checkpoint.error());
        description["runs"].push_back({{"run", to_json(one.run)}, {"modelBytes", *model}, {"checkpointBytes", *checkpoint}});
        total += *model + *checkpoint;
    }
    for (const auto& drawing : drawings) description["drawings"].push_back(to_json(*drawing));
    const std::string text = dump_json(description);
    Bytes bytes;
    bytes.reserve(header_size + text.size() + total + checksum_size);
    bytes.assign(magic.begin(), magic.end());
    append_u32(bytes, version);
    append_u32(bytes, static_cast<std::uint32_t>(text.size()));
    bytes.insert(bytes.end(), text.begin(), text.end());
    for (const RunSource& one : runs) {
        for (const RunSource::ReadFile& read : {one.model, one.checkpoint}) {
            const auto file = read();
            if (!file) return tl::unexpected(file.error());
            append(bytes, *file);
        }
    }
    append_u32(bytes, crc32(bytes));
    return bytes;
}

Result<Archive> decode_archive(std::span<const std::uint8_t> bytes) {
    auto opened = open(bytes);
    if (!opened) return tl::unexpected(opened.error());
    auto& [description, files] = *opened;
    for (const char* key : {"runs", "drawings"}) {
        if (!description.contains(key) || !description[key].is_array()) return damaged("a list is missing");
    }
    Archive archive;
    std::set<std::string> ids;
    for (const Json& entry : description["runs"]) {
        auto run = take_run(entry, files);
        if (!run) return tl::unexpected(run.error());
        if (!ids.insert(run->run.id).second) return damaged("two runs have the same id");
        archive.runs.push_back(std::move(*run));
    }
    for (const Json& entry : description["drawings"]) {
        auto drawing = drawing_from_json(entry);
        if (!drawing) return bad("A drawing in the archive cannot be read. " + drawing.error().message);
        if (!is_stored_id(drawing->id) || !ids.insert(drawing->id).second) return damaged("two drawings have the same id");
        archive.drawings.push_back(std::make_shared<const Drawing>(std::move(*drawing)));
    }
    if (!files.empty()) return damaged("it holds more than it describes");
    return archive;
}

}  // namespace digitlab
