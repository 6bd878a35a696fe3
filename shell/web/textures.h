#pragma once

#include <GLES3/gl3.h>

#include <cstdint>
#include <map>

#include "ui/texture_host.h"

namespace digitlab::web {

/// Pictures and fonts as WebGL textures.
class Textures : public TextureHost {
   public:
    ImTextureID texture(int slot, const GreyImage& image, std::uint64_t revision) override;

    /// Makes a texture of the font atlas, `alpha` row by row, and deletes the previous one.
    ImTextureID set_fonts(const std::uint8_t* alpha, int width, int height);

    /// Changes with the texture's content.
    std::uint64_t revision(ImTextureID texture) const;

    /// Forgets all textures, since the context they were in is gone.
    void forget() {
        held_.clear();
        fonts_ = 0;
    }

   private:
    struct Held {
        GLuint name = 0;
        int width = 0, height = 0;
        std::uint64_t revision = 0;
    };
    std::map<int, Held> held_;
    GLuint fonts_ = 0;
};

}  // namespace digitlab::web
