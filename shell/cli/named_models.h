#pragma once

#include <string>
#include <vector>

#include "app/app.h"
#include "base/result.h"
#include "nn/model_file.h"

namespace digitlab::cli {

/// A model that the user has named by run id, run name or path of a model file.
struct NamedModel {
    std::string id;    ///< of the run; the path of a file
    std::string name;  ///< likewise
    Model model;
};

/// The run of that id or name; null when there is none.
const Run* find_named_run(const State& state, const std::string& name);

/// Code "unknown-model", or why the model cannot be read.
Result<NamedModel> find_model(const App& app, const std::string& name);

/// All of `names`, or every kept model when there are none. Code "no-model" when nothing is kept, and those of `find_model`.
Result<std::vector<NamedModel>> find_models(const App& app, const std::vector<std::string>& names);

}  // namespace digitlab::cli
