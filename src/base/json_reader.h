#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/json.h"
#include "base/result.h"

namespace digitlab {

/// The word that stands for a value of an enumeration in JSON.
template <class Value>
struct JsonWord {
    Value value;
    std::string_view word;
};

template <class Value>
using JsonWords = std::span<const JsonWord<Value>>;

/// The word that stands for `value`; "" when there is none.
template <class Value>
std::string word_for(std::type_identity_t<JsonWords<Value>> words, Value value) {
    for (const JsonWord<Value>& one : words) {
        if (one.value == value) return std::string(one.word);
    }
    return "";
}

/// The value that `word` stands for; nullopt when there is none.
template <class Value>
std::optional<Value> value_for(std::type_identity_t<JsonWords<Value>> words, std::string_view word) {
    for (const JsonWord<Value>& one : words) {
        if (one.word == word) return one.value;
    }
    return std::nullopt;
}

template <class Value>
std::vector<std::string> all_words(JsonWords<Value> words) {
    std::vector<std::string> all;
    for (const JsonWord<Value>& one : words) all.emplace_back(one.word);
    return all;
}

/// "a, b and c".
std::string listed(const std::vector<std::string>& words);

/// What all errors of a reader share: the code, and the words before the message.
struct JsonErrors {
    std::string code = "bad-json";
    std::string prefix = {};
};

/// Reads an object key by key and keeps the first error, so that a codec is a list of its fields:
///
///     JsonReader reader(json, {"bad-run", "This is not a run: "});
///     reader.required("id", run.id);
///     reader.optional("secs", run.secs);
///     reader.check(run.secs >= 0, "its \"secs\" must not be negative.");
///     return reader.finish(std::move(run));
///
/// A value of the wrong type or out of the type's range is an error that names the key; nothing throws. An error leaves the
/// target of its call unchanged and makes every later call do nothing.
class JsonReader {
   public:
    /// `json` must outlive the reader. If it is not an object, the first error has the message `expected`.
    explicit JsonReader(const Json& json, JsonErrors errors = {}, std::string_view expected = "An object was expected.");

    /// Reads an integer, number, boolean or string. An absent key leaves `target` unchanged.
    template <class T>
    void optional(const char* key, T& target) {
        if (const Json* value = find(key)) take(key, *value, target);
    }
    /// As above; null counts as an absent key.
    template <class T>
    void optional(const char* key, std::optional<T>& target) {
        const Json* value = find(key);
        if (!value || value->is_null()) return;
        T read{};
        if (take(key, *value, read)) target = std::move(read);
    }
    /// Reads a list of integers, numbers or strings.
    template <class T>
    void optional(const char* key, std::vector<T>& target) {
        const Json* list = find_list(key);
        if (!list) return;
        std::vector<T> all(list->size());
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (!take(key, (*list)[i], all[i], Place::item)) return;
        }
        target = std::move(all);
    }
    /// Reads with a codec; the message of its error follows this reader's prefix.
    template <class T>
    void optional(const char* key, T& target, Result<T> (*read)(const Json&)) {
        if (const Json* value = find(key)) take_result(read(*value), target);
    }
    /// As above; null counts as an absent key.
    template <class T>
    void optional(const char* key, std::optional<T>& target, Result<T> (*read)(const Json&)) {
        const Json* value = find(key);
        if (!value || value->is_null()) return;
        T one{};
        if (take_result(read(*value), one)) target = std::move(one);
    }
    /// Reads a list whose items have a codec.
    template <class T>
    void optional(const char* key, std::vector<T>& target, Result<T> (*read)(const Json&)) {
        const Json* list = find_list(key);
        if (!list) return;
        std::vector<T> all(list->size());
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (!take_result(read((*list)[i]), all[i])) return;
        }
        target = std::move(all);
    }
    /// Reads one of `words`.
    template <class T>
    void optional(const char* key, T& target, std::type_identity_t<JsonWords<T>> words) {
        std::string word;
        if (const Json* value = find(key); !value || !take(key, *value, word)) return;
        const std::optional<T> value = value_for<T>(words, word);
        if (!value) return fail_word(key, word, all_words<T>(words));
        target = *value;
    }

    /// As `optional` with the same arguments, but an absent key is an error.
    template <class... Arguments>
    void required(const char* key, Arguments&&... arguments) {
        if (!has(key)) fail("it has no \"" + std::string(key) + "\".");
        optional(key, std::forward<Arguments>(arguments)...);
    }

    /// Reads an object as it is. An absent key leaves `target` unchanged.
    void object(const char* key, Json& target);

    /// Any other key is an error, so that a misspelt one is not silently ignored; `what` says what the keys are: "a setting of
    /// a sweep".
    void known_keys(const std::vector<std::string>& keys, std::string_view what);

    /// Checks that "formatVersion" is from 1 to `newest`; `what` names the thing that has it: "run". A newer version fails with
    /// "newer-version", because the meaning of its keys is unknown.
    void version(int newest, std::string_view what);

    /// Fails with `message` unless `holds`.
    void check(bool holds, std::string_view message) {
        if (!holds) fail(message);
    }
    void fail(std::string_view message);
    /// Fails with an error that keeps its own code and message.
    void fail_as(const Error& error);
    /// Fails with the error of `result`, if it has one, as `fail_as` does.
    template <class T>
    void keep(const Result<T>& result) {
        if (!result) fail_as(result.error());
    }

    bool has(const char* key) const;
    /// Null when the key is absent or something was wrong.
    const Json* find(const char* key) const;
    bool ok() const { return !error_; }
    Status status() const;
    /// `value` unless something was wrong.
    template <class T>
    Result<T> finish(T value) const {
        if (error_) return tl::unexpected(*error_);
        return value;
    }

   private:
    enum class Place { key, item };

    const Json* find_list(const char* key);
    bool take(const char* key, const Json& value, int& target, Place place = Place::key);
    bool take(const char* key, const Json& value, std::uint64_t& target, Place place = Place::key);
    bool take(const char* key, const Json& value, float& target, Place place = Place::key);
    bool take(const char* key, const Json& value, double& target, Place place = Place::key);
    bool take(const char* key, const Json& value, bool& target, Place place = Place::key);
    bool take(const char* key, const Json& value, std::string& target, Place place = Place::key);
    template <class T>
    bool take_as(const char* expected, const char* key, const Json& value, T& target, Place place);
    template <class T>
    bool take_result(Result<T> read, T& target) {
        if (read) {
            target = std::move(*read);
        } else {
            fail(read.error().message);
        }
        return read.has_value();
    }
    void fail_word(const char* key, const std::string& word, const std::vector<std::string>& known);

    const Json& json_;
    JsonErrors errors_;
    std::optional<Error> error_;
};

/// Reads a list of numbers of this type; fails with "bad-json" for anything else.
template <class Number>
Result<std::vector<Number>> numbers_from_json(const Json& json) {
    const Json object = {{"numbers", json}};
    std::vector<Number> numbers;
    JsonReader reader(object);
    reader.required("numbers", numbers);
    return reader.finish(std::move(numbers));
}

}  // namespace digitlab
