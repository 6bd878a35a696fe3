#pragma once

#include <cstdint>
#include <span>

#include "base/random.h"

namespace digitlab {

/// Forms that much of the world writes and MNIST's writers, all of them American, hardly ever did: the one with a long
/// upstroke, which may begin with a hook, and sometimes a foot; the seven with a bar through its stem and a serif; the four
/// whose stem is short; the nine with a small loop and a tail that swings to the left. A model that has never seen them takes
/// them for sevens, twos, sixes and threes.
///
/// With probability `share` replaces a one by a newly drawn one of that form and adds to a seven what it lacks, with half of it
/// replaces a four or a nine; all other digits stay as they are. `picture` is 28×28 bytes, 255 being ink, prepared as in MNIST,
/// and so is the result: a drawn digit fills 20 pixels and has its centre of mass in the middle. The same stream gives the same
/// bytes in every build.
void vary_style(std::span<std::uint8_t> picture, int digit, float share, RandomStream random);

}  // namespace digitlab
