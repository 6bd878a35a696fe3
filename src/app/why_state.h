#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "data/digit_pixels.h"

namespace digitlab {

/// A training picture that a model takes for much like the drawing.
struct SimilarPicture {
    int label = 0;
    float distance = 0;                               ///< between what the model's last layer reads of both
    std::array<std::uint8_t, digit_pixels> pixels{};  ///< 0 paper to 255 ink
};

inline constexpr std::size_t similar_pictures = 5;

/// Why a model answers the selected digit as it does.
struct WhyState {
    bool open = false;         ///< nothing is worked out while it is not
    std::string model;         ///< chosen; "" or one that is gone: the most confident one
    std::optional<int> digit;  ///< chosen class; nothing: what the model answers

    // Worked out.
    std::string explained;    ///< id of the model that what follows is of; "" while there is nothing to explain
    int explained_digit = 0;  ///< class
    DigitPixels pixels{};     ///< the digit explained
    std::array<float, digit_pixels> effect{};  ///< see OcclusionMap::effect
    double share_done = 0;                     ///< of the map
    float probability = 0, lowest_probability = 0;
    std::vector<SimilarPicture> similar;        ///< nearest first; of those looked at so far
    std::size_t looked_at = 0, to_look_at = 0;  ///< training pictures
    std::string problem;                        ///< why nothing can be worked out
};

}  // namespace digitlab
