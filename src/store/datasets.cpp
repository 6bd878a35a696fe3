#include "store/datasets.h"

#include <algorithm>
#include <memory>
#include <span>
#include <string_view>
#include <utility>

#include "base/checksum.h"
#include "data/digit_classes.h"
#include "data/digit_pixels.h"
#include "data/row_gatherer.h"
#include "store/stored_name.h"

namespace digitlab {

namespace {

constexpr const char* folder = "datasets";
constexpr std::size_t longest_dataset_id = 40;

tl::unexpected<Error> bad_dataset(const std::string& problem) {
    return fail("bad-dataset", "This is not a description of a data set: " + problem);
}

tl::unexpected<Error> unknown(const std::string& id) { return fail("unknown-dataset", "There is no data set \"" + id + "\"."); }

Status read_class_names(const Json& json, DatasetInfo& info) {
    const auto names = json.find("classNames");
    if (names == json.end() || !names->is_array()) return bad_dataset("it has no \"classNames\".");
    if (info.classes < fewest_classes || info.classes > most_classes) {
        return bad_dataset("it has " + std::to_string(info.classes) + " classes.");
    }
    if (!names->empty() && names->size() != static_cast<std::size_t>(info.classes)) {
        return bad_dataset("it does not have as many class names as classes.");
    }
    for (const Json& name : *names) {
        if (!name.is_string()) return bad_dataset("a class name is no text.");
        info.class_names.push_back(name.get<std::string>());
    }
    return {};
}

std::shared_ptr<const Dataset> part_of(const DatasetInfo& info, std::span<const std::uint8_t> pixels,
                                       std::span<const std::uint8_t> labels) {
    auto data = std::make_shared<Dataset>();
    data->name = info.name;
    data->classes = info.classes;
    data->class_names = info.class_names;
    data->kind = info.kind;
    data->pixels.assign(pixels.begin(), pixels.end());
    data->labels.assign(labels.begin(), labels.end());
    return data;
}

}  // namespace

Json to_json(const DatasetInfo& info) {
    Json json = {{"formatVersion", dataset_format_version},
                 {"id", info.id},
                 {"name", info.name},
                 {"classes", info.classes},
                 {"classNames", info.class_names},
                 {"trainRows", info.train_rows},
                 {"testRows", info.test_rows},
                 {"dataFile", info.data_file},
                 {"crc", info.crc}};
    if (info.kind == DataKind::other && may_be_digits(info.classes, info.class_names)) json["kind"] = "other";
    return json;
}

Result<DatasetInfo> dataset_info_from_json(const Json& json) {
    if (!json.is_object()) return bad_dataset("it is no object.");
    int version = 0;
    std::uint64_t train_rows = 0, test_rows = 0, crc = 0;
    DatasetInfo info;
    for (const Status& read : {read_optional(json, "formatVersion", version), read_optional(json, "id", info.id),
                               read_optional(json, "name", info.name), read_optional(json, "classes", info.classes),
                               read_optional(json, "trainRows", train_rows), read_optional(json, "testRows", test_rows),
                               read_optional(json, "dataFile", info.data_file), read_optional(json, "crc", crc)}) {
        if (!read) return bad_dataset(read.error().message);
    }
    if (version > dataset_format_version) {
        return fail("newer-version",
                    "This data set was written by a newer version of Digit Lab. Reload the page to get that version.");
    }
    if (version < 1) return bad_dataset("it has no \"formatVersion\".");
    if (info.id.empty() || info.name.empty()) return bad_dataset("it has no id or no name.");
    if (train_rows > most_rows || test_rows > most_rows) return bad_dataset("it has too many pictures.");
    info.train_rows = static_cast<std::size_t>(train_rows);
    info.test_rows = static_cast<std::size_t>(test_rows);
    info.crc = static_cast<std::uint32_t>(crc);
    if (Status names = read_class_names(json, info); !names) return tl::unexpected(names.error());
    info.kind = json.value("kind", Json()) == "other" ? DataKind::other : usual_kind(info.classes, info.class_names);
    return info;
}

DatasetStore::DatasetStore(Files& files) : Records(files, {"data set", folder, {}}) {
    read_all();
    // An interrupted `save` or `remove` leaves picture files behind, and they are large.
    remove_orphans();
}

Status DatasetStore::take(const std::string& id, const Json& json) {
    auto info = dataset_info_from_json(json);
    if (!info) return tl::unexpected(info.error());
    if (info->id != id) return bad_dataset("it holds \"" + info->id + "\" under another name.");
    put(std::move(*info));
    return {};
}

void DatasetStore::drop(const std::string& id) {
    std::erase_if(all_, [&](const DatasetInfo& info) { return info.id == id; });
}

void DatasetStore::put(DatasetInfo info) {
    drop(info.id);
    all_.insert(std::ranges::upper_bound(all_, info.name, {}, &DatasetInfo::name), std::move(info));
}

const DatasetInfo* DatasetStore::find(const std::string& id) const {
    const auto place = std::ranges::find(all_, id, &DatasetInfo::id);
    return place == all_.end() ? nullptr : &*place;
}

std::string DatasetStore::free_id(const std::string& name) const {
    std::string stem;
    for (const char c : name) {
        const bool digit = c >= '0' && c <= '9', lower = c >= 'a' && c <= 'z', upper = c >= 'A' && c <= 'Z';
        if (digit || lower || upper) {
            stem += upper ? static_cast<char>(c - 'A' + 'a') : c;
        } else if (!stem.empty() && stem.back() != '-') {
            stem += '-';
        }
        if (stem.size() == longest_dataset_id) break;
    }
    while (!stem.empty() && stem.back() == '-') stem.pop_back();
    if (stem.empty()) stem = "data-set";
    const auto taken = [&](const std::string& id) { return id == mnist_id || id == fashion_id || has_files(id); };
    std::string id = stem;
    for (int number = 2; taken(id); ++number) id = stem + "-" + std::to_string(number);
    return id;
}

Status DatasetStore::save(DatasetInfo info, const DataPair& pair) {
    if (find(info.id)) return fail("exists", "There is a data set \"" + info.id + "\" already.");
    if (all_.size() >= most_datasets) {
        return fail("too-many-datasets",
                    "There are " + std::to_string(most_datasets) + " data sets already. Remove one to add another.");
    }
    Bytes bytes;
    bytes.reserve((pair.train->rows() + pair.test->rows()) * (digit_pixels + 1));
    for (const Dataset* part : {pair.train.get(), pair.test.get()}) {
        bytes.insert(bytes.end(), part->pixels.begin(), part->pixels.end());
    }
    for (const Dataset* part : {pair.train.get(), pair.test.get()}) {
        bytes.insert(bytes.end(), part->labels.begin(), part->labels.end());
    }
    info.train_rows = pair.train->rows();
    info.test_rows = pair.test->rows();
    info.classes = pair.train->classes;
    info.class_names = pair.train->class_names;
    info.kind = pair.train->kind;
    info.crc = crc32(bytes);
    const Part pictures[] = {{folder, "bin", std::move(bytes)}};
    return write(std::move(info), pictures);
}

Status DatasetStore::set_kind(const std::string& id, DataKind kind) {
    const DatasetInfo* stored = find(id);
    if (!stored) return unknown(id);
    DatasetInfo info = *stored;
    info.kind = kind;
    return write(std::move(info), {});
}

/// Without new pictures, the old ones stay.
Status DatasetStore::write(DatasetInfo info, std::span<const Part> pictures) {
    Status saved = Records::save(info.id, pictures, [&](std::span<const StoredName> parts) {
        if (!parts.empty()) info.data_file = parts.front().file();
        return Text{dump_json(to_json(info)), {std::string(folder) + "/" + info.data_file}};
    });
    if (saved) put(std::move(info));
    return saved;
}

Result<DataPair> DatasetStore::load(const std::string& id) const {
    const DatasetInfo* info = find(id);
    if (!info) return unknown(id);
    const auto file = files_.read(std::string(folder) + "/" + info->data_file);
    if (!file) return tl::unexpected(file.error());
    const std::size_t train = info->train_rows, test = info->test_rows;
    const std::span<const std::uint8_t> bytes(*file);
    const auto damaged = [&] {
        return fail("bad-dataset", "The pictures of " + info->name + " are damaged. Remove the data set and add it again.");
    };
    if (bytes.size() != (train + test) * (digit_pixels + 1) || crc32(bytes) != info->crc) return damaged();
    const auto labels = bytes.subspan((train + test) * digit_pixels);
    const bool known = std::ranges::all_of(labels, [&](std::uint8_t label) { return label < info->classes; });
    if (!known) return damaged();
    return DataPair{part_of(*info, bytes.first(train * digit_pixels), labels.first(train)),
                    part_of(*info, bytes.subspan(train * digit_pixels, test * digit_pixels), labels.subspan(train))};
}

Status DatasetStore::remove(const std::string& id) { return find(id) ? Records::remove(id) : Status(unknown(id)); }

}  // namespace digitlab
