#include "nn/kernels/cross_entropy.h"

#include <algorithm>
#include <cmath>

#include "nn/kernels/elementary.h"
#include "nn/kernels/simd.h"

namespace digitlab {

namespace {

float logarithm(float x) { return simd::logarithm(simd::splat(x))[0]; }

/// exponentials(i) = e^(logits(i) - largest); returns their sum, added one by one, so independent of the vector width.
float shifted_exponentials(const float* logits, int classes, float largest, float* exponentials) {
    for (int i = 0; i < classes; i += simd::width) {
        const int lanes = std::min(simd::width, classes - i);
        simd::store_some(exponentials + i, simd::exponential(simd::load_some(logits + i, lanes) - largest), lanes);
    }
    float sum = 0;
    for (int i = 0; i < classes; ++i) sum += exponentials[i];
    return sum;
}

/// The sum of the cross-entropies for all possible labels.
float sum_of_losses(const float* logits, int classes, float log_sum) {
    float sum = 0;
    for (int i = 0; i < classes; ++i) sum += log_sum - logits[i];
    return sum;
}

}  // namespace

void softmax(std::span<const float> logits, int classes, std::span<float> probabilities) {
    const auto count = static_cast<std::size_t>(classes);
    for (std::size_t start = 0; start < logits.size(); start += count) {
        const float* row = logits.data() + start;
        float* to = probabilities.data() + start;
        const float sum = shifted_exponentials(row, classes, *std::max_element(row, row + classes), to);
        for (int i = 0; i < classes; ++i) to[i] /= sum;
    }
}

BatchResult softmax_cross_entropy(std::span<const float> logits, int classes, std::span<const std::uint8_t> labels,
                                  std::span<float> gradient, float smoothing) {
    constexpr int most_classes = 256;  // labels are bytes
    float scratch[most_classes];
    const float share = 1.0F / static_cast<float>(labels.size());
    const float others = smoothing / static_cast<float>(classes);
    BatchResult result;
    result.rows = static_cast<int>(labels.size());
    for (std::size_t row = 0; row < labels.size(); ++row) {
        const float* from = logits.data() + row * static_cast<std::size_t>(classes);
        const int label = labels[row];
        const float* largest = std::max_element(from, from + classes);
        float* exponentials = gradient.empty() ? scratch : gradient.data() + row * static_cast<std::size_t>(classes);
        const float sum = shifted_exponentials(from, classes, *largest, exponentials);
        const float log_sum = logarithm(sum);
        float loss = log_sum - (from[label] - *largest);
        if (smoothing > 0) loss = (1 - smoothing) * loss + others * sum_of_losses(from, classes, log_sum + *largest);
        result.loss_sum += static_cast<double>(loss);
        if (!std::isfinite(sum)) result.loss_sum = std::nan("");
        result.correct += largest - from == label ? 1 : 0;
        if (gradient.empty()) continue;
        for (int i = 0; i < classes; ++i) {
            const float target = i == label ? 1.0F - smoothing + others : others;
            exponentials[i] = (exponentials[i] / sum - target) * share;
        }
    }
    return result;
}

}  // namespace digitlab
