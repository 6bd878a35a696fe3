#pragma once

#include <string>
#include <vector>

#include "app/app.h"
#include "base/result.h"
#include "nn/model_file.h"

namespace digitlab::cli {

/// A model that the user has named by run id, run name or path of a model file.
struct NamedModel {
    std::string id;    ///< the run's id, or the file's path
    std::string name;  ///< the run's name, or the file's path
    Model model;
};

/// Returns the run with that id or name, or null.
const Run* find_named_run(const State& state, const std::string& name);

/// Fails with "unknown-model", or with the reason why the model cannot be read.
Result<NamedModel> find_model(const App& app, const std::string& name);

/// Returns `names` or, if they are empty, the ids of all runs with a model. Fails with "no-model" when the store has none.
Result<std::vector<std::string>> wanted_models(const App& app, const std::vector<std::string>& names);

/// Finds all models that are wanted. Fails with the codes of `wanted_models` and `find_model`.
Result<std::vector<NamedModel>> find_models(const App& app, const std::vector<std::string>& names);

}  // namespace digitlab::cli
