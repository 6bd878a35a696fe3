#include "predict/ensemble.h"

#include <algorithm>
#include <cstddef>

namespace digitlab {

Ensemble find_ensemble(std::span<const Answer> answers) {
    Ensemble all;
    if (answers.empty() || answers.front().probabilities.empty()) return all;
    std::vector<double> sums(answers.front().probabilities.size(), 0);
    double models = 0;
    for (const Answer& answer : answers) {
        if (answer.probabilities.size() != sums.size()) continue;
        for (std::size_t digit = 0; digit < sums.size(); ++digit)
            sums[digit] += static_cast<double>(answer.probabilities[digit]);
        ++models;
    }
    for (const double sum : sums) all.probabilities.push_back(static_cast<float>(sum / models));
    const auto best = std::ranges::max_element(all.probabilities);
    all.digit = static_cast<int>(best - all.probabilities.begin());
    all.confidence = *best;
    return all;
}

}  // namespace digitlab
