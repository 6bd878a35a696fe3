#include "open_app.h"

#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

#include "base/clock.h"
#include "base/threads.h"
#include "platform/native/disk_files.h"

namespace digitlab::cli {

namespace {

/// A read-only view of the store, so that a run that another process is training stays as it is.
class ReadOnlyFiles : public DiskFiles {
   public:
    using DiskFiles::DiskFiles;

    Status write(const std::string&, std::span<const std::uint8_t>) override { return refused(); }
    Status remove(const std::string&) override { return refused(); }
    void flush(FlushDone done) override { done({}); }
    std::string read_only_reason() const override { return "This command only reads the store."; }

   private:
    tl::unexpected<Error> refused() const { return fail("read-only", read_only_reason()); }
};

/// Tries to write a file, since permissions alone do not tell.
Status check_writable(const std::filesystem::path& folder) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    const auto trial = folder / (".trial-" + std::to_string(::getpid()));
    const bool written = !error && std::ofstream(trial).put('\n').flush().good();
    std::filesystem::remove(trial, error);
    if (written) return {};
    return fail("not-writable", "Nothing can be written to the store \"" + folder.string() +
                                    "\". Choose another folder with --store, or make this one writable.");
}

}  // namespace

int threads_to_use(const Options& options) { return options.threads > 0 ? options.threads : hardware_threads(); }

Result<OpenApp> open_app(const Options& options, StoreUse use, ModelUse models) {
    if (options.store_folder.empty()) {
        return fail("no-store", "There is no folder to keep runs in, since HOME is not set. Choose one with --store.");
    }
    OpenApp opened;
    if (use == StoreUse::read_write) {
        if (Status writable = check_writable(options.store_folder); !writable) return tl::unexpected(writable.error());
        opened.files = std::make_unique<DiskFiles>(options.store_folder);
    } else {
        opened.files = std::make_unique<ReadOnlyFiles>(options.store_folder);
    }
    const Environment environment = {"native", DIGITLAB_VERSION, threads_to_use(options)};
    App::Services services{*opened.files, monotonic_secs, unix_secs, environment};
    services.loads_models = models == ModelUse::answering;
    opened.app = std::make_unique<App>(std::move(services));
    for (const Notice& notice : opened.app->state().notices) {
        if (notice.is_error) std::fprintf(stderr, "digitlab: %s\n", notice.text.c_str());
    }
    return opened;
}

Result<Bytes> read_bytes(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    Bytes bytes(std::istreambuf_iterator<char>(file), {});
    if (file.bad() || !file.is_open()) return fail("no-file", "\"" + path + "\" cannot be read.");
    return bytes;
}

Status write_bytes(const std::string& path, const Bytes& bytes) {
    std::ofstream file(path, std::ios::binary);
    file.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    file.close();
    if (!file) return fail("not-written", "\"" + path + "\" could not be written.");
    return {};
}

}  // namespace digitlab::cli
