#include "data/zip.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <optional>
#include <utility>

#include "contains.h"
#include "data/packed.h"

using namespace digitlab;

namespace {

const std::vector<PackedFile> files = {{"a/1.txt", bytes_of_text("one")},
                                       {"a/", {}},
                                       {"b\\2.txt", Bytes(3000, 7)},
                                       {"c/3.txt", bytes_of_text(std::string(500, 'x'))}};

std::string refusal(const Bytes& bytes) {
    const auto archive = ZipArchive::open("x.zip", bytes);
    REQUIRE_FALSE(archive);
    CHECK(archive.error().message.starts_with("x.zip"));
    return archive.error().message;
}

/// Overwrites `count` bytes at `offset` of the list's first entry.
Bytes with_field(std::size_t offset, std::uint32_t value, int count) {
    Bytes bytes = zip_of(files);
    std::size_t at = bytes.size();
    for (std::size_t i = 0; i + 4 < bytes.size() && at == bytes.size(); ++i) {
        if (bytes[i] == 'P' && bytes[i + 1] == 'K' && bytes[i + 2] == 1 && bytes[i + 3] == 2) at = i;
    }
    for (int i = 0; i < count; ++i)
        bytes[at + offset + static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(value >> (8 * i));
    return bytes;
}

using Contents = std::vector<std::pair<std::string, Bytes>>;

/// All files of an archive; nullopt if anything is wrong with any of them.
std::optional<Contents> contents_of(const Bytes& bytes) {
    const auto archive = ZipArchive::open("x.zip", bytes);
    if (!archive) return std::nullopt;
    Contents contents;
    for (const auto& entry : archive->entries()) {
        auto extracted = archive->extract(entry);
        if (!extracted) return std::nullopt;
        contents.emplace_back(entry.path, std::move(*extracted));
    }
    return contents;
}

}  // namespace

TEST_CASE("a ZIP's files are listed and unpacked, stored or deflated") {
    const auto archive = ZipArchive::open("x.zip", zip_of(files));
    REQUIRE(archive);
    REQUIRE(archive->entries().size() == 3);
    CHECK(archive->entries()[1].path == "b/2.txt");
    const Bytes expected[] = {files[0].bytes, files[2].bytes, files[3].bytes};
    for (std::size_t i = 0; i < 3; ++i) {
        const auto bytes = archive->extract(archive->entries()[i]);
        REQUIRE(bytes);
        CHECK(*bytes == expected[i]);
    }
}

TEST_CASE("an empty ZIP has an empty list, and is no damaged one") {
    const Bytes bytes = zip_of({});
    const auto archive = ZipArchive::open("x.zip", bytes);
    REQUIRE(archive);
    CHECK(archive->entries().empty());
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        CHECK_FALSE(ZipArchive::open("x.zip", Bytes(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size))));
    }
}

TEST_CASE("a comment at the end does not hide the list") {
    Bytes bytes = zip_of(files);
    bytes[bytes.size() - 2] = 5;
    for (const char c : {'h', 'e', 'l', 'l', 'o'}) bytes.push_back(static_cast<std::uint8_t>(c));
    CHECK(ZipArchive::open("x.zip", bytes));
}

TEST_CASE("truncated archives are refused") {
    const Bytes bytes = zip_of(files);
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        CHECK_FALSE(ZipArchive::open("x.zip", Bytes(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size))));
    }
}

TEST_CASE("damage to any byte of an archive is detected or changes no file") {
    const Bytes bytes = zip_of(files);
    const auto whole = contents_of(bytes);
    REQUIRE(whole);
    REQUIRE(whole->size() == 3);
    std::size_t noticed = 0;
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        for (const int change : {0xFF, 0x01, 0x80, 0x04}) {
            Bytes damaged = bytes;
            damaged[at] ^= static_cast<std::uint8_t>(change);
            const auto contents = contents_of(damaged);
            CAPTURE(at, change);
            if (contents) CHECK(*contents == *whole);
            noticed += contents ? 0 : 1;
        }
    }
    // Only fields that do not matter here may go unnoticed: times, versions, attributes, the numbers of disks.
    CHECK(noticed > 2 * bytes.size());
}

TEST_CASE("a file whose name in the list differs from the one beside its contents is damaged") {
    Bytes bytes = zip_of({{"cat/1.png", {1, 2, 3}}});
    const std::string name = "cat/1.png";
    const auto in_list = std::ranges::find_end(bytes, name).begin();
    in_list[0] = 'b';
    const auto archive = ZipArchive::open("x.zip", bytes);
    REQUIRE(archive);
    CHECK(archive->entries()[0].path == "bat/1.png");
    CHECK(contains(archive->extract(archive->entries()[0]).error().message, "damaged"));
}

TEST_CASE("sizes and offsets of ZIP64 are respected") {
    const auto archive = ZipArchive::open("x.zip", zip64_of("a/1.txt", bytes_of_text("one")));
    REQUIRE(archive);
    REQUIRE(archive->entries().size() == 1);
    CHECK(archive->entries()[0].bytes == 3);
    CHECK(archive->extract(archive->entries()[0]) == bytes_of_text("one"));
    const auto huge = ZipArchive::open("x.zip", zip64_of("a/1.txt", bytes_of_text("one"), std::uint64_t{5} << 32U));
    REQUIRE_FALSE(huge);
    CHECK(huge.error().code == "too-large");
}

TEST_CASE("hostile archives are refused with the reason") {
    for (const char* path : {"../a.png", "/etc/a.png", "a/../../b.png", "C:/a.png", "a//b.png", "./a.png", "..\\a.png"}) {
        CHECK(contains(refusal(zip_of({{path, {1}}})), "leads out"));
    }
    CHECK(contains(refusal(zip_of({{"a/\xFF\xFE.png", {1}}})), "UTF-8"));
    CHECK(contains(refusal(zip_of({{std::string("a/\0b.png", 8), {1}}})), "UTF-8"));
    CHECK(contains(refusal(with_field(8, 1, 2)), "encrypted"));
    CHECK(contains(refusal(with_field(24, 0x7FFFFFFF, 4)), "MB a file"));
    CHECK(contains(refusal(with_field(28, 0xFFFF, 2)), "damaged"));
    const auto method = ZipArchive::open("x.zip", with_field(10, 99, 2));
    REQUIRE(method);
    CHECK(contains(method->extract(method->entries()[0]).error().message, "method 99"));
    const auto place = ZipArchive::open("x.zip", with_field(42, 0xFFFFFFF0, 4));
    REQUIRE(place);
    CHECK_FALSE(place->extract(place->entries()[0]));
}

TEST_CASE("a ZIP bomb of many files is refused by its total size") {
    std::vector<PackedFile> many;
    for (int i = 0; i < 10; ++i) many.push_back({"a/" + std::to_string(i), Bytes(1000, 0)});
    ZipArchive::Limits limits;
    limits.all_bytes = 5000;
    CHECK(ZipArchive::open("x.zip", zip_of(many), limits).error().code == "too-large");
    limits = {};
    limits.entries = 5;
    CHECK(ZipArchive::open("x.zip", zip_of(many), limits).error().code == "too-large");
}
