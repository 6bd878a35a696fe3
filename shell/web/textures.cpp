#include "textures.h"

#include <vector>

namespace digitlab::web {

namespace {

GLuint make_texture() {
    GLuint name = 0;
    glGenTextures(1, &name);
    glBindTexture(GL_TEXTURE_2D, name);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
    return name;
}

/// WebGL has no texture swizzle, but the old luminance-alpha format: white, with the ink as alpha.
void upload(const GreyImage& image) {
    std::vector<std::uint8_t> pixels(2 * image.ink.size(), 255);
    for (std::size_t i = 0; i < image.ink.size(); ++i) pixels[2 * i + 1] = image.ink[i];
    glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
    glTexImage2D(GL_TEXTURE_2D, 0, GL_LUMINANCE_ALPHA, image.width, image.height, 0, GL_LUMINANCE_ALPHA, GL_UNSIGNED_BYTE,
                 pixels.data());
}

}  // namespace

ImTextureID Textures::texture(int slot, const GreyImage& image, std::uint64_t revision) {
    Held& held = held_[slot];
    const bool current =
        held.name != 0 && held.revision == revision && held.width == image.width && held.height == image.height;
    if (!current) {
        if (held.name == 0) {
            held.name = make_texture();
        } else {
            glBindTexture(GL_TEXTURE_2D, held.name);
        }
        upload(image);
        held = {held.name, image.width, image.height, revision};
    }
    return reinterpret_cast<ImTextureID>(static_cast<std::intptr_t>(held.name));
}

}  // namespace digitlab::web
