#pragma once

#include <memory>

#include "app/app.h"
#include "base/files.h"
#include "base/result.h"
#include "options.h"

namespace digitlab::cli {

/// Whether a command changes what is kept, or only looks at it.
enum class StoreUse { looking, changing };

/// Whether the stored models have to be ready to answer. Reading all of them takes long where there are many.
enum class ModelUse { none, answering };

/// The program of the page, with the store that the options name.
struct OpenApp {
    std::unique_ptr<Files> files;
    std::unique_ptr<App> app;  ///< uses `files`
};

/// Codes "no-store" when there is no folder for the store, and "not-writable" when nothing can be written there although the
/// command has to; both messages name --store. What the store has that cannot be read is printed as a warning.
Result<OpenApp> open_app(const Options& options, StoreUse use, ModelUse models = ModelUse::none);

/// The number of --threads, or as many as the machine has.
int threads_to_use(const Options& options);

/// The contents of a file. Code "no-file".
Result<Bytes> read_bytes(const std::string& path);
/// Code "not-written".
Status write_bytes(const std::string& path, const Bytes& bytes);

}  // namespace digitlab::cli
