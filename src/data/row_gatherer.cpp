#include "data/row_gatherer.h"

#include <algorithm>
#include <charconv>
#include <memory>
#include <numeric>
#include <optional>
#include <utility>

#include "base/text.h"
#include "data/digit_classes.h"
#include "data/split.h"

namespace digitlab {

namespace {

constexpr std::uint64_t seed = 1;
constexpr std::size_t test_share = 6;  ///< every sixth

/// The whole number that a label stands for; leading zeros and signs are not allowed, since they would give it two names.
std::optional<int> number_of(std::string_view label) {
    int number = 0;
    const auto [end, error] = std::from_chars(label.data(), label.data() + label.size(), number);
    if (error != std::errc() || end != label.data() + label.size() || number < 0) return std::nullopt;
    return std::to_string(number) == label ? std::optional(number) : std::nullopt;
}

bool all_numbers(std::span<const std::string> names) {
    return std::ranges::all_of(names, [](const std::string& name) { return number_of(name).has_value(); });
}

std::shared_ptr<Dataset> rows_of(const std::vector<std::uint8_t>& pixels, const std::vector<std::uint8_t>& labels,
                                 std::span<const std::uint32_t> rows, const Dataset& like) {
    auto data = std::make_shared<Dataset>(like);
    data->pixels.resize(rows.size() * digit_pixels);
    data->labels.reserve(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        std::copy_n(pixels.begin() + static_cast<std::ptrdiff_t>(std::size_t{rows[i]} * digit_pixels), digit_pixels,
                    data->pixels.begin() + static_cast<std::ptrdiff_t>(i * digit_pixels));
        data->labels.push_back(labels[rows[i]]);
    }
    return data;
}

std::vector<std::uint32_t> shuffled(std::size_t rows, std::uint32_t stream) {
    std::vector<std::uint32_t> order(rows);
    std::iota(order.begin(), order.end(), 0U);
    shuffle_rows(order, RandomStream(seed, RandomPurpose::sampling, stream));
    return order;
}

/// Takes every sixth row of each class out of `order`.
std::vector<std::uint32_t> take_test_rows(std::vector<std::uint32_t>& order, const std::vector<std::uint8_t>& labels) {
    std::vector<std::size_t> seen(most_classes, 0);
    std::vector<std::uint32_t> test, train;
    for (const std::uint32_t row : order) {
        const bool tests = ++seen[labels[row]] % test_share == 0;
        (tests ? test : train).push_back(row);
    }
    order = std::move(train);
    return test;
}

}  // namespace

Status RowGatherer::add(DataPart part, std::string_view label, std::span<const std::uint8_t> pixels) {
    auto known = classes_.find(label);
    if (known == classes_.end()) {
        if (label.empty()) return fail("bad-label", "the label is missing.");
        if (!is_plain_text(label)) {
            return fail("bad-label", "the label is not plain text in UTF-8. Save or name it again in UTF-8.");
        }
        if (label.size() > longest_class_name) {
            return fail("bad-label", "the label is longer than " + std::to_string(longest_class_name) + " letters.");
        }
        if (classes_.size() == static_cast<std::size_t>(most_classes)) {
            return fail("too-many-classes", "\"" + std::string(label) + "\" is one label too many: there may be " +
                                                std::to_string(fewest_classes) + " to " + std::to_string(most_classes) +
                                                " different ones.");
        }
        known = classes_.emplace(std::string(label), static_cast<int>(classes_.size())).first;
    }
    if (rows() == most_rows) {
        return fail("too-many-rows", "there are more than " + std::to_string(most_rows) + " pictures. Leave some out.");
    }
    Part& rows = of(part);
    rows.pixels.insert(rows.pixels.end(), pixels.begin(), pixels.end());
    rows.labels.push_back(static_cast<std::uint8_t>(known->second));
    return {};
}

Status RowGatherer::check() const {
    const std::size_t train = parts_[0].labels.size();
    if (train < fewest_rows) {
        return fail("too-few-rows", "There are " + std::to_string(train) + " pictures to train on; at least " +
                                        std::to_string(fewest_rows) + " are needed.");
    }
    std::vector<int> counts(classes_.size(), 0);
    for (const std::uint8_t label : parts_[0].labels) ++counts[label];
    for (const auto& [name, index] : classes_) {
        if (counts[static_cast<std::size_t>(index)] > 0) continue;
        return fail("unknown-class", "The test pictures have the label \"" + name +
                                         "\", which no training picture has. Both need the same labels.");
    }
    if (classes_.size() < static_cast<std::size_t>(fewest_classes)) {
        return fail("too-few-classes", "All pictures have the same label; " + std::to_string(fewest_classes) + " to " +
                                           std::to_string(most_classes) + " different ones are needed.");
    }
    return {};
}

namespace {

/// Labels that are numbers should have no gaps: a missing number is more likely to be a mistake than intended.
Status check_gaps(std::span<const std::string> sorted) {
    if (!all_numbers(sorted)) return {};
    int expected = *number_of(sorted.front());
    for (const std::string& name : sorted) {
        const int number = *number_of(name);
        if (number == expected) {
            ++expected;
            continue;
        }
        const std::string missing = number - expected == 1
                                        ? std::to_string(expected) + " is"
                                        : std::to_string(expected) + " to " + std::to_string(number - 1) + " are";
        return fail("label-gap", "The labels go from " + sorted.front() + " to " + sorted.back() + ", but " + missing +
                                     " missing. Number the classes without gaps, or use words for labels.");
    }
    return {};
}

}  // namespace

Result<DataPair> RowGatherer::finish(const std::string& name) {
    if (Status checked = check(); !checked) return tl::unexpected(checked.error());
    Dataset like;
    like.name = name;
    like.classes = static_cast<int>(classes_.size());
    for (const auto& [label, index] : classes_) like.class_names.push_back(label);
    // They are already sorted as strings.
    if (all_numbers(like.class_names)) {
        std::ranges::sort(like.class_names, {}, [](const std::string& label) { return *number_of(label); });
    }
    if (Status gaps = check_gaps(like.class_names); !gaps) return tl::unexpected(gaps.error());
    std::vector<std::uint8_t> new_label(classes_.size());
    for (std::size_t i = 0; i < like.class_names.size(); ++i) {
        new_label[static_cast<std::size_t>(classes_.find(like.class_names[i])->second)] = static_cast<std::uint8_t>(i);
    }
    for (Part& part : parts_) {
        for (std::uint8_t& label : part.labels) label = new_label[label];
    }

    // Classes that are numbered from 0 need no names.
    if (all_numbers(like.class_names) && like.class_names.front() == "0") like.class_names.clear();
    like.kind = usual_kind(like.classes, like.class_names);

    std::vector<std::uint32_t> train = shuffled(parts_[0].labels.size(), 0);
    DataPair pair;
    if (parts_[1].labels.empty()) {
        const std::vector<std::uint32_t> test = take_test_rows(train, parts_[0].labels);
        pair.test = rows_of(parts_[0].pixels, parts_[0].labels, test, like);
    } else {
        pair.test = rows_of(parts_[1].pixels, parts_[1].labels, shuffled(parts_[1].labels.size(), 1), like);
        parts_[1] = {};
    }
    pair.train = rows_of(parts_[0].pixels, parts_[0].labels, train, like);
    *this = {};
    return pair;
}

}  // namespace digitlab
