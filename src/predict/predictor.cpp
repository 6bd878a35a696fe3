#include "predict/predictor.h"

#include <algorithm>
#include <functional>
#include <numeric>
#include <utility>

#include "base/thread_pool.h"
#include "nn/calibration.h"
#include "nn/network.h"

namespace digitlab {

namespace {

/// A model ready to answer one picture at a time.
struct LoadedModel {
    std::string id;
    std::string name;
    Network network;
    Calibration calibration;
    KnownClasses classes;
};

Answer ask(LoadedModel& model, std::span<const float, digit_pixels> pixels, const Clock& clock) {
    const double start = clock();
    std::ranges::copy(pixels, model.network.input().begin());
    model.network.forward(1);
    const std::span<const float> logits = model.network.logits();
    std::vector<float> probabilities(logits.size());
    calibrated_softmax(logits, model.calibration.temperature, probabilities);
    const double ms = (clock() - start) * 1000;

    Answer answer;
    answer.model = model.id;
    answer.name = model.name;
    answer.architecture = model.network.architecture().id;
    answer.probabilities = std::move(probabilities);
    answer.fits = model.calibration.fits(model.network.features());
    const auto best = std::ranges::max_element(answer.probabilities);
    answer.digit = static_cast<int>(best - answer.probabilities.begin());
    answer.confidence = *best;
    answer.ms = ms;
    answer.classes = model.classes;
    return answer;
}

tl::unexpected<Error> unknown_model(const std::string& id) {
    return fail("unknown-model", "There is no model \"" + id + "\".");
}

}  // namespace

struct Predictor::Impl {
    Clock clock;
    // One picture is too little work for several threads, and a separate pool keeps predictions independent of training.
    ThreadPool pool{1};
    std::vector<LoadedModel> models;

    std::vector<LoadedModel>::iterator find(const std::string& id) { return std::ranges::find(models, id, &LoadedModel::id); }
};

Predictor::Predictor(Clock clock) : impl_(std::make_unique<Impl>()) { impl_->clock = std::move(clock); }
Predictor::~Predictor() = default;

Status Predictor::add(const std::string& id, const std::string& name, const Model& model) {
    auto network = network_from_model(model, 1, impl_->pool);
    if (!network) return fail("bad-model", network.error().message);
    if (const std::size_t inputs = network->input().size(); inputs != digit_pixels) {
        return fail("bad-model", name + " takes " + std::to_string(inputs) + " numbers instead of a picture of 28x28 pixels.");
    }
    auto calibration = calibration_of(model.notes);
    if (!calibration) return tl::unexpected(calibration.error());
    auto classes = known_classes(model.notes, network->classes());
    if (!classes) return tl::unexpected(classes.error());
    LoadedModel loaded{id, name, std::move(*network), std::move(*calibration), std::move(*classes)};
    if (const auto place = impl_->find(id); place != impl_->models.end()) {
        *place = std::move(loaded);
    } else {
        impl_->models.push_back(std::move(loaded));
    }
    return {};
}

void Predictor::rename(const std::string& id, const std::string& name) {
    if (const auto place = impl_->find(id); place != impl_->models.end()) place->name = name;
}

void Predictor::remove(const std::string& id) {
    std::erase_if(impl_->models, [&](const LoadedModel& model) { return model.id == id; });
}

Result<Model> Predictor::model(const std::string& id) const {
    const auto place = impl_->find(id);
    if (place == impl_->models.end()) return unknown_model(id);
    return model_from_network(place->network);
}

Result<Architecture> Predictor::architecture(const std::string& id) const {
    const auto place = impl_->find(id);
    if (place == impl_->models.end()) return unknown_model(id);
    return place->network.architecture();
}

KnownClasses Predictor::classes(const std::string& id) const {
    const auto place = impl_->find(id);
    return place == impl_->models.end() ? KnownClasses{} : place->classes;
}

double Predictor::temperature(const std::string& id) const {
    const auto place = impl_->find(id);
    return place == impl_->models.end() ? 1 : static_cast<double>(place->calibration.temperature);
}

std::vector<std::string> Predictor::ids() const {
    std::vector<std::string> ids;
    for (const LoadedModel& model : impl_->models) ids.push_back(model.id);
    return ids;
}

std::string Predictor::best(std::span<const std::string> only) const {
    const LoadedModel* best = nullptr;
    for (const LoadedModel& model : impl_->models) {
        if (!only.empty() && std::ranges::find(only, model.id) == only.end()) continue;
        const auto rank = [](const LoadedModel& one) {
            return std::pair(one.classes.digits(), one.calibration.validation_accuracy);
        };
        if (!best || rank(model) > rank(*best)) best = &model;
    }
    return best ? best->id : "";
}

Result<std::vector<Answer>> Predictor::predict(std::span<const float, digit_pixels> pixels, std::span<const std::string> only) {
    for (const std::string& id : only) {
        if (impl_->find(id) == impl_->models.end()) return unknown_model(id);
    }
    std::vector<Answer> answers;
    for (LoadedModel& model : impl_->models) {
        const bool wanted = only.empty() || std::ranges::find(only, model.id) != only.end();
        if (!wanted) continue;
        Answer answer = ask(model, pixels, impl_->clock);
        // Insert behind equals, so that equally confident models stay in the order they were added.
        const auto place = std::ranges::upper_bound(answers, answer.confidence, std::ranges::greater{}, &Answer::confidence);
        answers.insert(place, std::move(answer));
    }
    return answers;
}

const Answer* leading_answer(std::span<const Answer> answers) {
    if (answers.empty()) return nullptr;
    const auto digits = std::ranges::find_if(answers, [](const Answer& answer) { return answer.classes.digits(); });
    return digits == answers.end() ? &answers.front() : &*digits;
}

bool counts_with(const Answer& answer, const Answer& leading) {
    return leading.classes.digits() ? answer.classes.digits() : answer.classes.dataset == leading.classes.dataset;
}

Consensus find_consensus(std::span<const Answer> answers) {
    std::vector<int> votes;
    Consensus consensus;
    const Answer* const leading = leading_answer(answers);
    for (const Answer& answer : answers) {
        if (!counts_with(answer, *leading)) continue;
        ++consensus.models;
        if (answer.digit < 0) continue;
        const auto digit = static_cast<std::size_t>(answer.digit);
        if (digit >= votes.size()) votes.resize(digit + 1, 0);
        ++votes[digit];
    }
    if (votes.empty()) return consensus;
    const auto most = std::ranges::max_element(votes);
    consensus.votes = *most;
    if (std::ranges::count(votes, *most) == 1) {
        consensus.digit = static_cast<int>(most - votes.begin());
        consensus.label = leading->classes.name(consensus.digit);
    }
    return consensus;
}

std::vector<int> top_digits(std::span<const float> probabilities, int count) {
    std::vector<int> digits(probabilities.size());
    std::iota(digits.begin(), digits.end(), 0);
    std::ranges::sort(digits, {}, [&](int digit) { return std::pair(-probabilities[static_cast<std::size_t>(digit)], digit); });
    digits.resize(std::min(digits.size(), static_cast<std::size_t>(std::max(count, 0))));
    return digits;
}

Json to_json(const Answer& answer) {
    Json json = {{"model", answer.model},
                 {"name", answer.name},
                 {"architecture", answer.architecture},
                 {"digit", answer.digit},
                 {"label", answer.label()},
                 {"confidence", answer.confidence},
                 {"probabilities", answer.probabilities},
                 {"ms", answer.ms},
                 {"fits", answer.fits}};
    note_classes(json, answer.classes);
    return json;
}

}  // namespace digitlab
