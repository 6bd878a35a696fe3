#include "app/evaluations.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace digitlab {

namespace {

constexpr double least_probability = 1e-12;  ///< keeps the loss finite after a confident mistake

}  // namespace

int Evaluation::right(std::size_t first, std::size_t count) const {
    int right = 0;
    for (std::size_t i = first; i < std::min(first + count, digits.size()); ++i) {
        right += digits[i] == drawings[i]->label ? 1 : 0;
    }
    return right;
}

TestResult Evaluation::result() const {
    TestResult result;
    if (digits.empty()) return result;
    int highest = 9;
    for (std::size_t i = 0; i < digits.size(); ++i) highest = std::max({highest, digits[i], drawings[i]->label.value_or(0)});
    result.classes = highest + 1;
    result.confusion.assign(static_cast<std::size_t>(result.classes * result.classes), 0);
    for (std::size_t i = 0; i < digits.size(); ++i) {
        ++result.confusion[static_cast<std::size_t>(drawings[i]->label.value_or(0) * result.classes + digits[i])];
    }
    const auto count = static_cast<double>(digits.size());
    result.accuracy = right(0, digits.size()) / count;
    result.loss = loss_sum / count;
    return result;
}

void Evaluations::add(std::string model, DrawingList drawings, Progress progress) {
    jobs_.push_back({std::move(model), {std::move(drawings), {}, 0}, std::move(progress)});
}

Status Evaluations::ask_next(Job& job) {
    Evaluation& evaluation = job.evaluation;
    const Drawing& drawing = *evaluation.drawings[evaluation.digits.size()];
    const auto answers = predictor_.predict(pixels_of(drawing), std::span(&job.model, 1));
    if (!answers) return tl::unexpected(answers.error());
    const Answer& answer = answers->front();
    const auto label = static_cast<std::size_t>(drawing.label.value_or(0));
    const double probability = label < answer.probabilities.size() ? static_cast<double>(answer.probabilities[label]) : 0;
    evaluation.digits.push_back(answer.digit);
    evaluation.loss_sum -= std::log(std::max(probability, least_probability));
    return {};
}

bool Evaluations::advance(double budget_secs) {
    if (jobs_.empty() || budget_secs <= 0) return false;
    const double end = clock_() + budget_secs;
    Job job = std::move(jobs_.front());
    jobs_.pop_front();
    const Evaluation& evaluation = job.evaluation;
    Status status;
    while (status && evaluation.digits.size() < evaluation.drawings.size() && clock_() < end) status = ask_next(job);
    job.progress(evaluation, status);
    if (status && evaluation.digits.size() < evaluation.drawings.size()) jobs_.push_front(std::move(job));
    return true;
}

}  // namespace digitlab
