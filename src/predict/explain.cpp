#include "predict/explain.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace digitlab {

namespace {

constexpr std::size_t most_features = std::size_t{1} << 24;  ///< 64 MB
constexpr int reach = occlusion_patch / 2;

/// Calls visit(pixel index) for each pixel of the square around `place` that lies in the picture.
template <class Visit>
void for_each_covered(int place, Visit&& visit) {
    const int middle_x = place % digit_side, middle_y = place / digit_side;
    for (int y = std::max(0, middle_y - reach); y <= std::min(digit_side - 1, middle_y + reach); ++y) {
        for (int x = std::max(0, middle_x - reach); x <= std::min(digit_side - 1, middle_x + reach); ++x) {
            visit(static_cast<std::size_t>(y * digit_side + x));
        }
    }
}

bool holds_ink(const DigitPixels& pixels, int place) {
    bool ink = false;
    for_each_covered(place, [&](std::size_t pixel) { ink = ink || pixels[pixel] > 0; });
    return ink;
}

/// Appends the log-probabilities of one row of logits. They are computed in double, so that probabilities that would underflow
/// in float still have a logarithm.
void append_log_probabilities(std::span<const float> logits, double temperature, std::vector<float>& to) {
    const auto highest = static_cast<double>(*std::ranges::max_element(logits));
    const auto scaled = [&](float logit) { return (static_cast<double>(logit) - highest) / temperature; };
    double sum = 0;
    for (const float logit : logits) sum += std::exp(scaled(logit));
    for (const float logit : logits) to.push_back(static_cast<float>(scaled(logit) - std::log(sum)));
}

float squared_distance(const float* a, const float* b, std::size_t count) {
    float sum = 0;
    for (std::size_t i = 0; i < count; ++i) sum += (a[i] - b[i]) * (a[i] - b[i]);
    return sum;
}

}  // namespace

OcclusionMap::OcclusionMap(const DigitPixels& pixels, double temperature) : pixels_(pixels), temperature_(temperature) {
    for (int place = 0; place < digit_pixels; ++place) {
        if (holds_ink(pixels_, place)) places_.push_back(place);
    }
}

DigitPixels OcclusionMap::without(int place) const {
    DigitPixels reduced = pixels_;
    for_each_covered(place, [&](std::size_t pixel) { reduced[pixel] = 0; });
    return reduced;
}

void OcclusionMap::step(Network& network) {
    if (finished()) return;
    const bool first = whole_.empty();
    const auto capacity = static_cast<std::size_t>(network.batch_capacity());
    const std::size_t asked = std::min(places_.size() - next_, capacity - (first ? 1 : 0));
    auto input = network.input().begin();
    if (first) input = std::ranges::copy(pixels_, input).out;
    for (std::size_t i = 0; i < asked; ++i) input = std::ranges::copy(without(places_[next_ + i]), input).out;

    const std::size_t rows = asked + (first ? 1 : 0);
    network.forward(static_cast<int>(rows));
    const auto classes = static_cast<std::size_t>(network.classes());
    for (std::size_t row = 0; row < rows; ++row) {
        append_log_probabilities(network.logits().subspan(row * classes, classes), temperature_,
                                 first && row == 0 ? whole_ : reduced_);
    }
    next_ += asked;
}

double OcclusionMap::share_done() const {
    return places_.empty() ? 1 : static_cast<double>(next_) / static_cast<double>(places_.size());
}

float OcclusionMap::probability(int digit) const {
    const auto index = static_cast<std::size_t>(digit);
    return index < whole_.size() ? std::exp(whole_[index]) : 0;
}

float OcclusionMap::lowest_probability(int digit) const {
    const auto index = static_cast<std::size_t>(digit);
    if (index >= whole_.size()) return 0;
    float lowest = whole_[index];
    for (std::size_t i = index; i < reduced_.size(); i += whole_.size()) lowest = std::min(lowest, reduced_[i]);
    return std::exp(lowest);
}

std::array<float, digit_pixels> OcclusionMap::effect(int digit) const {
    std::array<float, digit_pixels> effect{};
    const auto index = static_cast<std::size_t>(digit);
    if (index >= whole_.size()) return effect;
    for (std::size_t i = 0; i < next_; ++i) {
        effect[static_cast<std::size_t>(places_[i])] = whole_[index] - reduced_[i * whole_.size() + index];
    }
    return effect;
}

FeatureIndex::FeatureIndex(std::shared_ptr<const Dataset> data, std::size_t feature_count, std::size_t most)
    : data_(std::move(data)),
      feature_count_(feature_count),
      rows_(std::min({most, data_->rows(), std::max<std::size_t>(1, most_features / feature_count)})) {
    features_.reserve(rows_ * feature_count_);
}

void FeatureIndex::step(Network& network) {
    const std::size_t count = std::min(rows_ - done_, static_cast<std::size_t>(network.batch_capacity()));
    if (count == 0) return;
    auto input = network.input().begin();
    for (std::size_t i = 0; i < count; ++i) {
        for (const std::uint8_t ink : data_->image(row(done_ + i))) *input++ = static_cast<float>(ink) * (1.0F / 255.0F);
    }
    network.forward(static_cast<int>(count));
    const auto features = network.features();
    features_.insert(features_.end(), features.begin(), features.end());
    done_ += count;
}

std::vector<Neighbour> FeatureIndex::nearest(std::span<const float> features, std::size_t count) const {
    std::vector<Neighbour> nearest;
    for (std::size_t index = 0; index < done_; ++index) {
        const float distance = squared_distance(features_.data() + index * feature_count_, features.data(), feature_count_);
        if (nearest.size() == count && distance >= nearest.back().distance) continue;
        const auto place = std::ranges::upper_bound(nearest, distance, {}, &Neighbour::distance);
        nearest.insert(place, {row(index), distance});
        if (nearest.size() > count) nearest.pop_back();
    }
    for (Neighbour& one : nearest) one.distance = std::sqrt(one.distance);
    return nearest;
}

}  // namespace digitlab
