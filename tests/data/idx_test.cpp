#include "data/idx.h"

#include <catch2/catch_test_macros.hpp>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <system_error>
#include <vector>

#include "contains.h"
#include "data/packed.h"

using namespace digitlab;

namespace {

using Bytes = std::vector<std::uint8_t>;

/// `count` pictures of 2×3 pixels whose values count upwards.
Bytes image_file(std::uint32_t count, std::uint32_t height = 2, std::uint32_t width = 3) {
    Bytes bytes;
    for (const std::uint32_t field : {0x803U, count, height, width}) append_big_endian(bytes, field);
    for (std::uint32_t i = 0; i < count * 6; ++i) bytes.push_back(static_cast<std::uint8_t>(i));
    return bytes;
}

Bytes label_file(std::uint32_t count) {
    Bytes bytes;
    append_big_endian(bytes, 0x801);
    append_big_endian(bytes, count);
    for (std::uint32_t i = 0; i < count; ++i) bytes.push_back(static_cast<std::uint8_t>(i % 10));
    return bytes;
}

Bytes joined(Bytes first, const Bytes& second) {
    first.insert(first.end(), second.begin(), second.end());
    return first;
}

/// A folder with a training and a test pair, deleted with the object.
class Folder {
   public:
    Folder(const Bytes& images, const Bytes& labels) {
        std::filesystem::create_directories(path_);
        for (const char* half : {"train", "t10k"}) {
            write(std::string(half) + "-images-idx3-ubyte", images);
            write(std::string(half) + "-labels-idx1-ubyte", labels);
        }
    }
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    std::string path() const { return path_.string(); }

   private:
    void write(const std::string& name, const Bytes& bytes) const {
        std::ofstream file(path_ / name, std::ios::binary);
        file.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    }

    std::filesystem::path path_ =
        std::filesystem::temp_directory_path() / ("digitlab-idx-" + std::to_string(std::random_device()()));
};

/// The message of the expected error.
std::string refusal(const Bytes& images, const Bytes& labels) {
    const Folder folder(images, labels);
    const auto data = read_mnist_folder(folder.path());
    REQUIRE_FALSE(data);
    CHECK(data.error().code == "bad-idx");
    return data.error().message;
}

}  // namespace

TEST_CASE("an IDX pair is read") {
    const Folder folder(image_file(12), label_file(12));
    const auto pair = read_mnist_folder(folder.path());
    REQUIRE(pair);
    const auto packed = read_packed_idx("MNIST", joined(image_file(12), label_file(12)));
    REQUIRE(packed);
    for (const Dataset* data : {pair->train.get(), pair->test.get(), &*packed}) {
        CHECK(data->name == "MNIST");
        CHECK(data->rows() == 12);
        CHECK(data->height == 2);
        CHECK(data->width == 3);
        CHECK(data->labels[11] == 1);
        CHECK(data->image(2)[0] == 12);
    }
    CHECK(pair->train->kind == DataKind::digits);
    CHECK(read_packed_idx("empty", joined(image_file(0), label_file(0)))->rows() == 0);
}

TEST_CASE("every truncation is an error that names the file") {
    const Bytes images = image_file(3);
    const Bytes labels = label_file(3);
    for (std::size_t size = 0; size < images.size(); ++size) {
        CHECK(contains(refusal(Bytes(images.begin(), images.begin() + static_cast<std::ptrdiff_t>(size)), labels),
                       "train-images-idx3"));
    }
    for (std::size_t size = 0; size < labels.size(); ++size) {
        CHECK(contains(refusal(images, Bytes(labels.begin(), labels.begin() + static_cast<std::ptrdiff_t>(size))),
                       "train-labels-idx1"));
    }
    const Bytes packed = joined(images, labels);
    REQUIRE(read_packed_idx("mini", packed));
    for (std::size_t size = 0; size < packed.size(); ++size) {
        const auto data = read_packed_idx("mini", std::span(packed).first(size));
        REQUIRE_FALSE(data);
        CHECK(data.error().code == "bad-idx");
    }
}

TEST_CASE("kinds of damage are distinguished") {
    const Bytes images = image_file(3);
    const Bytes labels = label_file(3);
    CHECK(contains(refusal(labels, images), "magic"));
    CHECK(contains(refusal(images, images), "train-labels-idx1"));
    CHECK(contains(refusal(joined(images, {0}), labels), "too long"));
    CHECK(contains(refusal(images, joined(labels, {0})), "too long"));
    CHECK(contains(refusal(images, label_file(4)), "3 pictures"));
    CHECK(contains(refusal({0x1F, 0x8B, 8, 0}, labels), "gzip"));
    CHECK_FALSE(read_packed_idx("mini", joined(joined(images, labels), {0})));
    Bytes bad_label = labels;
    bad_label.back() = 10;
    CHECK(contains(refusal(images, bad_label), "label 10"));
}

TEST_CASE("sizes beyond any memory are refused without allocating") {
    const std::uint32_t huge = 0xFFFFFFFF;
    CHECK(contains(refusal(image_file(1, huge, huge), label_file(1)), "cannot be"));
    CHECK(contains(refusal(image_file(1, 0, 3), label_file(1)), "cannot be"));
    Bytes many = image_file(1, 4096, 4096);
    for (std::size_t i = 4; i < 8; ++i) many[i] = 0xFF;
    CHECK(contains(refusal(many, label_file(1)), "cut short"));
}

TEST_CASE("the error for a folder without MNIST says what to do") {
    const auto data = read_mnist_folder(DIGITLAB_SOURCE_DIR "/no-such-folder");
    REQUIRE_FALSE(data);
    CHECK(data.error().code == "no-data");
    CHECK(contains(data.error().message, "tools/setup"));
}

TEST_CASE("MNIST itself is read") {
    if (!std::filesystem::exists(DIGITLAB_MNIST_DIR)) SKIP("MNIST is not in " DIGITLAB_MNIST_DIR);
    const auto data = read_mnist_folder(DIGITLAB_MNIST_DIR);
    REQUIRE(data);
    CHECK(data->train->rows() == 60000);
    CHECK(data->test->rows() == 10000);
    CHECK(data->train->image_size() == 784);
    CHECK(data->train->labels[0] == 5);
    CHECK(data->test->labels[0] == 7);
}
