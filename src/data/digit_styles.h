#pragma once

#include <cstdint>
#include <span>

#include "base/random.h"

namespace digitlab {

/// Adds forms of digits that are common in much of the world, but which MNIST's writers, all American, hardly ever used: the
/// one with a long upstroke, which may begin with a hook, and sometimes a foot; the seven with a bar through its stem and a
/// serif; the four with a short stem; the nine with a small loop and a tail that swings to the left. A model that has never
/// seen them takes them for sevens, twos, sixes and threes.
///
/// With probability `share`, replaces a one by a newly drawn one and adds the missing strokes to a seven; with half that
/// probability, replaces a four or a nine. All other digits stay unchanged. `picture` is 28×28 bytes (255 is ink), prepared as
/// in MNIST, and so is the result: a drawn digit fills 20 pixels and has its centre of mass in the centre. The same stream
/// gives the same bytes in every build.
void vary_style(std::span<std::uint8_t> picture, int digit, float share, RandomStream random);

}  // namespace digitlab
