#pragma once

#include "app/app.h"
#include "base/files.h"
#include "base/result.h"
#include "options.h"

namespace digitlab::cli {

int threads_to_use(const Options& options);
App::Services services(Files& files, const Options& options);

// Commands that train; as those of commands.h.

Status train(const Options& options);
/// Goes on with a run that was interrupted.
Status continue_run(const Options& options);
/// Trains every run of a sweep, or a shard of them, and prints them, best first.
Status sweep(const Options& options);

}  // namespace digitlab::cli
