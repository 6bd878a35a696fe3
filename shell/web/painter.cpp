#include "painter.h"

#include <array>
#include <cstddef>
#include <string>

namespace digitlab::web {

namespace {

// Positions are CSS pixels, y down; `scale` takes them to WebGL's -1 to 1.
constexpr const char* vertex_source = R"(#version 300 es
precision highp float;
layout(location = 0) in vec2 position;
layout(location = 1) in vec2 uv;
layout(location = 2) in vec4 color;
uniform vec2 scale;
uniform vec2 white;
out vec2 at;
out vec4 tint;
flat out int plain;
void main() {
    at = uv;
    plain = uv == white ? 1 : 0;
    tint = color;
    gl_Position = vec4(position.x * scale.x - 1.0, 1.0 - position.y * scale.y, 0.0, 1.0);
})";

constexpr const char* fragment_source = R"(#version 300 es
precision mediump float;
uniform sampler2D image;
in vec2 at;
in vec4 tint;
flat in int plain;
out vec4 result;
void main() {
    result = tint;
    if (plain == 0) result *= texture(image, at);
})";

/// Returns what the graphics driver says about a shader or program that it rejects.
template <class ReadLog>
tl::unexpected<Error> refused(const char* what, GLuint name, ReadLog read_log) {
    std::array<char, 1024> log{};
    GLsizei length = 0;
    read_log(name, static_cast<GLsizei>(log.size()), &length, log.data());
    return fail("no-webgl2",
                std::string("the graphics driver does not take the page's ") + what + ": " +
                    (length > 0 ? std::string(log.data(), static_cast<std::size_t>(length)) : "it gives no reason"));
}

Result<GLuint> compile(GLenum kind, const char* what, const char* source) {
    const GLuint shader = glCreateShader(kind);
    glShaderSource(shader, 1, &source, nullptr);
    glCompileShader(shader);
    GLint compiled = GL_FALSE;
    glGetShaderiv(shader, GL_COMPILE_STATUS, &compiled);
    if (compiled == GL_FALSE) return refused(what, shader, glGetShaderInfoLog);
    return shader;
}

Result<GLuint> link_program() {
    const GLuint program = glCreateProgram();
    const auto vertex = compile(GL_VERTEX_SHADER, "vertex shader", vertex_source);
    if (!vertex) return vertex;
    const auto fragment = compile(GL_FRAGMENT_SHADER, "fragment shader", fragment_source);
    if (!fragment) return fragment;
    for (const GLuint shader : {*vertex, *fragment}) {
        glAttachShader(program, shader);
        glDeleteShader(shader);
    }
    glLinkProgram(program);
    GLint linked = GL_FALSE;
    glGetProgramiv(program, GL_LINK_STATUS, &linked);
    if (linked == GL_FALSE) return refused("shaders together", program, glGetProgramInfoLog);
    return program;
}

const void* byte_offset(std::size_t bytes) { return reinterpret_cast<const void*>(bytes); }

/// Sets the vertex attributes so that index 0 means the vertex `first`.
void point_attributes_at(std::size_t first) {
    const std::size_t base = first * sizeof(ImDrawVert);
    constexpr GLsizei stride = sizeof(ImDrawVert);
    glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, stride, byte_offset(base + offsetof(ImDrawVert, pos)));
    glVertexAttribPointer(1, 2, GL_FLOAT, GL_FALSE, stride, byte_offset(base + offsetof(ImDrawVert, uv)));
    glVertexAttribPointer(2, 4, GL_UNSIGNED_BYTE, GL_TRUE, stride, byte_offset(base + offsetof(ImDrawVert, col)));
}

void set_scissor(const PixelRect& rect, int height) {
    glScissor(rect.left, height - rect.bottom, rect.right - rect.left, rect.bottom - rect.top);
}

GLuint name_of(ImTextureID texture) { return static_cast<GLuint>(reinterpret_cast<std::intptr_t>(texture)); }

}  // namespace

Status Painter::open() {
    const auto program = link_program();
    if (!program) return tl::unexpected(program.error());
    program_ = *program;
    scale_ = glGetUniformLocation(program_, "scale");
    white_ = glGetUniformLocation(program_, "white");
    glGenVertexArrays(1, &vertex_array_);
    glBindVertexArray(vertex_array_);
    glGenBuffers(1, &vertices_);
    glGenBuffers(1, &indices_);
    glBindBuffer(GL_ARRAY_BUFFER, vertices_);
    glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, indices_);
    for (const GLuint attribute : {0U, 1U, 2U}) glEnableVertexAttribArray(attribute);
    glUseProgram(program_);
    glEnable(GL_BLEND);
    glBlendFuncSeparate(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA, GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
    return {};
}

/// Uploads all lists, one after the other.
void Painter::upload(const ImDrawData& data) {
    const auto bytes = [](const auto& buffer) {
        return static_cast<GLsizeiptr>(buffer.Size) * static_cast<GLsizeiptr>(sizeof(*buffer.Data));
    };
    glBufferData(GL_ARRAY_BUFFER, data.TotalVtxCount * static_cast<GLsizeiptr>(sizeof(ImDrawVert)), nullptr, GL_STREAM_DRAW);
    glBufferData(GL_ELEMENT_ARRAY_BUFFER, data.TotalIdxCount * static_cast<GLsizeiptr>(sizeof(ImDrawIdx)), nullptr,
                 GL_STREAM_DRAW);
    GLintptr vertices = 0, indices = 0;
    for (const ImDrawList* list : data.CmdLists) {
        glBufferSubData(GL_ARRAY_BUFFER, vertices, bytes(list->VtxBuffer), list->VtxBuffer.Data);
        glBufferSubData(GL_ELEMENT_ARRAY_BUFFER, indices, bytes(list->IdxBuffer), list->IdxBuffer.Data);
        vertices += bytes(list->VtxBuffer);
        indices += bytes(list->IdxBuffer);
    }
}

void Painter::paint(const ImDrawData& data, std::span<const PixelRect> rects, const ImVec4& paper, int width, int height) {
    if (rects.empty()) return;
    upload(data);
    glViewport(0, 0, width, height);
    glEnable(GL_SCISSOR_TEST);
    glClearColor(paper.x, paper.y, paper.z, 1);
    glUniform2f(scale_, 2 * data.FramebufferScale.x / static_cast<float>(width),
                2 * data.FramebufferScale.y / static_cast<float>(height));
    const ImVec2 white = ImGui::GetIO().Fonts->TexUvWhitePixel;
    glUniform2f(white_, white.x, white.y);
    for (const PixelRect& rect : rects) {
        set_scissor(rect, height);
        glClear(GL_COLOR_BUFFER_BIT);
        paint(data, rect, height);
    }
    glDisable(GL_SCISSOR_TEST);
}

void Painter::paint(const ImDrawData& data, const PixelRect& rect, int height) {
    constexpr GLenum index_type = sizeof(ImDrawIdx) == 2 ? GL_UNSIGNED_SHORT : GL_UNSIGNED_INT;
    std::size_t first_vertex = 0, first_index = 0;
    for (const ImDrawList* list : data.CmdLists) {
        for (const ImDrawCmd& command : list->CmdBuffer) {
            const PixelRect scissor = intersection(scissor_of(command, data), rect);
            if (scissor.empty()) continue;
            set_scissor(scissor, height);
            glBindTexture(GL_TEXTURE_2D, name_of(command.GetTexID()));
            point_attributes_at(first_vertex + command.VtxOffset);
            glDrawElements(GL_TRIANGLES, static_cast<GLsizei>(command.ElemCount), index_type,
                           byte_offset((first_index + command.IdxOffset) * sizeof(ImDrawIdx)));
        }
        first_vertex += static_cast<std::size_t>(list->VtxBuffer.Size);
        first_index += static_cast<std::size_t>(list->IdxBuffer.Size);
    }
}

}  // namespace digitlab::web
