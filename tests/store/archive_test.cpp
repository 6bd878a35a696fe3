#include "store/archive.h"

#include <catch2/catch_test_macros.hpp>

#include "base/checksum.h"
#include "base/clock.h"
#include "train/stripes.h"
#include "train/trainer.h"

using namespace digitlab;

namespace {

Archive sample() {
    ThreadPool pool(1);
    const auto trainer = Trainer::create(quick_spec("softmax", 2), stripes(), pool, monotonic_secs).value();
    while (trainer->epochs().empty()) REQUIRE(trainer->step());
    Archive archive;
    ArchivedRun stopped;
    stopped.run.id = "r-0001";
    stopped.run.name = "model_softmax_run1";
    stopped.run.status = RunStatus::stopped;
    stopped.run.spec = quick_spec("softmax", 2);
    stopped.run.started_unix_secs = 1.7e9;
    stopped.run.epochs = trainer->epochs();
    stopped.run.sweep = SweepMembership{"rates", {{"learningRate", 0.01}}};
    stopped.model = half_precision(trainer->model());
    stopped.checkpoint = trainer->checkpoint();
    ArchivedRun failed;
    failed.run = stopped.run;
    failed.run.id = "r-0002";
    failed.run.status = RunStatus::failed;
    failed.run.failure = "It went wrong.";
    archive.runs = {stopped, failed};
    auto drawing = std::make_shared<Drawing>();
    drawing->id = "d-0001";
    drawing->pixels[100] = 200;
    drawing->label = 7;
    archive.drawings.push_back(drawing);
    return archive;
}

/// The archive with a checksum that matches its contents.
Bytes resealed(Bytes bytes) {
    bytes.resize(bytes.size() - 4);
    const std::uint32_t sum = crc32(bytes);
    for (int byte = 0; byte < 4; ++byte) bytes.push_back(static_cast<std::uint8_t>(sum >> (8 * byte)));
    return bytes;
}

}  // namespace

TEST_CASE("an archive holds runs, models, checkpoints and drawings") {
    const Archive archive = sample();
    const auto read = decode_archive(encode_archive(archive));
    REQUIRE(read);
    REQUIRE(read->runs.size() == 2);
    CHECK(to_json(read->runs[0].run) == to_json(archive.runs[0].run));
    CHECK(to_json(read->runs[1].run) == to_json(archive.runs[1].run));
    REQUIRE(read->runs[0].model);
    CHECK(weights_hash(*read->runs[0].model) == weights_hash(*archive.runs[0].model));
    REQUIRE(read->runs[0].checkpoint);
    CHECK(weights_hash(*read->runs[0].checkpoint) == weights_hash(*archive.runs[0].checkpoint));
    CHECK_FALSE(read->runs[1].model);
    REQUIRE(read->drawings.size() == 1);
    CHECK(read->drawings[0]->pixels == archive.drawings[0]->pixels);
    CHECK(read->drawings[0]->label == 7);
}

TEST_CASE("a damaged archive is refused, wherever the damage is") {
    const Bytes good = encode_archive(sample());
    CHECK(decode_archive({}).error().code == "bad-archive");
    CHECK(decode_archive(Bytes{'P', 'K', 3, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0})
              .error()
              .message.find("not a Digit Lab archive") != std::string::npos);
    for (std::size_t length = 0; length < good.size(); length += good.size() / 200 + 1) {
        CHECK(decode_archive(std::span(good).first(length)).error().code == "bad-archive");
    }
    for (std::size_t place = 4; place < good.size(); place += good.size() / 300 + 1) {
        Bytes flipped = good;
        flipped[place] ^= 0x10;
        CHECK(decode_archive(flipped).error().code == "bad-archive");
    }
}

TEST_CASE("a malicious archive is refused even when its checksum is valid") {
    const Bytes good = encode_archive(sample());
    // Change every seventh byte of the description in turn: nothing crashes, and errors are reported as such.
    const std::size_t length = good[8] | good[9] << 8U | good[10] << 16U;
    std::size_t refused = 0, tried = 0;
    for (std::size_t place = 12; place < 12 + length; place += 7) {
        Bytes changed = good;
        changed[place] = static_cast<std::uint8_t>(changed[place] + 1);
        const auto read = decode_archive(resealed(changed));
        ++tried;
        if (!read) {
            ++refused;
            CHECK(read.error().code == "bad-archive");
        }
    }
    CHECK(refused > tried / 3);

    const auto with = [&](const std::string& what, const std::string& instead) {
        std::string text(good.begin(), good.end());
        const auto place = text.find(what);
        REQUIRE(place != std::string::npos);
        REQUIRE(what.size() == instead.size());
        text.replace(place, what.size(), instead);
        return decode_archive(resealed(Bytes(text.begin(), text.end())));
    };
    CHECK(with("r-0002", "r-0001").error().message.find("same id") != std::string::npos);
    CHECK(with("r-0002", "../../").error().code == "bad-archive");
    CHECK(with("d-0001", "a/../b").error().code == "bad-archive");
    Bytes newer = good;
    newer[4] = 9;
    CHECK(decode_archive(resealed(newer)).error().message.find("newer") != std::string::npos);
    Bytes huge = good;
    huge[8] = huge[9] = huge[10] = huge[11] = 0xFF;
    CHECK(decode_archive(resealed(huge)).error().code == "bad-archive");
}
