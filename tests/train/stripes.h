#pragma once

#include <algorithm>
#include <memory>

#include "data/dataset.h"
#include "train/spec.h"

namespace digitlab {

/// Images that any network can classify: class k is a bright bar at height k, with a speck.
inline std::shared_ptr<const Dataset> striped_rows(std::size_t rows) {
    auto data = std::make_shared<Dataset>();
    data->name = "stripes";
    data->kind = DataKind::digits;
    data->pixels.assign(rows * data->image_size(), 0);
    for (std::size_t row = 0; row < rows; ++row) {
        const std::size_t label = row * 7 % 10;
        data->labels.push_back(static_cast<std::uint8_t>(label));
        std::uint8_t* pixels = data->pixels.data() + row * data->image_size();
        std::fill_n(pixels + (2 * label + 4) * 28, 56, std::uint8_t{255});
        pixels[row * 31 % data->image_size()] = 200;
    }
    return data;
}

inline DataPair stripes(std::size_t train_rows = 400) { return {striped_rows(train_rows), striped_rows(100)}; }

inline ExperimentSpec quick_spec(const char* architecture = "softmax", int epochs = 2) {
    ExperimentSpec spec = default_spec(*find_architecture(architecture));
    spec.epochs = epochs;
    spec.batch_size = 16;
    spec.learning_rate = 0.01F;
    spec.validation_count = 50;
    return spec;
}

}  // namespace digitlab
