#include "base/json.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdlib>

#include "base/json_reader.h"
#include "base/text.h"

namespace digitlab {

namespace {

/// Copying and writing JSON recurse once per level, so a text of a million brackets would overflow the stack.
constexpr int deepest_nesting = 64;

/// Walks through a text without building anything: finds where it stops being JSON and whether it nests too deep.
class SyntaxCheck : public nlohmann::json_sax<Json> {
   public:
    bool too_deep = false;
    std::size_t error_position = 0;  ///< in bytes, from 1

    bool null() override { return true; }
    bool boolean(bool) override { return true; }
    bool number_integer(number_integer_t) override { return true; }
    bool number_unsigned(number_unsigned_t) override { return true; }
    bool number_float(number_float_t, const string_t&) override { return true; }
    bool string(string_t&) override { return true; }
    bool binary(binary_t&) override { return true; }
    bool key(string_t&) override { return true; }
    bool start_object(std::size_t) override { return enter(); }
    bool end_object() override { return leave(); }
    bool start_array(std::size_t) override { return enter(); }
    bool end_array() override { return leave(); }
    bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) override {
        error_position = position;
        return false;
    }

   private:
    bool enter() {
        too_deep = ++depth_ > deepest_nesting;
        return !too_deep;
    }
    bool leave() {
        --depth_;
        return true;
    }
    int depth_ = 0;
};

/// "line 3, column 7" of the `position`-th byte, counted from 1.
std::string describe_position(std::string_view text, std::size_t position) {
    int line = 1;
    int column = 0;
    for (std::size_t i = 0; i < position && i < text.size(); ++i) {
        const bool starts_line = i > 0 && text[i - 1] == '\n';
        line += starts_line ? 1 : 0;
        column = starts_line ? 1 : column + 1;
    }
    return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

template <class T>
Status read_key(const Json& object, const char* key, T& target) {
    JsonReader reader(object, {"bad-json"}, "An object was expected where \"" + std::string(key) + "\" is read.");
    reader.optional(key, target);
    return reader.status();
}

}  // namespace

Result<Json> parse_json(std::string_view text) {
    SyntaxCheck check;
    const bool valid = Json::sax_parse(text, &check);
    if (check.too_deep) {
        return fail("bad-json", "This JSON nests deeper than " + std::to_string(deepest_nesting) + " levels.");
    }
    if (!valid) return fail("bad-json", "This is not valid JSON: see " + describe_position(text, check.error_position) + ".");
    return Json::parse(text, nullptr, false);
}

std::string dump_json(const Json& json, int indent) { return json.dump(indent, ' ', false, Json::error_handler_t::replace); }

double decimal(float value) {
    std::array<char, 32> digits{};
    if (!std::isfinite(value)) return static_cast<double>(value);
    const auto written = std::to_chars(digits.data(), digits.data() + digits.size(), value);
    return decimal_in({digits.data(), written.ptr}).value_or(static_cast<double>(value));
}

Status read_optional(const Json& object, const char* key, int& target) { return read_key(object, key, target); }

Status read_optional(const Json& object, const char* key, std::uint64_t& target) { return read_key(object, key, target); }

Status read_optional(const Json& object, const char* key, float& target) { return read_key(object, key, target); }

Status read_optional(const Json& object, const char* key, double& target) { return read_key(object, key, target); }

Status read_optional(const Json& object, const char* key, bool& target) { return read_key(object, key, target); }

Status read_optional(const Json& object, const char* key, std::string& target) { return read_key(object, key, target); }

}  // namespace digitlab
