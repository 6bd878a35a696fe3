#include "predict/drawing.h"

#include <catch2/catch_test_macros.hpp>

#include "predict/sample_drawings.h"

using namespace digitlab;

namespace {

std::string code(const Json& json) {
    const auto drawing = drawing_from_json(json);
    REQUIRE_FALSE(drawing);
    CHECK_FALSE(drawing.error().message.empty());
    return drawing.error().code;
}

GreyImage noise(int width, int height) {
    GreyImage image{width, height, {}};
    for (int i = 0; i < width * height; ++i) image.ink.push_back(static_cast<std::uint8_t>(i * 7919 % 256));
    return image;
}

}  // namespace

TEST_CASE("a drawing survives the round trip through JSON") {
    for (const auto& label : {std::optional<int>(), std::optional(0), std::optional(9)}) {
        const Drawing drawing = sample_drawing(12, label);
        const auto read = drawing_from_json(to_json(drawing));
        REQUIRE(read);
        CHECK(read->id == "d-0012");
        CHECK(read->unix_secs == drawing.unix_secs);
        CHECK(read->source == DrawingSource::uploaded);
        CHECK(read->pixels == drawing.pixels);
        CHECK(read->picture.width == 30);
        CHECK(read->picture.height == 20);
        CHECK(read->picture.ink == drawing.picture.ink);
        CHECK(read->answers == drawing.answers);
        CHECK(read->label == label);
    }
}

TEST_CASE("the kept picture survives its file to the pixel, and is small") {
    Drawing drawing = sample_drawing(1);
    for (const auto& [width, height] : {std::pair{1, 1}, {112, 112}, {113, 20}, {448, 448}, {3000, 7}}) {
        drawing.picture = small_picture(noise(width, height));
        CHECK(drawing.picture.width <= drawing_picture_side);
        CHECK(drawing.picture.height <= drawing_picture_side);
        const auto read = drawing_from_json(to_json(drawing));
        REQUIRE(read);
        CHECK(read->picture.ink == drawing.picture.ink);
    }
    InkCanvas canvas;
    canvas.draw_line({100, 100}, {330, 120}, 36);
    canvas.draw_line({330, 120}, {200, 400}, 36);
    drawing.picture = small_picture(canvas.image());
    CHECK(to_json(drawing)["picture"]["ink"].get<std::string>().size() < 3000);
}

TEST_CASE("each pixel of a reduced picture is the mean of those it stands for") {
    GreyImage image{224, 4, std::vector<std::uint8_t>(224 * 4, 0)};
    image.ink[0] = image.ink[1] = 255;                                    // half of the first 2 by 2
    image.ink[2] = image.ink[3] = image.ink[226] = image.ink[227] = 255;  // all of the second
    const GreyImage small = small_picture(image);
    CHECK(small.width == 112);
    CHECK(small.height == 2);
    CHECK(small.at(0, 0) == 136);  // 127.5 to the nearest of 16 levels
    CHECK(small.at(1, 0) == 255);
    CHECK(small.at(2, 0) == 0);
}

TEST_CASE("pixels kept as bytes come back as the models saw them") {
    DigitPixels pixels{};
    for (std::size_t i = 0; i < pixels.size(); ++i) pixels[i] = static_cast<float>(i % 256) / 255.0F;
    Drawing drawing;
    drawing.pixels = bytes_of(pixels);
    CHECK(pixels_of(drawing) == pixels);
}

TEST_CASE("invalid drawings are refused, newer ones with a code of their own") {
    const Json good = to_json(sample_drawing(1, 3));
    const auto with = [&](const char* key, Json value) {
        Json json = good;
        json[key] = std::move(value);
        return json;
    };
    CHECK(code(with("formatVersion", 2)) == "newer-version");
    CHECK(code(Json::array()) == "bad-drawing");
    for (const auto& [key, value] : std::initializer_list<std::pair<const char*, Json>>{{"formatVersion", 0},
                                                                                        {"id", ""},
                                                                                        {"date", "yesterday"},
                                                                                        {"source", "dreamt"},
                                                                                        {"label", -1},
                                                                                        {"label", 256},
                                                                                        {"label", "3"},
                                                                                        {"answers", 7},
                                                                                        {"answers", Json::array({7})},
                                                                                        {"pixels", "AAAA"},
                                                                                        {"pixels", "?"},
                                                                                        {"picture", nullptr}}) {
        CHECK(code(with(key, value)) == "bad-drawing");
    }
    for (const auto& [key, value] : std::initializer_list<std::pair<const char*, Json>>{
             {"width", 113}, {"width", -1}, {"width", 29}, {"height", 21}, {"ink", "AAA"}, {"ink", ""}}) {
        Json json = good;
        json["picture"][key] = value;
        CHECK(code(json) == "bad-drawing");
    }
}

TEST_CASE("the most votes win, and on a tie the most confident model") {
    Drawing drawing;
    CHECK_FALSE(voted_digit(drawing));
    drawing.answers = {{"a", "A", 7, 0.9F}, {"b", "B", 1, 0.8F}};
    CHECK(voted_digit(drawing) == 7);
    drawing.answers.push_back({"c", "C", 1, 0.3F});
    CHECK(voted_digit(drawing) == 1);
}

TEST_CASE("the running accuracy counts only labelled drawings, separately for each model") {
    std::vector<Drawing> drawings = {sample_drawing(1, 7), sample_drawing(2, 1), sample_drawing(3, 7), sample_drawing(4)};
    drawings[2].answers = {{"r-0001", "renamed", 7, 0.9F}};
    const auto accuracy = running_accuracy(list_of(drawings));
    REQUIRE(accuracy.size() == 2);
    CHECK(accuracy[0].model == "r-0001");
    CHECK(accuracy[0].name == "renamed");
    CHECK(accuracy[0].right == 2);
    CHECK(accuracy[0].labelled == 3);
    CHECK(accuracy[1].model == "champion");
    CHECK(accuracy[1].right == 1);
    CHECK(accuracy[1].labelled == 2);
    CHECK(accuracy[1].share() == 0.5);
    CHECK(running_accuracy({}).empty());
}
