#include "ui/mirror.h"

#include <catch2/catch_test_macros.hpp>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

using namespace digitlab;

namespace {

std::set<std::string> roles_of_program() {
    Mirror mirror;
    mirror.begin_frame();
    for (int role = 0; role <= static_cast<int>(Role::progressbar); ++role) {
        MirrorNode node;
        node.role = static_cast<Role>(role);
        mirror.add(node);
    }
    mirror.end_frame();
    std::set<std::string> roles;
    for (const Json& node : mirror.to_json()) roles.insert(node["role"].get<std::string>());
    return roles;
}

/// The keys of the object `name` in web/mirror.js.
std::set<std::string> roles_of_page(const std::string& name) {
    std::ifstream file(std::string(DIGITLAB_SOURCE_DIR) + "/web/mirror.js");
    std::stringstream text;
    text << file.rdbuf();
    const std::string all = text.str();
    const std::size_t begin = all.find("const " + name + " = {");
    REQUIRE(begin != std::string::npos);
    const std::string object = all.substr(begin, all.find("};", begin) - begin);
    const std::regex key(R"(\n +(\w+): \()");
    std::set<std::string> roles;
    for (auto found = std::sregex_iterator(object.begin(), object.end(), key); found != std::sregex_iterator(); ++found)
        roles.insert((*found)[1]);
    return roles;
}

}  // namespace

TEST_CASE("program and page know the same roles", "[ui]") {
    const std::set<std::string> roles = roles_of_program();
    CHECK(roles.size() == static_cast<std::size_t>(Role::progressbar) + 1);
    CHECK(roles_of_page("makers") == roles);
    CHECK(roles_of_page("describers") == roles);
}

TEST_CASE("the options of a combobox have an id and a title, whatever is in them", "[ui]") {
    Mirror mirror;
    mirror.begin_frame();
    MirrorNode node;
    node.role = Role::combobox;
    node.options = {{"mlp", "Two layers"}, {"my\tid", "A title\nwith\ttabs"}};
    mirror.add(node);
    mirror.end_frame();
    const Json json = mirror.to_json().at(0);
    CHECK(json.at("options") ==
          Json::array({{{"id", "mlp"}, {"title", "Two layers"}}, {{"id", "my\tid"}, {"title", "A title\nwith\ttabs"}}}));
}

TEST_CASE("keys wait in the mirror for their widget, which gets one per frame", "[ui]") {
    Mirror mirror;
    mirror.press_key(7, "ArrowDown");
    mirror.press_key(7, "End");
    CHECK(mirror.pending());
    mirror.begin_frame();
    CHECK_FALSE(mirror.take_activation(7));
    CHECK_FALSE(mirror.take_value(7));
    CHECK_FALSE(mirror.take_key(8));
    CHECK(mirror.take_key(7) == "ArrowDown");
    CHECK_FALSE(mirror.take_key(7));
    mirror.end_frame();
    mirror.begin_frame();
    CHECK(mirror.take_key(7) == "End");
    mirror.end_frame();
    CHECK_FALSE(mirror.pending());
}
