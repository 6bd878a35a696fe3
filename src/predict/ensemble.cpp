#include "predict/ensemble.h"

#include <algorithm>
#include <cstddef>

namespace digitlab {

Ensemble find_ensemble(std::span<const Answer> answers) {
    Ensemble all;
    const Answer* const first = leading_answer(answers);
    if (!first || first->probabilities.empty()) return all;
    all.classes = first->classes;
    std::vector<double> sums(first->probabilities.size(), 0);
    for (const Answer& answer : answers) {
        if (!counts_with(answer, *first) || answer.probabilities.size() != sums.size()) continue;
        for (std::size_t digit = 0; digit < sums.size(); ++digit)
            sums[digit] += static_cast<double>(answer.probabilities[digit]);
        ++all.models;
    }
    for (const double sum : sums) all.probabilities.push_back(static_cast<float>(sum / all.models));
    const auto best = std::ranges::max_element(all.probabilities);
    all.digit = static_cast<int>(best - all.probabilities.begin());
    all.confidence = *best;
    return all;
}

}  // namespace digitlab
