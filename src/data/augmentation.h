#pragma once

#include <cstdint>
#include <span>

#include "base/json.h"
#include "base/random.h"
#include "base/result.h"
#include "data/dataset.h"

namespace digitlab {

/// How training images are varied, so that a network never sees the same image twice. Every value is the largest change; each
/// image draws its own change up to that, in either direction. All zeros leave images unchanged.
///
/// JSON: the fields below, 0 where omitted; or a number, the strength: 1 is `standard_augmentation`, 0.5 half as much.
struct Augmentation {
    float rotation = 0;   ///< degrees, 0 to 90
    float scale = 0;      ///< share of the size, 0 to 0.5; width and height also vary independently by a third of it
    float shift = 0;      ///< pixels of 28, 0 to 10
    float shear = 0;      ///< degrees of slant, 0 to 45
    float elastic = 0;    ///< standard deviation in pixels of a smooth random displacement (Simard et al., 2003), 0 to 5
    float thickness = 0;  ///< how far strokes grow or shrink: 1 is a pixel on every side; 0 to 1
    float noise = 0;      ///< standard deviation of noise, where ink is 1; 0 to 0.5
    float styles = 0;     ///< share of MNIST's digits that get a form it lacks (data/digit_styles.h), 0 to 1
    float fade = 0;       ///< share of last epochs in which changes shrink to a third, except styles; 0 to 1

    bool operator==(const Augmentation&) const = default;
    bool any() const { return *this != Augmentation{}; }
};

/// The values that suit handwritten digits, times `strength` (0 to 2).
Augmentation standard_augmentation(float strength);

/// The augmentation in epoch `epoch` (from 1) of `epochs`. It fades, so that training ends with nearly unchanged images.
Augmentation faded(const Augmentation& augmentation, int epoch, int epochs);

Json to_json(const Augmentation& augmentation);
/// Fails with "bad-spec"; the message names the field and its range.
Result<Augmentation> augmentation_from_json(const Json& json);
/// Fails with "bad-spec".
Status check_augmentation(const Augmentation& augmentation);

/// Writes `picture` (28×28 bytes) to `to`, scaled to [0, 1] and varied at random. The same stream gives the same bits in every
/// build. Ignores `styles`, which depends on the label.
void augment(std::span<const std::uint8_t> picture, const Augmentation& augmentation, RandomStream random, std::span<float> to);

/// Writes image `row` of `data` (28×28) to `to`, varied with styles. The result depends only on seed, epoch and row.
void augment_row(const Dataset& data, std::uint32_t row, const Augmentation& augmentation, std::uint64_t seed,
                 std::uint32_t epoch, std::span<float> to);

}  // namespace digitlab
