#pragma once

#include <string>

#include "options.h"
#include "outcome.h"

namespace digitlab::cli {

// Each prints its result on standard output as text, unless options.json says that the caller prints the outcome's value. The
// error is always left to the caller.

Outcome train(const Options& options);
/// Goes on with a run that was interrupted.
Outcome continue_run(const Options& options);
/// Trains every run of a sweep, or a shard of them, and ranks them, best first.
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
