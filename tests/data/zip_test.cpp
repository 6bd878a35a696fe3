#include "data/zip.h"

#include <catch2/catch_test_macros.hpp>

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

bool contains(const std::string& text, const char* part) { return text.find(part) != std::string::npos; }

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
    CHECK(ZipArchive::open("x.zip", zip_of({}))->entries().empty());
}

TEST_CASE("a comment at the end does not hide the list") {
    Bytes bytes = zip_of(files);
    bytes[bytes.size() - 2] = 5;
    for (const char c : {'h', 'e', 'l', 'l', 'o'}) bytes.push_back(static_cast<std::uint8_t>(c));
    CHECK(ZipArchive::open("x.zip", bytes));
}

TEST_CASE("truncated archives are refused or their files are") {
    const Bytes bytes = zip_of(files);
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        CHECK_FALSE(ZipArchive::open("x.zip", Bytes(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size))));
    }
}

TEST_CASE("no single damaged byte crashes the reader or goes unnoticed in a file") {
    const Bytes bytes = zip_of(files);
    const auto whole = ZipArchive::open("x.zip", bytes);
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        Bytes damaged = bytes;
        damaged[at] ^= 0xFF;
        const auto archive = ZipArchive::open("x.zip", damaged);
        if (!archive) continue;
        for (const auto& entry : archive->entries()) {
            const auto extracted = archive->extract(entry);
            if (extracted)
                CHECK((extracted->size() == 3 || extracted->size() == 3000 || extracted->size() == 500 || extracted->empty()));
        }
    }
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

TEST_CASE("a bomb of many files is refused by what it unpacks to") {
    std::vector<PackedFile> many;
    for (int i = 0; i < 10; ++i) many.push_back({"a/" + std::to_string(i), Bytes(1000, 0)});
    ZipArchive::Limits limits;
    limits.all_bytes = 5000;
    CHECK(ZipArchive::open("x.zip", zip_of(many), limits).error().code == "too-large");
    limits = {};
    limits.entries = 5;
    CHECK(ZipArchive::open("x.zip", zip_of(many), limits).error().code == "too-large");
}
