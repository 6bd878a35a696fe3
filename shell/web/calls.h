#pragma once

#include <span>
#include <string>
#include <vector>

#include "app/app.h"

namespace digitlab::web {

/// One call of the JavaScript API: web/digitlab.js names the method and gives its arguments as JSON. The answer is
/// {"value": …} or {"error": {code, message}}.
std::string call(App& app, const std::string& method, const std::string& arguments);

/// Begins to make a data set of the files; the answer's value is the number of the import, which `status` follows.
std::string add_dataset(App& app, const std::string& name, std::vector<NamedFile> files);

/// Answers of the models named in `only` (a JSON array of ids; null or empty: all) to 784 numbers in [0, 1].
std::string predict_pixels(App& app, std::span<const float> pixels, const std::string& only);
/// The same for the first digit of a picture, prepared like a drawing. Code "blank" when nothing is on it.
std::string predict_rgba(App& app, std::span<const std::uint8_t> rgba, int width, int height, const std::string& only);
/// All digits of a picture; see `Reading` in web/digitlab.d.ts. Code "blank".
std::string read_rgba(App& app, std::span<const std::uint8_t> rgba, int width, int height, const std::string& only);

/// Adds what an archive holds.
std::string import_archive(App& app, std::span<const std::uint8_t> file);

}  // namespace digitlab::web
