#include "app/explanation_job.h"

#include <algorithm>
#include <utility>

namespace digitlab {

namespace {

constexpr int batch = 16;                        ///< images at a time: a slice of a few milliseconds for most networks
constexpr std::size_t rows_between_looks = 512;  ///< training images between two searches for the nearest
constexpr std::size_t most_indices = 3;          ///< a few megabytes each

}  // namespace

Status ExplanationJob::handle(WhyCommand command) {
    std::move(command).visit([this](const auto& kind) { on(kind); });
    return {};
}

std::string ExplanationJob::wanted_model() const {
    const auto& models = state_.models;
    if (std::ranges::find(models, state_.why.model) != models.end()) return state_.why.model;
    const ReadDigit* digit = selected_digit(state_.draw);
    if (!digit || digit->answers.empty()) return "";
    return leading_answer(digit->answers)->model;
}

int ExplanationJob::wanted_digit() const {
    const std::optional<int> wanted = state_.why.digit;
    if (wanted && network_ && *wanted >= 0 && *wanted < network_->classes()) return *wanted;
    const ReadDigit* digit = selected_digit(state_.draw);
    if (!digit) return 0;
    const auto answer = std::ranges::find(digit->answers, state_.why.explained, &Answer::model);
    return answer == digit->answers.end() ? 0 : answer->digit;
}

bool ExplanationJob::pending() const {
    const WhyState& why = state_.why;
    const ReadDigit* digit = selected_digit(state_.draw);
    const std::string model = wanted_model();
    if (!why.open || !digit || model.empty()) return why.open && !why.explained.empty();
    if (why.explained != model || why.pixels != digit->prepared.pixels) return true;
    if (!why.problem.empty()) return false;
    if (why.explained_digit != wanted_digit() || !map_ || !map_->finished()) return true;
    return training_data() && (why.looked_at == 0 || why.looked_at < why.to_look_at);
}

bool ExplanationJob::advance(double budget_secs) {
    if (!pending()) return false;
    if (!begin()) return true;
    const double end = clock_() + budget_secs;
    while (!map_->finished() && clock_() < end) map_->step(*network_);
    show_map();
    if (!map_->finished()) return true;
    if (features_.empty()) {
        std::ranges::copy(state_.why.pixels, network_->input().begin());
        network_->forward(1);
        features_.assign(network_->features().begin(), network_->features().end());
    }
    Index* const training = index();
    if (!training) return true;
    while (!training->features.finished() && clock_() < end) training->features.step(*network_);
    const std::size_t done = training->features.rows_done();
    if (training->features.finished() || done >= state_.why.looked_at + rows_between_looks) show_similar();
    return true;
}

/// Starts on what is wanted now. Returns false when there is nothing to compute.
bool ExplanationJob::begin() {
    WhyState& why = state_.why;
    const ReadDigit* digit = selected_digit(state_.draw);
    const std::string model = wanted_model();
    if (why.explained == model && digit && why.pixels == digit->prepared.pixels && map_) return true;

    WhyState fresh;
    fresh.open = why.open;
    fresh.model = why.model;
    fresh.digit = why.digit;
    const bool same_network = network_ && why.explained == model;
    why = std::move(fresh);
    map_.reset();
    features_.clear();
    if (!digit || model.empty()) return false;
    why.explained = model;
    why.pixels = digit->prepared.pixels;
    if (!same_network) {
        if (const Status loaded = load(model); !loaded) {
            why.problem = loaded.error().message;
            return false;
        }
    }
    map_.emplace(why.pixels, predictor_.temperature(model));
    return true;
}

Status ExplanationJob::load(const std::string& model) {
    network_.reset();
    const auto weights = predictor_.model(model);
    if (!weights) return tl::unexpected(weights.error());
    auto network = network_from_model(*weights, batch, pool_);
    if (!network) return tl::unexpected(network.error());
    network_ = std::move(*network);
    return {};
}

std::shared_ptr<const Dataset> ExplanationJob::training_data() const {
    const DataState* data = state_.datasets.find_data(model_classes(state_, state_.why.explained).dataset);
    return data && data->phase == DataPhase::ready ? data->pair.train : nullptr;
}

ExplanationJob::Index* ExplanationJob::index() {
    const std::shared_ptr<const Dataset> data = training_data();
    if (!data) return nullptr;
    const std::string& model = state_.why.explained;
    const auto found = std::ranges::find(indices_, model, &Index::model);
    if (found != indices_.end()) return &*found;
    if (indices_.size() == most_indices) indices_.erase(indices_.begin());
    indices_.push_back({model, FeatureIndex(data, network_->feature_count())});
    return &indices_.back();
}

void ExplanationJob::show_map() {
    WhyState& why = state_.why;
    why.explained_digit = wanted_digit();
    why.share_done = map_->share_done();
    why.probability = map_->probability(why.explained_digit);
    why.lowest_probability = map_->lowest_probability(why.explained_digit);
    why.effect = map_->effect(why.explained_digit);
}

void ExplanationJob::show_similar() {
    WhyState& why = state_.why;
    const FeatureIndex& features = index()->features;
    why.looked_at = features.rows_done();
    why.to_look_at = features.rows();
    why.similar.clear();
    for (const Neighbour& one : features.nearest(features_, similar_pictures)) {
        SimilarPicture picture;
        picture.label = features.data().labels[one.row];
        picture.distance = one.distance;
        std::ranges::copy(features.data().image(one.row), picture.pixels.begin());
        why.similar.push_back(picture);
    }
}

void ExplanationJob::forget(const std::string& model) {
    std::erase_if(indices_, [&](const Index& one) { return one.model == model; });
    if (state_.why.explained != model) return;
    network_.reset();
    map_.reset();
}

}  // namespace digitlab
