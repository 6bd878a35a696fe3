#include "predict/champion.h"

#include <catch2/catch_test_macros.hpp>
#include <fstream>
#include <iterator>

#include "base/clock.h"

namespace digitlab {

std::unique_ptr<Predictor> predictor_with_champion() {
    std::ifstream file(DIGITLAB_SOURCE_DIR "/assets/champion.dglb", std::ios::binary);
    const Bytes bytes(std::istreambuf_iterator<char>(file), {});
    const auto model = decode_model(bytes);
    REQUIRE(model);
    auto predictor = std::make_unique<Predictor>(monotonic_secs);
    REQUIRE(predictor->add("champion", "Champion", *model));
    return predictor;
}

}  // namespace digitlab
