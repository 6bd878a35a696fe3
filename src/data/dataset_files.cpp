#include "data/dataset_files.h"

#include <algorithm>
#include <cctype>
#include <span>
#include <utility>

#include "base/within_memory.h"
#include "data/csv_digits.h"
#include "data/gzip.h"
#include "data/image_folders.h"

namespace digitlab {

namespace {

constexpr const char* no_memory = "There is not enough memory for this data set. Close other tabs, or give fewer pictures.";

using Readers = std::vector<std::unique_ptr<RowReader>>;

constexpr const char* what_is_taken =
    "Give one CSV file (a label and 784 pixels a row), a ZIP of pictures in folders named by label, or two IDX files (pictures "
    "and labels); for a test part of its own a second CSV file or two more IDX files with \"test\" in their names.";

enum class FileKind { csv, zip, images, labels };

bool is_picture(std::span<const std::uint8_t> bytes) {
    const auto begins = [&](std::initializer_list<std::uint8_t> magic) {
        return bytes.size() >= magic.size() && std::ranges::equal(magic, bytes.first(magic.size()));
    };
    return begins({0x89, 'P', 'N', 'G'}) || begins({0xFF, 0xD8, 0xFF}) || begins({'B', 'M'}) || begins({'G', 'I', 'F', '8'});
}

Result<FileKind> kind_of(const NamedFile& file) {
    const std::span<const std::uint8_t> bytes(file.bytes);
    const auto refuse = [&](const std::string& why) { return fail("bad-files", file.name + " " + why); };
    if (bytes.empty()) return refuse("is empty.");
    if (is_zip(bytes)) return FileKind::zip;
    switch (idx_kind(bytes)) {
        case IdxKind::images: return FileKind::images;
        case IdxKind::labels: return FileKind::labels;
        case IdxKind::unreadable:
            return refuse(
                "is an IDX file, but not of pictures or labels in bytes (its magic number is neither 0x803 nor 0x801).");
        case IdxKind::none: break;
    }
    if (is_picture(bytes)) return refuse("is a single picture. Put pictures into a ZIP, each in a folder named by its label.");
    const bool wide = bytes.size() >= 2 && ((bytes[0] == 0xFF && bytes[1] == 0xFE) || (bytes[0] == 0xFE && bytes[1] == 0xFF));
    if (wide) return refuse("is text in UTF-16. Save it as CSV in UTF-8.");
    const auto start = bytes.first(std::min<std::size_t>(bytes.size(), 4096));
    if (std::ranges::find(start, 0) != start.end())
        return refuse(std::string("is of no kind that is known here. ") + what_is_taken);
    return FileKind::csv;
}

/// "digits.csv.gz" becomes "digits.csv".
std::string without_gz(const std::string& name) { return name.ends_with(".gz") ? name.substr(0, name.size() - 3) : name; }

DataPart part_of(const NamedFile& file) {
    std::string name = file.name;
    std::ranges::transform(name, name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    const bool tests = name.find("test") != std::string::npos || name.find("t10k") != std::string::npos;
    return tests ? DataPart::test : DataPart::train;
}

struct SortedFiles {
    std::vector<NamedFile> csv, zip, images, labels;
};

Result<SortedFiles> sort_files(std::vector<NamedFile> files) {
    SortedFiles sorted;
    std::size_t bytes = 0;
    for (NamedFile& file : files) bytes += file.bytes.size();
    if (bytes > most_file_bytes) {
        return fail("too-large", "The files have " + std::to_string(bytes >> 20U) + " MB; at most " +
                                     std::to_string(most_file_bytes >> 20U) + " MB are taken.");
    }
    for (NamedFile& file : files) {
        if (is_gzip(file.bytes)) {
            auto unpacked = gunzip(file.name, file.bytes, most_file_bytes);
            if (!unpacked) return tl::unexpected(unpacked.error());
            file = {without_gz(file.name), std::move(*unpacked)};
        }
        const auto kind = kind_of(file);
        if (!kind) return tl::unexpected(kind.error());
        std::vector<NamedFile>* const places[] = {&sorted.csv, &sorted.zip, &sorted.images, &sorted.labels};
        places[static_cast<std::size_t>(*kind)]->push_back(std::move(file));
    }
    return sorted;
}

/// Sorts `files` into the training part and then the test part; returns false if it is unclear which is which.
bool divide(std::vector<NamedFile>& files) {
    std::ranges::stable_sort(files, {}, part_of);
    if (files.size() == 1) return true;
    return files.size() == 2 && part_of(files[0]) == DataPart::train && part_of(files[1]) == DataPart::test;
}

Result<Readers> open_idx(std::vector<NamedFile> images, std::vector<NamedFile> labels) {
    Readers readers;
    if (images.size() != labels.size()) {
        return fail("bad-files", "There are " + std::to_string(images.size()) + " IDX files of pictures but " +
                                     std::to_string(labels.size()) + " of labels. They come in pairs.");
    }
    if (!divide(images) || !divide(labels)) {
        return fail("bad-files", "Of two IDX pairs one is for testing: it needs \"test\" or \"t10k\" in its names.");
    }
    for (std::size_t i = 0; i < images.size(); ++i) {
        const DataPart part = i == 0 ? DataPart::train : DataPart::test;
        auto reader = open_idx_rows(std::move(images[i]), std::move(labels[i]), part);
        if (!reader) return tl::unexpected(reader.error());
        readers.push_back(std::move(*reader));
    }
    return readers;
}

Result<Readers> open_csv(std::vector<NamedFile> files) {
    if (!divide(files)) {
        return fail("bad-files",
                    "Of two CSV files one is for testing: it needs \"test\" in its name, the other must not have it.");
    }
    Readers readers;
    for (std::size_t i = 0; i < files.size(); ++i) {
        const DataPart part = i == 0 ? DataPart::train : DataPart::test;
        readers.push_back(std::make_unique<CsvDigits>(std::move(files[i].name), std::move(files[i].bytes), part));
    }
    return readers;
}

Result<Readers> open_zip(NamedFile file) {
    auto archive = ZipArchive::open(std::move(file.name), std::move(file.bytes));
    if (!archive) return tl::unexpected(archive.error());
    auto folders = ImageFolders::open(std::move(*archive));
    if (!folders) return tl::unexpected(folders.error());
    Readers readers;
    readers.push_back(std::move(*folders));
    return readers;
}

Result<Readers> open_readers(std::vector<NamedFile> files) {
    auto sorted = sort_files(std::move(files));
    if (!sorted) return tl::unexpected(sorted.error());
    const bool csv = !sorted->csv.empty(), zip = !sorted->zip.empty(), idx = !sorted->images.empty() || !sorted->labels.empty();
    if (csv + zip + idx != 1 || sorted->zip.size() > 1) {
        return fail("bad-files", std::string("These files do not make one data set. ") + what_is_taken);
    }
    if (csv) return open_csv(std::move(sorted->csv));
    if (zip) return open_zip(std::move(sorted->zip.front()));
    return open_idx(std::move(sorted->images), std::move(sorted->labels));
}

}  // namespace

std::string dataset_limits() {
    return std::to_string(fewest_classes) + " to " + std::to_string(most_classes) +
           " classes, up to 100,000 pictures, files of up to " + std::to_string(most_file_bytes >> 20U) +
           " MB unpacked; pictures in a ZIP up to 16 MB and 4096 pixels a side, 1 GB in all.";
}

Result<std::unique_ptr<DatasetImport>> DatasetImport::open(std::string name, std::vector<NamedFile> files) {
    return within_memory(no_memory, [&]() -> Result<std::unique_ptr<DatasetImport>> {
        auto readers = open_readers(std::move(files));
        if (!readers) return tl::unexpected(readers.error());
        std::unique_ptr<DatasetImport> import(new DatasetImport(std::move(name)));
        import->readers_ = std::move(*readers);
        return import;
    });
}

Status DatasetImport::step() {
    if (finished()) return {};
    return within_memory(no_memory, [&]() -> Status {
        if (Status read = readers_.front()->step(rows_); !read) return read;
        // Free the file as soon as it has been read.
        if (readers_.front()->finished()) {
            readers_.erase(readers_.begin());
            ++readers_done_;
        }
        return {};
    });
}

double DatasetImport::share_done() const {
    const auto done = static_cast<double>(readers_done_);
    return finished() ? 1 : (done + readers_.front()->share_done()) / (done + static_cast<double>(readers_.size()));
}

Result<DataPair> DatasetImport::take() {
    return within_memory(no_memory, [&] { return rows_.finish(name_); });
}

Result<DataPair> read_dataset_files(const std::string& name, std::vector<NamedFile> files) {
    auto import = DatasetImport::open(name, std::move(files));
    if (!import) return tl::unexpected(import.error());
    while (!(*import)->finished()) {
        if (Status read = (*import)->step(); !read) return tl::unexpected(read.error());
    }
    return (*import)->take();
}

}  // namespace digitlab
