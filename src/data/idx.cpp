#include "data/idx.h"

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>
#include <vector>

namespace digitlab {

namespace {

using ByteView = std::span<const std::uint8_t>;

constexpr std::uint32_t image_magic = 0x00000803;
constexpr std::uint32_t label_magic = 0x00000801;
constexpr std::size_t image_header_bytes = 16;
constexpr std::size_t label_header_bytes = 8;
constexpr int classes = 10;
/// Larger pictures are no digits; the bound keeps every product of header fields far below 2^64.
constexpr std::uint32_t largest_side = 4096;

std::uint32_t big_endian(ByteView bytes, std::size_t at) {
    return static_cast<std::uint32_t>(bytes[at]) << 24 | static_cast<std::uint32_t>(bytes[at + 1]) << 16 |
           static_cast<std::uint32_t>(bytes[at + 2]) << 8 | static_cast<std::uint32_t>(bytes[at + 3]);
}

tl::unexpected<Error> bad_idx(const std::string& file, const std::string& problem) {
    return fail("bad-idx", file + " " + problem);
}

/// What a header promises; `bytes` counts header and contents.
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

/// How the two parts are called in messages.
struct PartNames {
    std::string images, labels;
};

Result<Dataset> read_parts(std::string name, ByteView images, ByteView labels, const PartNames& files) {
    const auto image_header = read_image_header(images, files.images);
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

Result<std::vector<std::uint8_t>> read_disk_file(const std::string& path) {
    std::error_code problem;
    const std::uintmax_t size = std::filesystem::file_size(path, problem);
    std::ifstream file(path, std::ios::binary);
    if (problem || !file) {
        return fail("no-data", "Cannot open " + path + ". Run tools/setup, which fetches MNIST, or say in which folder it is.");
    }
    std::vector<std::uint8_t> bytes(static_cast<std::size_t>(size));
    file.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(size));
    if (!file) return fail("no-data", "Cannot read " + path + ": reading stopped before its end.");
    return bytes;
}

Result<std::shared_ptr<const Dataset>> read_half(const std::string& folder, const std::string& half) {
    const PartNames paths{folder + "/" + half + "-images-idx3-ubyte", folder + "/" + half + "-labels-idx1-ubyte"};
    const auto images = read_disk_file(paths.images);
    if (!images) return tl::unexpected(images.error());
    const auto labels = read_disk_file(paths.labels);
    if (!labels) return tl::unexpected(labels.error());
    auto data = read_parts(mnist_name, *images, *labels, paths);
    if (!data) return tl::unexpected(data.error());
    return std::make_shared<const Dataset>(std::move(*data));
}

}  // namespace

Result<Dataset> read_idx_pair(std::string name, std::span<const std::uint8_t> images, std::span<const std::uint8_t> labels) {
    const PartNames files{"The picture file of " + name, "The label file of " + name};
    return read_parts(std::move(name), images, labels, files);
}

Result<Dataset> read_packed_idx(std::string name, std::span<const std::uint8_t> packed) {
    const PartNames files{"The picture part of " + name, "The label part of " + name};
    const auto header = read_image_header(packed, files.images);
    if (!header) return tl::unexpected(header.error());
    const std::size_t border = static_cast<std::size_t>(std::min<std::uint64_t>(header->bytes, packed.size()));
    return read_parts(std::move(name), packed.first(border), packed.subspan(border), files);
}

Result<DataPair> read_mnist_folder(const std::string& folder) {
    auto train = read_half(folder, "train");
    if (!train) return tl::unexpected(train.error());
    auto test = read_half(folder, "t10k");
    if (!test) return tl::unexpected(test.error());
    return DataPair{std::move(*train), std::move(*test)};
}

}  // namespace digitlab
