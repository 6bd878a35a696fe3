#include "named_models.h"

#include <algorithm>
#include <utility>

#include "open_app.h"

namespace digitlab::cli {

const Run* find_named_run(const State& state, const std::string& name) {
    const auto found = std::ranges::find_if(state.runs, [&](const Run& run) { return run.id == name || run.name == name; });
    return found == state.runs.end() ? nullptr : &*found;
}

Result<NamedModel> find_model(const App& app, const std::string& name) {
    if (const Run* run = find_named_run(app.state(), name)) {
        auto model = app.kept_model(run->id);
        if (!model) return tl::unexpected(model.error());
        return NamedModel{run->id, run->name, std::move(*model)};
    }
    const auto bytes = read_bytes(name);
    if (!bytes) return fail("unknown-model", "\"" + name + "\" is neither a run nor a model file.");
    auto model = decode_model(*bytes);
    if (!model) return fail(model.error().code, name + ": " + model.error().message);
    return NamedModel{name, name, std::move(*model)};
}

Result<std::vector<std::string>> wanted_models(const App& app, const std::vector<std::string>& names) {
    std::vector<std::string> wanted = names;
    if (wanted.empty()) {
        for (const Run& run : app.state().runs) {
            if (!run.model_file.empty()) wanted.push_back(run.id);
        }
    }
    if (wanted.empty()) return fail("no-model", "Nothing has been trained yet. Start with: digitlab train mlp");
    return wanted;
}

Result<std::vector<NamedModel>> find_models(const App& app, const std::vector<std::string>& names) {
    const auto wanted = wanted_models(app, names);
    if (!wanted) return tl::unexpected(wanted.error());
    std::vector<NamedModel> models;
    for (const std::string& name : *wanted) {
        auto model = find_model(app, name);
        if (!model) return tl::unexpected(model.error());
        models.push_back(std::move(*model));
    }
    return models;
}

}  // namespace digitlab::cli
