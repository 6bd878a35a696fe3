#pragma once

#include <string>

#include "options.h"
#include "outcome.h"

namespace digitlab::cli {

// Each command prints its result on standard output as text; with options.json the caller prints the outcome's value instead.
// Errors are always left to the caller.

Outcome train(const Options& options);
/// Continues a run that was interrupted.
Outcome continue_run(const Options& options);
/// Trains every run of a sweep, or of one shard of it, and ranks the runs, best first.
Outcome sweep(const Options& options);

Outcome eval(const Options& options);
Outcome predict(const Options& options);

Outcome runs(const Options& options);
Outcome export_model(const Options& options);
Outcome import_archives(const Options& options);

Outcome calibrate(const Options& options);
Outcome bench(const Options& options);

/// "98.25 %".
std::string percent(double share);

}  // namespace digitlab::cli
