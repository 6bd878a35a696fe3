#include "base/json.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <limits>

namespace digitlab {

namespace {

/// Copying and writing JSON recurse once per level, so a text of a million brackets would overflow the stack.
constexpr int deepest_nesting = 64;

/// Walks through a text without building anything: finds where it stops being JSON and how deep it nests.
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

/// Finds `object[key]`; null when it is absent.
Result<const Json*> find_key(const Json& object, const char* key) {
    if (!object.is_object()) return fail("bad-json", "An object was expected where \"" + std::string(key) + "\" is read.");
    const auto place = object.find(key);
    return place == object.end() ? nullptr : &*place;
}

tl::unexpected<Error> wrong_value(const char* key, const std::string& expected) {
    return fail("bad-json", "\"" + std::string(key) + "\" must be " + expected + ".");
}

/// Whole numbers may also be written as 1e3 or 5.0. Above 2^53 a double may already have been rounded.
bool holds_whole_double(const Json& value) {
    constexpr double largest_exact = 9007199254740992.0;
    if (!value.is_number_float()) return false;
    const double number = value.get<double>();
    return std::abs(number) <= largest_exact && std::trunc(number) == number;
}

bool read_value(const Json& value, int& target) {
    std::int64_t number = 0;
    if (value.is_number_unsigned()) {
        const auto unsigned_number = value.get<std::uint64_t>();
        if (unsigned_number > static_cast<std::uint64_t>(std::numeric_limits<int>::max())) return false;
        number = static_cast<std::int64_t>(unsigned_number);
    } else if (value.is_number_integer() || holds_whole_double(value)) {
        number = value.get<std::int64_t>();
    } else {
        return false;
    }
    if (number < std::numeric_limits<int>::min() || number > std::numeric_limits<int>::max()) return false;
    target = static_cast<int>(number);
    return true;
}

bool read_value(const Json& value, std::uint64_t& target) {
    if (value.is_number_unsigned()) {
        target = value.get<std::uint64_t>();
        return true;
    }
    // Built in code from a signed number, or written with a point or exponent.
    if (!value.is_number_integer() && !holds_whole_double(value)) return false;
    const auto number = value.get<std::int64_t>();
    if (number < 0) return false;
    target = static_cast<std::uint64_t>(number);
    return true;
}

bool read_value(const Json& value, double& target) {
    if (!value.is_number()) return false;
    const double number = value.get<double>();
    if (!std::isfinite(number)) return false;
    target = number;
    return true;
}

bool read_value(const Json& value, float& target) {
    double number = 0;
    if (!read_value(value, number) || std::abs(number) > static_cast<double>(std::numeric_limits<float>::max())) return false;
    target = static_cast<float>(number);
    return true;
}

bool read_value(const Json& value, bool& target) {
    if (!value.is_boolean()) return false;
    target = value.get<bool>();
    return true;
}

bool read_value(const Json& value, std::string& target) {
    if (!value.is_string()) return false;
    target = value.get_ref<const std::string&>();
    return true;
}

template <class T>
Status read_key(const Json& object, const char* key, T& target, const char* expected) {
    const auto value = find_key(object, key);
    if (!value) return tl::unexpected(value.error());
    if (*value && !read_value(**value, target)) return wrong_value(key, expected);
    return {};
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
    std::to_chars(digits.data(), digits.data() + digits.size() - 1, value);
    return std::strtod(digits.data(), nullptr);
}

Status read_optional(const Json& object, const char* key, int& target) {
    return read_key(object, key, target, "a whole number between -2147483648 and 2147483647");
}

Status read_optional(const Json& object, const char* key, std::uint64_t& target) {
    return read_key(object, key, target, "a whole number from 0 to 18446744073709551615");
}

Status read_optional(const Json& object, const char* key, float& target) {
    return read_key(object, key, target, "a finite number");
}

Status read_optional(const Json& object, const char* key, double& target) {
    return read_key(object, key, target, "a finite number");
}

Status read_optional(const Json& object, const char* key, bool& target) {
    return read_key(object, key, target, "true or false");
}

Status read_optional(const Json& object, const char* key, std::string& target) {
    return read_key(object, key, target, "a text in quotes");
}

}  // namespace digitlab
