#include "data/idx.h"

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>
#include <vector>

#include "data/digit_pixels.h"
#include "data/fashion.h"

namespace digitlab {

namespace {

using ByteView = std::span<const std::uint8_t>;

constexpr std::uint32_t image_magic = 0x00000803;
constexpr std::uint32_t label_magic = 0x00000801;
constexpr std::size_t image_header_bytes = 16;
constexpr std::size_t label_header_bytes = 8;
constexpr int classes = 10;
/// Larger pictures are not digits; the bound keeps every product of header fields far below 2^64.
constexpr std::uint32_t largest_side = 4096;

std::uint32_t big_endian(ByteView bytes, std::size_t at) {
    return static_cast<std::uint32_t>(bytes[at]) << 24 | static_cast<std::uint32_t>(bytes[at + 1]) << 16 |
           static_cast<std::uint32_t>(bytes[at + 2]) << 8 | static_cast<std::uint32_t>(bytes[at + 3]);
}

tl::unexpected<Error> bad_idx(const std::string& file, const std::string& problem) {
    return fail("bad-idx", file + " " + problem);
}

/// What a header says; `bytes` counts the header and the contents.
struct Header {
    std::uint64_t count = 0;
    std::uint32_t height = 0, width = 0;
    std::uint64_t bytes = 0;
};

Status check_start(ByteView bytes, const std::string& file, std::uint32_t magic, std::size_t header_bytes) {
    if (bytes.size() >= 2 && bytes[0] == 0x1F && bytes[1] == 0x8B) {
        return bad_idx(file, "is still compressed with gzip. Unpack it first.");
    }
    if (bytes.size() >= 4 && big_endian(bytes, 0) != magic) {
        return bad_idx(file, "does not begin with the IDX magic number that was expected, so it is some other kind of file.");
    }
    if (bytes.size() < header_bytes) return bad_idx(file, "is cut short: it ends within its header.");
    return {};
}

Result<Header> read_image_header(ByteView bytes, const std::string& file) {
    if (Status start = check_start(bytes, file, image_magic, image_header_bytes); !start) return tl::unexpected(start.error());
    Header header{big_endian(bytes, 4), big_endian(bytes, 8), big_endian(bytes, 12), 0};
    const auto possible = [](std::uint32_t side) { return side >= 1 && side <= largest_side; };
    if (!possible(header.height) || !possible(header.width)) {
        return bad_idx(file, "says that its pictures are " + std::to_string(header.width) + "x" +
                                 std::to_string(header.height) + " pixels, which cannot be.");
    }
    header.bytes = image_header_bytes + header.count * header.height * header.width;
    return header;
}

Result<Header> read_label_header(ByteView bytes, const std::string& file) {
    if (Status start = check_start(bytes, file, label_magic, label_header_bytes); !start) return tl::unexpected(start.error());
    const std::uint64_t count = big_endian(bytes, 4);
    return Header{count, 0, 0, label_header_bytes + count};
}

Status check_size(ByteView bytes, const std::string& file, const Header& header) {
    const std::string sizes = std::to_string(bytes.size()) + " bytes instead of " + std::to_string(header.bytes) + ".";
    if (bytes.size() < header.bytes) return bad_idx(file, "is cut short: " + sizes);
    if (bytes.size() > header.bytes) return bad_idx(file, "is too long: " + sizes);
    return {};
}

/// What messages call the two parts.
struct PartNames {
    std::string images, labels;
};

/// Checks that both files are whole and belong together; returns the header of the pictures.
Result<Header> check_parts(ByteView images, ByteView labels, const PartNames& files) {
    auto image_header = read_image_header(images, files.images);
    if (!image_header) return tl::unexpected(image_header.error());
    if (Status size = check_size(images, files.images, *image_header); !size) return tl::unexpected(size.error());
    const auto label_header = read_label_header(labels, files.labels);
    if (!label_header) return tl::unexpected(label_header.error());
    if (Status size = check_size(labels, files.labels, *label_header); !size) return tl::unexpected(size.error());
    if (image_header->count != label_header->count) {
        return fail("bad-idx", files.images + " holds " + std::to_string(image_header->count) + " pictures but " +
                                   files.labels + " holds " + std::to_string(label_header->count) +
                                   " labels. They do not belong together.");
    }
    return image_header;
}

Result<Dataset> read_parts(std::string name, ByteView images, ByteView labels, const PartNames& files) {
    auto image_header = check_parts(images, labels, files);
    if (!image_header) return tl::unexpected(image_header.error());
    const ByteView label_values = labels.subspan(label_header_bytes);
    if (const auto wrong = std::ranges::find_if(label_values, [](std::uint8_t label) { return label >= classes; });
        wrong != label_values.end()) {
        return bad_idx(files.labels, "holds the label " + std::to_string(*wrong) + "; labels go from 0 to 9.");
    }

    const ByteView pixels = images.subspan(image_header_bytes);
    Dataset data;
    data.name = std::move(name);
    data.height = static_cast<int>(image_header->height);
    data.width = static_cast<int>(image_header->width);
    data.classes = classes;
    data.pixels.assign(pixels.begin(), pixels.end());
    data.labels.assign(label_values.begin(), label_values.end());
    return data;
}

/// Feeds a checked pair to a RowGatherer, some rows at a time.
class IdxRows : public RowReader {
   public:
    IdxRows(NamedFile images, NamedFile labels, DataPart part)
        : images_(std::move(images)),
          labels_(std::move(labels)),
          part_(part),
          rows_(labels_.bytes.size() - label_header_bytes) {}

    Status step(RowGatherer& rows) override {
        const std::size_t last = std::min(next_ + rows_per_step, rows_);
        for (; next_ < last; ++next_) {
            const int label = labels_.bytes[label_header_bytes + next_];
            const auto pixels = std::span(images_.bytes).subspan(image_header_bytes + next_ * digit_pixels, digit_pixels);
            if (Status added = rows.add(part_, std::to_string(label), pixels); !added) {
                return fail(added.error().code,
                            labels_.name + ", row " + std::to_string(next_ + 1) + ": " + added.error().message);
            }
        }
        return {};
    }
    bool finished() const override { return next_ == rows_; }
    double share_done() const override { return rows_ == 0 ? 1 : static_cast<double>(next_) / static_cast<double>(rows_); }

   private:
    static constexpr std::size_t rows_per_step = 4000;

    NamedFile images_, labels_;
    DataPart part_;
    std::size_t rows_, next_ = 0;
};

Result<std::vector<std::uint8_t>> read_disk_file(const std::string& path) {
    std::error_code problem;
    const std::uintmax_t size = std::filesystem::file_size(path, problem);
    std::ifstream file(path, std::ios::binary);
    if (problem || !file) {
        return fail("no-data",
                    "Cannot open " + path + ". Run tools/setup, which fetches the data sets, or say in which folder it is.");
    }
    std::vector<std::uint8_t> bytes(static_cast<std::size_t>(size));
    file.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(size));
    if (!file) return fail("no-data", "Cannot read " + path + ": reading stopped before its end.");
    return bytes;
}

/// What the files of a data set do not contain.
struct Title {
    const char* name;
    DataKind kind;
    std::vector<std::string> class_names;
};

Result<std::shared_ptr<const Dataset>> read_half(const std::string& folder, const std::string& half, const Title& title) {
    const PartNames paths{folder + "/" + half + "-images-idx3-ubyte", folder + "/" + half + "-labels-idx1-ubyte"};
    const auto images = read_disk_file(paths.images);
    if (!images) return tl::unexpected(images.error());
    const auto labels = read_disk_file(paths.labels);
    if (!labels) return tl::unexpected(labels.error());
    auto data = read_parts(title.name, *images, *labels, paths);
    if (!data) return tl::unexpected(data.error());
    data->kind = title.kind;
    data->class_names = title.class_names;
    return std::make_shared<const Dataset>(std::move(*data));
}

Result<DataPair> read_folder(const std::string& folder, const Title& title) {
    auto train = read_half(folder, "train", title);
    if (!train) return tl::unexpected(train.error());
    auto test = read_half(folder, "t10k", title);
    if (!test) return tl::unexpected(test.error());
    return DataPair{std::move(*train), std::move(*test)};
}

}  // namespace

Result<Dataset> read_packed_idx(std::string name, std::span<const std::uint8_t> packed) {
    const PartNames files{"The picture part of " + name, "The label part of " + name};
    const auto header = read_image_header(packed, files.images);
    if (!header) return tl::unexpected(header.error());
    const std::size_t border = static_cast<std::size_t>(std::min<std::uint64_t>(header->bytes, packed.size()));
    return read_parts(std::move(name), packed.first(border), packed.subspan(border), files);
}

IdxKind idx_kind(std::span<const std::uint8_t> bytes) {
    if (bytes.size() < 4 || bytes[0] != 0 || bytes[1] != 0) return IdxKind::none;
    const std::uint32_t magic = big_endian(bytes, 0);
    if (magic == image_magic) return IdxKind::images;
    if (magic == label_magic) return IdxKind::labels;
    const std::uint32_t type = bytes[2], dimensions = bytes[3];
    return type >= 0x08 && type <= 0x0E && dimensions >= 1 && dimensions <= 4 ? IdxKind::unreadable : IdxKind::none;
}

Result<std::unique_ptr<RowReader>> open_idx_rows(NamedFile images, NamedFile labels, DataPart part) {
    const auto header = check_parts(images.bytes, labels.bytes, {images.name, labels.name});
    if (!header) return tl::unexpected(header.error());
    if (header->width != digit_side || header->height != digit_side) {
        return bad_idx(images.name, "holds pictures of " + std::to_string(header->width) + "\u00D7" +
                                        std::to_string(header->height) +
                                        " pixels; 28\u00D728 are needed. Give pictures of another size as a ZIP of PNG files.");
    }
    return std::make_unique<IdxRows>(std::move(images), std::move(labels), part);
}

Result<DataPair> read_mnist_folder(const std::string& folder) {
    return read_folder(folder, {mnist_name, DataKind::digits, {}});
}

Result<DataPair> read_fashion_folder(const std::string& folder) {
    return read_folder(folder, {fashion_name, DataKind::other, fashion_class_names()});
}

}  // namespace digitlab
