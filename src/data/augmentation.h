#pragma once

#include <cstdint>
#include <span>

#include "base/json.h"
#include "base/random.h"
#include "base/result.h"
#include "data/dataset.h"

namespace digitlab {

/// How training pictures are varied, so that a network sees no picture twice. Every value is the largest change; each
/// picture draws its own up to there, both ways. All zero means pictures as they are.
///
/// JSON: the fields below, any left out being 0; or a number, the strength: 1 is `standard_augmentation`, 0.5 half as much.
struct Augmentation {
    float rotation = 0;   ///< degrees, 0 to 90
    float scale = 0;      ///< share of the size, 0 to 0.5; width and height each on their own for a third of it
    float shift = 0;      ///< pixels of 28, 0 to 10
    float shear = 0;      ///< degrees of slant, 0 to 45
    float elastic = 0;    ///< standard deviation in pixels of a smooth random displacement (Simard et al., 2003), 0 to 5
    float thickness = 0;  ///< 0 to 1: share of growing or shrinking strokes by a pixel all round
    float noise = 0;      ///< standard deviation of noise, ink being 1; 0 to 0.5
    float styles = 0;     ///< share of MNIST's digits that get a form it lacks (data/digit_styles.h), 0 to 1
    float fade = 0;       ///< share of the epochs, the last ones, over which the changes shrink to a third; styles stay. 0 to 1

    bool operator==(const Augmentation&) const = default;
    bool any() const { return *this != Augmentation{}; }
};

/// What suits handwritten digits, times `strength` (0 to 2).
Augmentation standard_augmentation(float strength);

/// What is left of it in epoch `epoch` (from 1) of `epochs`: a network that has seen everything ends with pictures as they are.
Augmentation faded(const Augmentation& augmentation, int epoch, int epochs);

Json to_json(const Augmentation& augmentation);
/// Code "bad-spec"; names the field and its range.
Result<Augmentation> augmentation_from_json(const Json& json);
/// Code "bad-spec".
Status check_augmentation(const Augmentation& augmentation);

/// to = `picture` (28×28 bytes), scaled to [0, 1] and varied as `random` says. The same stream gives the same bits in every
/// build. Leaves `styles` out, which depends on the label.
void augment(std::span<const std::uint8_t> picture, const Augmentation& augmentation, RandomStream random, std::span<float> to);

/// Picture `row` of `data` (28×28), varied, styles included; how depends on seed, epoch and row alone.
void augment_row(const Dataset& data, std::uint32_t row, const Augmentation& augmentation, std::uint64_t seed,
                 std::uint32_t epoch, std::span<float> to);

}  // namespace digitlab
