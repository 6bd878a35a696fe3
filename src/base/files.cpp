#include "base/files.h"

#include <algorithm>
#include <string_view>

namespace digitlab {

namespace {

bool is_allowed(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
}

/// A part that begins with a dot could lead out of the folder or be hidden from a listing.
bool is_part(std::string_view part) { return !part.empty() && part.front() != '.' && std::ranges::all_of(part, is_allowed); }

}  // namespace

Status check_file_name(const std::string& name) {
    std::string_view rest = name;
    bool good = name.size() <= longest_file_name;
    while (good) {
        const std::size_t slash = rest.find('/');
        good = is_part(rest.substr(0, slash));
        if (slash == std::string_view::npos) break;
        rest.remove_prefix(slash + 1);
    }
    if (good) return {};
    return fail("bad-name", "\"" + name +
                                "\" is no name for a file here: letters, digits, dot, hyphen and underscore are allowed, and "
                                "no part may begin with a dot.");
}

}  // namespace digitlab
