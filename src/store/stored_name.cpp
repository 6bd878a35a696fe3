#include "store/stored_name.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <iterator>
#include <random>
#include <utility>

namespace digitlab {

namespace {

constexpr std::size_t longest_id = 64;
constexpr std::size_t fewest_digits = 4;
constexpr int largest_number = 999'999'999;

bool is_id_character(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

std::optional<int> parse_revision(std::string_view text) {
    int revision = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, revision);
    // A leading zero would give one revision two names.
    if (error != std::errc() || stop != end || revision < 1 || text.front() == '0') return std::nullopt;
    return revision;
}

/// The extensions of the files in each folder.
constexpr std::pair<std::string_view, std::string_view> stored_kinds[] = {
    {"runs", "json"},     {"models", "dglb"},   {"checkpoints", "dglb"}, {"run-labels", "json"},
    {"drawings", "json"}, {"datasets", "json"}, {"datasets", "bin"},     {"settings", "json"}};

}  // namespace

std::string StoredName::file() const { return id + "." + std::to_string(revision) + "." + extension; }
std::string StoredName::path() const { return folder + "/" + file(); }

std::optional<StoredName> parse_stored_name(const std::string& path) {
    const std::size_t slash = path.find('/');
    const std::size_t last_dot = path.rfind('.');
    if (slash == std::string::npos || last_dot == std::string::npos || last_dot < slash) return std::nullopt;
    const std::size_t first_dot = path.find('.', slash);
    if (first_dot == last_dot) return std::nullopt;
    const auto revision = parse_revision(std::string_view(path).substr(first_dot + 1, last_dot - first_dot - 1));
    StoredName name{path.substr(0, slash), path.substr(slash + 1, first_dot - slash - 1), revision.value_or(0),
                    path.substr(last_dot + 1)};
    const bool known = std::ranges::find(stored_kinds, std::pair<std::string_view, std::string_view>(
                                                           name.folder, name.extension)) != std::end(stored_kinds);
    if (!revision || !known || !is_stored_id(name.id)) return std::nullopt;
    return name;
}

std::vector<StoredName> stored_names(const Files& files, const std::string& folder) {
    std::vector<StoredName> names;
    for (const std::string& path : files.list(folder)) {
        if (auto name = parse_stored_name(path)) names.push_back(std::move(*name));
    }
    return names;
}

bool is_stored_id(const std::string& id) {
    return !id.empty() && id.size() <= longest_id && std::ranges::all_of(id, is_id_character);
}

std::string numbered_id(std::string_view prefix, int number) {
    const std::string digits = std::to_string(number);
    return std::string(prefix) + std::string(fewest_digits - std::min(digits.size(), fewest_digits), '0') + digits;
}

std::string with_random_word(const std::string& id) {
    constexpr std::string_view characters = "0123456789abcdefghijklmnopqrstuvwxyz";
    std::random_device device;
    std::uniform_int_distribution<std::size_t> any(0, characters.size() - 1);
    std::string longer = id + "-";
    for (int i = 0; i < 4; ++i) longer += characters[any(device)];
    return longer;
}

int number_after(std::string_view text, std::string_view prefix) {
    if (!text.starts_with(prefix)) return 0;
    text.remove_prefix(prefix.size());
    int number = 0;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && number <= largest_number ? number : 0;
}

}  // namespace digitlab
