#pragma once

#include "base/result.h"
#include "options.h"

namespace digitlab::cli {

// Each prints its result on standard output, as text or (options.json) as one JSON value, and the error is left to the
// caller to print.

Status eval(const Options& options);
Status predict(const Options& options);
Status runs(const Options& options);
Status calibrate(const Options& options);
Status export_model(const Options& options);
Status import_archives(const Options& options);
Status bench(const Options& options);

}  // namespace digitlab::cli
