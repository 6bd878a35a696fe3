#pragma once

#include <cstdint>

/// Code points of Font Awesome 4.7, in UTF-8. New ones must also be listed in `icon_ranges` in fonts.cpp.
namespace digitlab::icons {

inline constexpr const char* train = "\xEF\x82\x85";     // f085 cogs
inline constexpr const char* draw = "\xEF\x81\x80";      // f040 pencil
inline constexpr const char* history = "\xEF\x87\x9A";   // f1da history
inline constexpr const char* inspect = "\xEF\x80\x82";   // f002 search
inline constexpr const char* data = "\xEF\x87\x80";      // f1c0 database
inline constexpr const char* about = "\xEF\x81\x9A";     // f05a info-circle
inline constexpr const char* play = "\xEF\x81\x8B";      // f04b
inline constexpr const char* pause = "\xEF\x81\x8C";     // f04c
inline constexpr const char* stop = "\xEF\x81\x8D";      // f04d
inline constexpr const char* erase = "\xEF\x84\xAD";     // f12d eraser
inline constexpr const char* predict = "\xEF\x83\x90";   // f0d0 magic
inline constexpr const char* remove = "\xEF\x87\xB8";    // f1f8 trash
inline constexpr const char* download = "\xEF\x80\x99";  // f019
inline constexpr const char* close = "\xEF\x80\x8D";     // f00d times
inline constexpr const char* sun = "\xEF\x86\x85";       // f185
inline constexpr const char* moon = "\xEF\x86\x86";      // f186
inline constexpr const char* warning = "\xEF\x81\xB1";   // f071
inline constexpr const char* check = "\xEF\x80\x8C";     // f00c
inline constexpr const char* up = "\xEF\x81\xA2";        // f062 arrow-up
inline constexpr const char* down = "\xEF\x81\xA3";      // f063 arrow-down
inline constexpr const char* add = "\xEF\x81\xA7";       // f067 plus
inline constexpr const char* undo = "\xEF\x83\xA2";      // f0e2
inline constexpr const char* redo = "\xEF\x80\x9E";      // f01e repeat
inline constexpr const char* invert = "\xEF\x81\x82";    // f042 adjust
inline constexpr const char* picture = "\xEF\x80\xBE";   // f03e
inline constexpr const char* step = "\xEF\x81\x91";      // f051 step-forward
inline constexpr const char* chart = "\xEF\x88\x81";     // f201 line-chart

}  // namespace digitlab::icons
