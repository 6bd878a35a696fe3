// The commands runs, export and import, which work on the store.

#include <cstdio>
#include <utility>

#include "commands.h"
#include "named_models.h"
#include "open_app.h"

namespace digitlab::cli {

namespace {

Outcome export_archive(const App& app, const Options& options) {
    const auto archive = app.archive();
    if (!archive) return tl::unexpected(archive.error());
    if (Status written = write_bytes(options.archive, *archive); !written) return tl::unexpected(written.error());
    if (!options.json) std::printf("%s\n", options.archive.c_str());
    return Json{{"file", options.archive}, {"bytes", archive->size()}};
}

/// The notes of an exported file, which say where its model comes from.
Json export_notes(const NamedModel& found, const Run* run, const Options& options) {
    Json notes = {{"name", options.title.empty() ? found.name : options.title}};
    if (!options.id.empty()) notes["id"] = options.id;
    if (run) {
        notes["run"] = {{"spec", to_json(run->spec)}, {"secs", run->secs}, {"environment", run->environment}};
        notes["epochs"] = run->epochs.size();
        notes["weightsHash"] = run->weights_hash.empty() ? weights_hash(found.model) : run->weights_hash;
        if (run->test) notes["testAccuracy"] = run->test->accuracy;
    }
    for (const char* kept : {"calibration", "dataset", "classNames"}) {
        if (found.model.notes.contains(kept)) notes[kept] = found.model.notes[kept];
    }
    return notes;
}

Status rename(App& app, const std::string& old_name, const std::string& new_name) {
    const Run* run = find_named_run(app.state(), old_name);
    if (!run) return unknown_run(old_name);
    return app.apply(RenameRun{run->id, new_name});
}

}  // namespace

Outcome runs(const Options& options) {
    const auto opened = open_app(options, options.rename.empty() ? StoreUse::read_only : StoreUse::read_write);
    if (!opened) return tl::unexpected(opened.error());
    if (!options.rename.empty()) {
        if (Status renamed = rename(*opened->app, options.rename[0], options.rename[1]); !renamed) {
            return tl::unexpected(renamed.error());
        }
    }
    Json list = Json::array();
    for (const Run& run : opened->app->state().runs) {
        list.push_back(to_json(run));
        if (options.json) continue;
        std::printf("%-28s %-28s %-9s %3zu epochs  %s\n", run.id.c_str(), run.name.c_str(), to_string(run.status).c_str(),
                    run.epochs.size(), run.test ? percent(run.test->accuracy).c_str() : "no test yet");
    }
    return list;
}

Outcome export_model(const Options& options) {
    const auto opened = open_app(options, StoreUse::read_only);
    if (!opened) return tl::unexpected(opened.error());
    if (!options.archive.empty()) return export_archive(*opened->app, options);
    auto found = find_model(*opened->app, options.exported_model);
    if (!found) return tl::unexpected(found.error());
    found->model.notes = export_notes(*found, find_run(opened->app->state(), found->id), options);
    const Precision precision = options.precision == "half" ? Precision::half : Precision::single;
    if (Status written = write_bytes(options.output, encode_model(found->model, precision)); !written) {
        return tl::unexpected(written.error());
    }
    if (!options.json) std::printf("%s\n", options.output.c_str());
    return Json{{"file", options.output}, {"notes", found->model.notes}};
}

Outcome import_archives(const Options& options) {
    const auto opened = open_app(options, StoreUse::read_write);
    if (!opened) return tl::unexpected(opened.error());
    App& app = *opened->app;
    for (const std::string& path : options.archives) {
        auto archive = read_bytes(path);
        if (!archive) return tl::unexpected(archive.error());
        if (Status imported = app.apply(ImportArchive{std::move(*archive)}); !imported) {
            return fail(imported.error().code, path + ": " + imported.error().message);
        }
        if (!options.json) std::printf("%s: %s\n", path.c_str(), app.state().notices.back().text.c_str());
    }
    return Json{{"runs", app.state().runs.size()}};
}

}  // namespace digitlab::cli
