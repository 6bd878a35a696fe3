#include "data/image_folders.h"

#include <catch2/catch_test_macros.hpp>

#include "contains.h"
#include "data/dataset_files.h"
#include "data/fit.h"
#include "data/image_file.h"
#include "data/packed.h"

using namespace digitlab;

namespace {

/// Pictures of two labels, dark ink on light paper by default.
std::vector<PackedFile> pictures(const std::string& before, int side = 28, std::uint8_t paper = 255, std::uint8_t ink = 0,
                                 int count = 40) {
    std::vector<PackedFile> files;
    for (int i = 0; i < count; ++i) {
        const bool cat = i % 2 == 0;
        files.push_back({before + (cat ? "cat/" : "dog/") + std::to_string(i) + ".PNG",
                         png_of(bar_picture(side, cat ? 4 : 18, paper, ink))});
    }
    return files;
}

Result<DataPair> read(const std::vector<PackedFile>& files) {
    return read_dataset_files("mine", {{"mine.zip", zip_of(files)}});
}

std::string refusal(const std::vector<PackedFile>& files) {
    const auto pair = read(files);
    REQUIRE_FALSE(pair);
    return pair.error().message;
}

std::vector<PackedFile> with(std::vector<PackedFile> files, const PackedFile& file) {
    files.push_back(file);
    return files;
}

void check_bars(const DataPair& pair) {
    for (const auto& part : {pair.train, pair.test}) {
        REQUIRE(part->rows() > 0);
        for (std::size_t row = 0; row < part->rows(); ++row) {
            const std::size_t bar = part->labels[row] == 0 ? 5 : 19;
            CHECK(part->image(row)[bar * 28 + 14] == 255);
            CHECK(part->image(row)[12 * 28 + 14] == 0);
        }
    }
}

}  // namespace

TEST_CASE("pictures in folders are read, whatever surrounds them and however they are drawn") {
    std::vector<PackedFile> cluttered = pictures("");
    for (const char* path : {"__MACOSX/cat/._0.png", ".DS_Store", "readme.txt", "cat/.hidden.png", "cat/notes.csv"}) {
        cluttered.push_back({path, bytes_of_text("nothing")});
    }
    for (const auto& files : {pictures(""), pictures("letters/"), pictures("a/b/"), pictures("", 28, 0, 255), pictures("", 56),
                              pictures("", 280, 0, 255), cluttered}) {
        const auto pair = read(files);
        INFO((pair ? std::string() : pair.error().message));
        REQUIRE(pair);
        CHECK(pair->train->class_names == std::vector<std::string>{"cat", "dog"});
        CHECK(pair->train->rows() == 34);
        CHECK(pair->test->rows() == 6);
        check_bars(*pair);
    }
}

TEST_CASE("folders for training and testing divide the pictures") {
    for (const char* around : {"", "set/"}) {
        std::vector<PackedFile> files = pictures(std::string(around) + "Train/");
        for (PackedFile& file : pictures(std::string(around) + "test/", 28, 255, 0, 10)) files.push_back(std::move(file));
        const auto pair = read(files);
        REQUIRE(pair);
        CHECK(pair->train->rows() == 40);
        CHECK(pair->test->rows() == 10);
        check_bars(*pair);
    }
    const auto only = read(pictures("train/"));
    REQUIRE(only);
    CHECK(only->test->rows() == 6);
}

TEST_CASE("errors name archive and picture") {
    CHECK(contains(refusal(with(pictures(""), {"cat/bad.png", bytes_of_text("no picture")})),
                   "mine.zip, cat/bad.png is not a picture"));
    Bytes cut = png_of(bar_picture(28, 4, 255, 0));
    cut.resize(cut.size() / 2);
    CHECK(contains(refusal(with(pictures(""), {"cat/cut.png", cut})), "cat/cut.png is damaged"));
    CHECK(contains(refusal(with(pictures(""), {"top.png", {1}})), "top.png lies in no folder"));
    CHECK(contains(refusal(with(pictures(""), {"cat/deep/x.png", {1}})), "too many folders"));
    CHECK(contains(refusal(with(pictures(""), {"cat/x.webp", {1}})), "PNG, JPEG and BMP can"));
    CHECK(contains(refusal({{"a/x.txt", {1}}}), "holds no pictures"));
    CHECK(contains(refusal(pictures("", 28, 255, 0, 8)), "at least 20"));
    CHECK(
        contains(refusal(with(pictures(""), {std::string(50, 'x') + "/x.png", png_of(bar_picture(28, 4, 255, 0))})), "longer"));
    std::vector<PackedFile> many;
    for (int i = 0; i < 101; ++i) many.push_back({"label" + std::to_string(i) + "/x.png", png_of(bar_picture(28, 4, 255, 0))});
    CHECK(contains(refusal(many), "label100/x.png: \"label100\" is one label too many"));
}

TEST_CASE("a picture that claims to be huge is refused by its header, and one that unpacks to too much fails cleanly") {
    Bytes wide = png_of(bar_picture(28, 4, 255, 0));
    wide[16] = wide[17] = 0;
    wide[18] = 0x20;  // 8192 pixels
    CHECK(decode_picture("x.png", wide).error().code == "image-too-large");
    CHECK_FALSE(decode_picture("x.png", {}));
    CHECK_FALSE(decode_picture("x.png", bytes_of_text("GIF89a....")));
    for (std::size_t at = 0; at < 300 && at < wide.size(); ++at) {
        Bytes damaged = png_of(bar_picture(40, 4, 255, 0));
        if (at >= damaged.size()) break;
        damaged[at] ^= 0x5A;
        (void)decode_picture("x.png", damaged);  // any result will do, as long as it does not crash
    }
}

TEST_CASE("a JPEG with more Huffman codes than possible is refused") {
    Bytes jpeg = {0xFF, 0xD8, 0xFF, 0xC4, 0x10, 0x13, 0x00};
    jpeg.insert(jpeg.end(), 16, 0xFF);
    jpeg.insert(jpeg.end(), 5000, 1);
    CHECK(decode_picture("x.jpg", jpeg).error().code == "bad-image");
}

TEST_CASE("pictures of other shapes keep their aspect ratio and are padded with their own paper") {
    GreyImage tall{14, 56, std::vector<std::uint8_t>(14 * 56, 0)};
    for (auto& pixel : tall.ink) pixel = 90;
    tall.ink[28 * 14 + 7] = 255;
    const GreyImage fitted = fit_picture(tall);
    CHECK(fitted.width == 28);
    CHECK(fitted.height == 28);
    CHECK(fitted.at(0, 0) == 90);
    CHECK(fitted.at(14, 27) == 90);
    GreyImage grown{1, 1, {200}};
    CHECK(fit_picture(grown).ink == std::vector<std::uint8_t>(784, 200));
    const GreyImage exact = bar_picture(28, 4, 255, 3);
    CHECK(fit_picture(exact).ink == exact.ink);
}
