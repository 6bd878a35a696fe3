#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "data/digit_pixels.h"

namespace digitlab {

/// A training image that a model considers similar to the drawing.
struct SimilarPicture {
    int label = 0;
    float distance = 0;                               ///< between their features, the inputs of the model's last layer
    std::array<std::uint8_t, digit_pixels> pixels{};  ///< 0 paper to 255 ink
};

inline constexpr std::size_t similar_pictures = 5;

/// Why a model answers the selected digit as it does.
struct WhyState {
    bool open = false;         ///< nothing is computed while it is not
    std::string model;         ///< the chosen one; the most confident one when this is "" or gone
    std::optional<int> digit;  ///< the chosen class; empty: the model's answer

    // Computed.
    std::string explained;                     ///< id of the explained model; "" while there is nothing to explain
    int explained_digit = 0;                   ///< class
    DigitPixels pixels{};                      ///< the digit explained
    std::array<float, digit_pixels> effect{};  ///< see OcclusionMap::effect
    double share_done = 0;                     ///< of the map
    float probability = 0, lowest_probability = 0;
    std::vector<SimilarPicture> similar;        ///< nearest first, of those searched so far
    std::size_t looked_at = 0, to_look_at = 0;  ///< training images
    std::string problem;                        ///< why nothing can be computed
};

}  // namespace digitlab
