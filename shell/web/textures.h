#pragma once

#include <GLES3/gl3.h>

#include <cstdint>
#include <map>

#include "ui/texture_host.h"

namespace digitlab::web {

/// Pictures as WebGL textures.
class Textures : public TextureHost {
   public:
    ImTextureID texture(int slot, const GreyImage& image, std::uint64_t revision) override;

    /// The context they were in is gone.
    void forget() { held_.clear(); }

   private:
    struct Held {
        GLuint name = 0;
        int width = 0, height = 0;
        std::uint64_t revision = 0;
    };
    std::map<int, Held> held_;
};

}  // namespace digitlab::web
