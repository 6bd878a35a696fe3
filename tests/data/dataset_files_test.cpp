#include "data/dataset_files.h"

#include <catch2/catch_test_macros.hpp>

#include "contains.h"
#include "data/packed.h"

using namespace digitlab;

namespace {

Bytes images(std::uint32_t count, std::uint32_t side = 28) {
    Bytes bytes;
    for (const std::uint32_t field : {0x803U, count, side, side}) append_big_endian(bytes, field);
    for (std::uint32_t i = 0; i < count * side * side; ++i) bytes.push_back(static_cast<std::uint8_t>(i / (side * side)));
    return bytes;
}

Bytes labels(std::uint32_t count, int first = 1, int classes = 26) {
    Bytes bytes;
    append_big_endian(bytes, 0x801);
    append_big_endian(bytes, count);
    for (std::uint32_t i = 0; i < count; ++i) {
        bytes.push_back(static_cast<std::uint8_t>(first + static_cast<int>(i) % classes));
    }
    return bytes;
}

std::string refusal_of(std::vector<NamedFile> files) {
    const auto pair = read_dataset_files("mine", std::move(files));
    REQUIRE_FALSE(pair);
    CHECK_FALSE(pair.error().message.empty());
    return pair.error().message;
}

}  // namespace

TEST_CASE("an IDX pair is read in any order, also compressed, with labels from 1") {
    for (const bool packed : {false, true}) {
        const Bytes first = packed ? gzip_of(labels(260)) : labels(260), second = packed ? gzip_of(images(260)) : images(260);
        const auto pair = read_dataset_files("letters", {{"l.gz", first}, {"i", second}});
        INFO((pair ? std::string() : pair.error().message));
        REQUIRE(pair);
        CHECK(pair->train->name == "letters");
        CHECK(pair->train->classes == 26);
        CHECK(pair->train->class_names.front() == "1");
        CHECK(pair->train->rows() + pair->test->rows() == 260);
        for (std::size_t row = 0; row < pair->train->rows(); ++row) {
            const int number = pair->train->image(row)[0];  // index of the picture in the file, modulo 256
            CHECK(((number % 26 == pair->train->labels[row]) || (number + 256) % 26 == pair->train->labels[row]));
        }
    }
}

TEST_CASE("two IDX pairs are told apart by their names") {
    std::vector<NamedFile> files = {
        {"t10k-images", images(52)}, {"train-images", images(104)}, {"train-labels", labels(104)}, {"t10k-labels", labels(52)}};
    const auto pair = read_dataset_files("letters", files);
    REQUIRE(pair);
    CHECK(pair->train->rows() == 104);
    CHECK(pair->test->rows() == 52);
    for (NamedFile& file : files) file.name = "file";
    CHECK(contains(refusal_of(files), "t10k"));
}

TEST_CASE("IDX files that do not match are refused by name") {
    CHECK(contains(refusal_of({{"i", images(60)}, {"l", labels(61)}}), "i holds 60 pictures but l holds 61"));
    CHECK(contains(refusal_of({{"i", images(60, 32)}, {"l", labels(60)}}), "32\u00D732"));
    CHECK(contains(refusal_of({{"i", images(60)}}), "1 IDX files of pictures but 0"));
    CHECK(contains(refusal_of({{"a", images(60)}, {"b", images(60)}}), "2 IDX files of pictures but 0"));
    CHECK(contains(refusal_of({{"i", images(60)}, {"l", Bytes{0, 0, 8, 1, 0, 0, 0, 60}}}), "cut short"));
    CHECK(contains(refusal_of({{"i", Bytes{0, 0, 0x0D, 3, 0, 0, 0, 1}}, {"l", labels(60)}}),
                   "not of pictures or labels in bytes"));
    CHECK(contains(refusal_of({{"i", images(255)}, {"l", labels(255, 0, 200)}}), "l, row 101"));
    Bytes gap = labels(60, 0, 5);
    for (auto& label : gap) label = label == 4 ? 7 : label;
    CHECK(contains(refusal_of({{"i", images(60)}, {"l", gap}}), "4 to 6 are missing"));
}

TEST_CASE("other files are refused, and the message says what is accepted") {
    CHECK(contains(refusal_of({}), "These files do not make one data set"));
    CHECK(contains(refusal_of({{"empty.csv", {}}}), "empty.csv is empty"));
    CHECK(contains(refusal_of({{"x.png", png_of(bar_picture(28, 4, 255, 0))}}), "x.png is a single picture"));
    CHECK(contains(refusal_of({{"x.csv", Bytes{0xFF, 0xFE, 'a', 0}}}), "UTF-16"));
    CHECK(contains(refusal_of({{"x.bin", Bytes{1, 2, 0, 3}}}), "x.bin is of no kind"));
    CHECK(contains(refusal_of({{"a.zip", zip_of({})}, {"b.csv", bytes_of_text("a,1\n")}}), "do not make one data set"));
    CHECK(contains(refusal_of({{"a.gz", Bytes{0x1F, 0x8B, 8}}}), "a.gz cannot be unpacked"));
    CHECK(contains(refusal_of({{"a.zip", Bytes{'P', 'K', 3, 4, 0}}}), "a.zip is cut short"));
    const std::string row = csv_row("a", 0);
    CHECK(contains(refusal_of({{"a.csv", bytes_of_text(row)}, {"b.csv", bytes_of_text(row)}}), "\"test\" in its name"));
}

TEST_CASE("an import runs in small steps and reports its progress") {
    std::string text;
    for (int i = 0; i < 1000; ++i) text += csv_row(i % 2 == 0 ? "a" : "b", i % 2);
    auto import = DatasetImport::open("mine", {{"mine.csv.gz", gzip_of(bytes_of_text(text))}});
    REQUIRE(import);
    double before = -1;
    int steps = 0;
    while (!(*import)->finished()) {
        CHECK((*import)->share_done() > before);
        before = (*import)->share_done();
        REQUIRE((*import)->step());
        ++steps;
    }
    CHECK(steps >= 5);
    CHECK((*import)->share_done() == 1);
    CHECK((*import)->rows() == 1000);
    CHECK((*import)->take());
}

TEST_CASE("the limits are stated") {
    CHECK(contains(dataset_limits(), "2 to 100 classes"));
    CHECK(contains(dataset_limits(), "100,000"));
}

TEST_CASE("more rows than the limit are refused", "[slow]") {
    RowGatherer rows;
    const Bytes blank(784, 0);
    for (std::size_t i = 0; i < most_rows; ++i) REQUIRE(rows.add(DataPart::train, i % 2 == 0 ? "a" : "b", blank));
    CHECK(rows.add(DataPart::train, "a", blank).error().code == "too-many-rows");
}
