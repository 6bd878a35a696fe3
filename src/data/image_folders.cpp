#include "data/image_folders.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <string_view>

#include "data/fit.h"
#include "data/image_file.h"

namespace digitlab {

namespace {

/// A step ends after this many pixels or pictures, which take some milliseconds.
constexpr std::size_t pixels_per_step = 500'000, pictures_per_step = 64;

constexpr std::array readable = {".png", ".jpg", ".jpeg", ".bmp"};
constexpr std::array other_pictures = {".gif", ".webp", ".tif", ".tiff", ".avif", ".heic", ".svg", ".pgm", ".ppm"};

std::string lower(std::string_view text) {
    std::string small(text);
    std::ranges::transform(small, small.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return small;
}

template <class Endings>
bool ends_with_any(const std::string& name, const Endings& endings) {
    return std::ranges::any_of(endings, [&](const char* ending) { return name.ends_with(ending); });
}

std::vector<std::string> parts_of(const std::string& path) {
    std::vector<std::string> parts;
    for (std::size_t start = 0; start <= path.size();) {
        const std::size_t end = std::min(path.find('/', start), path.size());
        parts.push_back(path.substr(start, end - start));
        start = end + 1;
    }
    return parts;
}

/// Whether the file is one that operating systems add on their own.
bool is_hidden(const std::vector<std::string>& parts) {
    return std::ranges::any_of(parts, [](const std::string& part) { return part.starts_with('.') || part == "__MACOSX"; });
}

std::optional<DataPart> part_named(const std::string& folder) {
    const std::string name = lower(folder);
    if (name == "train" || name == "training") return DataPart::train;
    if (name == "test" || name == "testing") return DataPart::test;
    return std::nullopt;
}

struct FoundPicture {
    std::size_t entry;
    std::vector<std::string> folders;  ///< from the outermost one
};

/// Removes folders that contain all pictures.
void strip_common_folder(std::vector<FoundPicture>& pictures) {
    const auto common = [&] {
        return std::ranges::all_of(pictures, [&](const FoundPicture& picture) {
            return picture.folders.size() >= 2 && picture.folders.front() == pictures.front().folders.front();
        });
    };
    while (!pictures.empty() && common()) {
        for (FoundPicture& picture : pictures) picture.folders.erase(picture.folders.begin());
    }
}

}  // namespace

Result<std::unique_ptr<ImageFolders>> ImageFolders::open(ZipArchive archive) {
    std::unique_ptr<ImageFolders> folders(new ImageFolders(std::move(archive)));
    if (Status found = folders->find_pictures(); !found) return tl::unexpected(found.error());
    return folders;
}

double ImageFolders::share_done() const {
    return pictures_.empty() ? 1 : static_cast<double>(next_) / static_cast<double>(pictures_.size());
}

Status ImageFolders::find_pictures() {
    std::vector<FoundPicture> found;
    for (std::size_t index = 0; index < archive_.entries().size(); ++index) {
        const std::string& path = archive_.entries()[index].path;
        std::vector<std::string> parts = parts_of(path);
        if (is_hidden(parts)) continue;
        const std::string name = lower(parts.back());
        if (ends_with_any(name, other_pictures)) {
            return fail("bad-image",
                        archive_.name() + ", " + path + " is of a kind that cannot be read. PNG, JPEG and BMP can.");
        }
        if (!ends_with_any(name, readable)) continue;
        parts.pop_back();
        found.push_back({index, std::move(parts)});
    }
    if (found.empty()) {
        return fail("bad-zip", archive_.name() + " holds no pictures (PNG, JPEG or BMP) in folders named by label.");
    }
    strip_common_folder(found);
    const bool divided = std::ranges::all_of(
        found, [](const FoundPicture& one) { return one.folders.size() >= 2 && part_named(one.folders.front()); });
    for (FoundPicture& one : found) {
        DataPart part = DataPart::train;
        if (divided) {
            part = *part_named(one.folders.front());
            one.folders.erase(one.folders.begin());
        }
        const std::string where = archive_.name() + ", " + archive_.entries()[one.entry].path;
        if (one.folders.empty()) {
            return fail("bad-zip", where + " lies in no folder. The folder that a picture lies in is its label.");
        }
        if (one.folders.size() > 1) {
            return fail("bad-zip", where +
                                       " lies in too many folders. It has to be <label>/<picture>, or train/<label>/<picture> "
                                       "and test/<label>/<picture> for all.");
        }
        pictures_.push_back({one.entry, std::move(one.folders.front()), part});
    }
    return {};
}

Status ImageFolders::step(RowGatherer& rows) {
    if (finished()) return {};
    const std::size_t last = std::min(next_ + pictures_per_step, pictures_.size());
    for (std::size_t work = 0; next_ < last && work < pixels_per_step; ++next_) {
        if (Status read = this->read(pictures_[next_], rows); !read) return read;
        // A packed byte of a picture costs about as much as a few pixels.
        work += static_cast<std::size_t>(4 * archive_.entries()[pictures_[next_].entry].bytes);
    }
    if (!finished() || brightness_ / static_cast<double>(pictures_.size()) < 128) return {};
    for (const DataPart part : {DataPart::train, DataPart::test}) {
        for (std::uint8_t& pixel : rows.pixels(part)) pixel = static_cast<std::uint8_t>(255 - pixel);
    }
    return {};
}

Status ImageFolders::read(const Picture& picture, RowGatherer& rows) {
    const ZipArchive::Entry& entry = archive_.entries()[picture.entry];
    const std::string where = archive_.name() + ", " + entry.path;
    const auto bytes = archive_.extract(entry);
    if (!bytes) return tl::unexpected(bytes.error());
    const auto grey = decode_picture(where, *bytes);
    if (!grey) return tl::unexpected(grey.error());
    brightness_ += border_brightness(*grey);
    if (Status added = rows.add(picture.part, picture.label, fit_picture(*grey).ink); !added) {
        return fail(added.error().code, where + ": " + added.error().message);
    }
    return {};
}

}  // namespace digitlab
