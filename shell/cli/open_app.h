#pragma once

#include <memory>

#include "app/app.h"
#include "base/files.h"
#include "base/result.h"
#include "options.h"

namespace digitlab::cli {

/// Whether a command only reads the store, or changes it.
enum class StoreUse { read_only, read_write };

/// Whether the stored models must be loaded, ready to answer. Loading them takes a while if there are many.
enum class ModelUse { none, answering };

/// The same App that the page runs, with the store that the options name.
struct OpenApp {
    std::unique_ptr<Files> files;
    std::unique_ptr<App> app;  ///< uses `files`
};

/// Fails with "no-store" when there is no folder for the store, and with "not-writable" when the command has to write there but
/// cannot; both messages name --store. Prints a warning for everything in the store that cannot be read.
Result<OpenApp> open_app(const Options& options, StoreUse use, ModelUse models = ModelUse::none);

/// Returns the number given with --threads, or else the number of the machine's threads.
int threads_to_use(const Options& options);

/// Returns the contents of a file. Fails with "no-file".
Result<Bytes> read_bytes(const std::string& path);
/// Fails with "not-written".
Status write_bytes(const std::string& path, const Bytes& bytes);

}  // namespace digitlab::cli
