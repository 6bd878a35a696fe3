#include "textures.h"

#include <algorithm>
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

/// Uploads to the bound texture. WebGL has no texture swizzle, so this uses the old luminance-alpha format: white, with the
/// ink as alpha.
void upload(const std::uint8_t* alpha, int width, int height) {
    const std::size_t count = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
    std::vector<std::uint8_t> pixels(2 * count, 255);
    for (std::size_t i = 0; i < count; ++i) pixels[2 * i + 1] = alpha[i];
    glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
    glTexImage2D(GL_TEXTURE_2D, 0, GL_LUMINANCE_ALPHA, width, height, 0, GL_LUMINANCE_ALPHA, GL_UNSIGNED_BYTE, pixels.data());
}

ImTextureID id_of(GLuint name) { return reinterpret_cast<ImTextureID>(static_cast<std::intptr_t>(name)); }

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
        upload(image.ink.data(), image.width, image.height);
        held = {held.name, image.width, image.height, revision};
    }
    return id_of(held.name);
}

ImTextureID Textures::set_fonts(const std::uint8_t* alpha, int width, int height) {
    if (fonts_ != 0) glDeleteTextures(1, &fonts_);
    fonts_ = make_texture();
    upload(alpha, width, height);
    return id_of(fonts_);
}

std::uint64_t Textures::revision(ImTextureID texture) const {
    const auto found = std::ranges::find_if(held_, [&](const auto& slot) { return id_of(slot.second.name) == texture; });
    return found == held_.end() ? 0 : found->second.revision;
}

}  // namespace digitlab::web
