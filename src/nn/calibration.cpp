#include "nn/calibration.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

#include "base/json_reader.h"

namespace digitlab {

bool Calibration::fits(std::span<const float> features) const {
    if (digit_weights.empty() || digit_weights.size() != features.size()) return true;
    double sum = static_cast<double>(digit_bias);
    for (std::size_t i = 0; i < features.size(); ++i) {
        sum += static_cast<double>(digit_weights[i]) * static_cast<double>(features[i]);
    }
    return sum >= 0;
}

void calibrated_softmax(std::span<const float> logits, double temperature, std::span<float> probabilities) {
    const float largest = std::ranges::max(logits);
    double sum = 0;
    for (std::size_t i = 0; i < logits.size(); ++i) {
        const double power = std::exp(static_cast<double>(logits[i] - largest) / temperature);
        probabilities[i] = static_cast<float>(power);
        sum += power;
    }
    for (float& probability : probabilities) probability = static_cast<float>(static_cast<double>(probability) / sum);
}

Json to_json(const Calibration& calibration) {
    Json json = {{"temperature", calibration.temperature}, {"validationAccuracy", calibration.validation_accuracy}};
    if (!calibration.digit_weights.empty()) {
        json["digitWeights"] = calibration.digit_weights;
        json["digitBias"] = calibration.digit_bias;
    }
    return json;
}

Result<Calibration> calibration_from_json(const Json& json) {
    Calibration calibration;
    JsonReader reader(json, {"bad-model", "The model's calibration cannot be read: "});
    reader.optional("temperature", calibration.temperature);
    reader.optional("validationAccuracy", calibration.validation_accuracy);
    reader.optional("digitBias", calibration.digit_bias);
    reader.optional("digitWeights", calibration.digit_weights);
    reader.check(calibration.temperature > 0, "\"temperature\" must be above 0.");
    return reader.finish(std::move(calibration));
}

Result<Calibration> calibration_of(const Json& notes) {
    if (!notes.is_object() || !notes.contains("calibration")) return Calibration{};
    return calibration_from_json(notes["calibration"]);
}

}  // namespace digitlab
