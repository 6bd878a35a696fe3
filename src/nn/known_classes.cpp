#include "nn/known_classes.h"

#include <utility>

namespace digitlab {

Result<KnownClasses> known_classes(const Json& notes, int classes) {
    KnownClasses known;
    known.count = classes;
    if (!notes.is_object()) return known;
    if (Status read = read_optional(notes, "dataset", known.dataset); !read) return fail("bad-model", read.error().message);
    const auto names = notes.find("classNames");
    if (names == notes.end()) return known;
    if (!names->is_array() || names->size() != static_cast<std::size_t>(classes)) {
        return fail("bad-model", "The model has " + std::to_string(classes) + " outputs, but not as many class names.");
    }
    for (const Json& name : *names) {
        if (!name.is_string()) return fail("bad-model", "A class name of the model is no text.");
        known.names.push_back(name.get<std::string>());
    }
    return known;
}

void note_classes(Json& notes, const KnownClasses& classes) {
    if (classes.dataset != mnist_id) notes["dataset"] = classes.dataset;
    if (!classes.names.empty()) notes["classNames"] = classes.names;
}

}  // namespace digitlab
