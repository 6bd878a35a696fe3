#include "nn/known_classes.h"

#include <cstddef>
#include <utility>

#include "base/json_reader.h"

namespace digitlab {

namespace {

constexpr int fewest_outputs_for_digits = 10;

}  // namespace

Result<KnownClasses> known_classes(const Json& notes, int classes) {
    KnownClasses known;
    known.count = classes;
    if (notes.is_null()) return known;
    JsonReader reader(notes, {"bad-model", "The model's notes cannot be read: "});
    reader.optional("dataset", known.dataset);
    std::string kind = known.dataset == mnist_id ? "digits" : "other";
    reader.optional("kind", kind);
    known.kind = kind == "digits" && classes >= fewest_outputs_for_digits ? DataKind::digits : DataKind::other;
    reader.optional("classNames", known.names);
    reader.check(!reader.has("classNames") || known.names.size() == static_cast<std::size_t>(classes),
                 "the model has " + std::to_string(classes) + " outputs, but not as many class names.");
    return reader.finish(std::move(known));
}

void note_classes(Json& notes, const KnownClasses& classes) {
    if (classes.dataset != mnist_id) {
        notes["dataset"] = classes.dataset;
        if (classes.digits()) notes["kind"] = "digits";
    }
    if (!classes.names.empty()) notes["classNames"] = classes.names;
}

}  // namespace digitlab
