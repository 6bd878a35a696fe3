#include "base/json_reader.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace digitlab {

namespace {

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
    // The number was built in code from a signed one, or is written with a decimal point or exponent.
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

}  // namespace

std::string listed(const std::vector<std::string>& words) {
    std::string text;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i > 0) text += i + 1 == words.size() ? " and " : ", ";
        text += words[i];
    }
    return text;
}

JsonReader::JsonReader(const Json& json, JsonErrors errors, std::string_view expected)
    : json_(json), errors_(std::move(errors)) {
    if (!json.is_object()) fail(expected);
}

void JsonReader::object(const char* key, Json& target) {
    const Json* value = find(key);
    if (!value) return;
    if (value->is_object()) {
        target = *value;
    } else {
        fail("\"" + std::string(key) + "\" must be an object.");
    }
}

void JsonReader::known_keys(const std::vector<std::string>& keys, std::string_view what) {
    if (!ok()) return;
    for (const auto& [key, value] : json_.items()) {
        if (std::ranges::find(keys, key) != keys.end()) continue;
        return fail("\"" + key + "\" is not " + std::string(what) + ". Known are " + listed(keys) + ".");
    }
}

void JsonReader::version(int newest, std::string_view what) {
    int version = 0;
    optional("formatVersion", version);
    check(version >= 1, "it has no \"formatVersion\".");
    if (version <= newest) return;
    fail_as({"newer-version", "This " + std::string(what) +
                                  " was written by a newer version of Digit Lab. Reload the page to get that version."});
}

void JsonReader::fail(std::string_view message) { fail_as({errors_.code, errors_.prefix + std::string(message)}); }

void JsonReader::fail_as(const Error& error) {
    if (ok()) error_ = error;
}

bool JsonReader::has(const char* key) const { return find(key) != nullptr; }

const Json* JsonReader::find(const char* key) const {
    if (!ok()) return nullptr;
    const auto place = json_.find(key);
    return place == json_.end() ? nullptr : &*place;
}

const Json* JsonReader::find_list(const char* key) {
    const Json* value = find(key);
    if (!value || value->is_array()) return value;
    fail("\"" + std::string(key) + "\" must be a list.");
    return nullptr;
}

Status JsonReader::status() const {
    if (error_) return tl::unexpected(*error_);
    return {};
}

template <class T>
bool JsonReader::take_as(const char* expected, const char* key, const Json& value, T& target, Place place) {
    if (read_value(value, target)) return true;
    fail((place == Place::item ? "Each item of \"" : "\"") + std::string(key) + "\" must be " + expected + ".");
    return false;
}

bool JsonReader::take(const char* key, const Json& value, int& target, Place place) {
    return take_as("a whole number between -2147483648 and 2147483647", key, value, target, place);
}

bool JsonReader::take(const char* key, const Json& value, std::uint64_t& target, Place place) {
    return take_as("a whole number from 0 to 18446744073709551615", key, value, target, place);
}

bool JsonReader::take(const char* key, const Json& value, float& target, Place place) {
    return take_as("a finite number", key, value, target, place);
}

bool JsonReader::take(const char* key, const Json& value, double& target, Place place) {
    return take_as("a finite number", key, value, target, place);
}

bool JsonReader::take(const char* key, const Json& value, bool& target, Place place) {
    return take_as("true or false", key, value, target, place);
}

bool JsonReader::take(const char* key, const Json& value, std::string& target, Place place) {
    return take_as("a text in quotes", key, value, target, place);
}

void JsonReader::fail_word(const char* key, const std::string& word, const std::vector<std::string>& known) {
    fail("\"" + std::string(key) + "\" must be one of " + listed(known) + ", not \"" + word + "\".");
}

}  // namespace digitlab
