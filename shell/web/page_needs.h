#pragma once

#include <cstdint>
#include <utility>

namespace digitlab::web {

/// What JavaScript has to do next or has to know, as bits, returned by Page's `frame` and `update`.
enum PageNeeds : std::uint32_t {
    needs_frame = 1,       ///< something on the screen is out of date
    needs_updates = 2,     ///< call `update` now and then
    needs_cpu = 4,         ///< call `update` without pause: it does the training
    needs_platform = 8,    ///< carry out what the call `requests` lists
    shows_dark = 16,       ///< the window is dark
    needs_frame_now = 32,  ///< with needs_frame: the frame answers input or is an animation, and should not wait
    frame_painted = 64,    ///< the canvas has new content
};

/// The names that `Needs` in web/program.js gives to the bits.
inline constexpr std::pair<const char*, std::uint32_t> needs_in_javascript[] = {
    {"frame", needs_frame}, {"updates", needs_updates},    {"cpu", needs_cpu},         {"platform", needs_platform},
    {"dark", shows_dark},   {"frameNow", needs_frame_now}, {"painted", frame_painted},
};

}  // namespace digitlab::web
