#pragma once

#include <imgui.h>

#include <cstdint>

#include "data/ink.h"

namespace digitlab {

/// The window's slots.
enum class TextureSlot { drawing, picture, stages, samples, augmented, drawing_log, batch };

/// Provides textures for pictures that change too often or are too fine to be drawn as rectangles. The owner of the renderer
/// implements this; a Window without one draws coarser.
class TextureHost {
   public:
    virtual ~TextureHost() = default;

    /// Returns a texture of `image`: white, with the ink as alpha (it is drawn tinted, so one texture serves every theme),
    /// linearly filtered, clamped at the edges. Slots are small numbers from 0. Called in every frame that shows the picture;
    /// the host uploads only when `revision` or the size differs from what the slot holds, or when its textures were lost.
    virtual ImTextureID texture(int slot, const GreyImage& image, std::uint64_t revision) = 0;
};

}  // namespace digitlab
