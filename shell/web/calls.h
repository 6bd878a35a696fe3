#pragma once

#include <span>
#include <string>
#include <vector>

#include "app/app.h"
#include "arrivals.h"

namespace digitlab::web {

// The calls that JavaScript makes, free of anything that only a browser has. Every answer is JSON: {"value": …} or
// {"error": {code, message}}. Nothing here throws.

/// Carries out one call of the JavaScript API; `arguments` is JSON.
std::string call(App& app, const std::string& method, const std::string& arguments);
/// Returns the methods of `call`.
std::vector<std::string> call_methods();

/// Begins to make a data set of the files that have arrived. The value is the number of the import, by which `status` reports.
std::string add_dataset(App& app, Arrivals& arrivals, const std::string& name);

/// Returns the answers of the models named in `only` (a JSON array of ids; null or empty: all) to 784 numbers in [0, 1].
std::string predict_pixels(App& app, std::span<const float> pixels, const std::string& only);
/// Does the same for the first digit of a picture, prepared like a drawing. Fails with "blank" when nothing is on it.
std::string predict_rgba(App& app, std::span<const std::uint8_t> rgba, int width, int height, const std::string& only);
/// Returns all digits of a picture; see `Reading` in web/digitlab.d.ts. Fails with "blank".
std::string read_rgba(App& app, std::span<const std::uint8_t> rgba, int width, int height, const std::string& only);

/// Adds what an archive holds.
std::string import_archive(App& app, std::span<const std::uint8_t> file);
/// Makes an archive of everything and puts it into `archive`; the value is its size in bytes. Fails with "no-memory" and the
/// codes of App::archive.
std::string export_archive(App& app, Bytes& archive);

}  // namespace digitlab::web
