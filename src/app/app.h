#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>

#include "app/command.h"
#include "app/state.h"
#include "base/clock.h"
#include "base/files.h"

namespace digitlab {

/// The whole program without a window. The page, the command line and the JavaScript API drive the same App: they `apply`
/// commands, call `update` regularly, and read `state`, all from the main thread. Nothing here blocks for long.
class App {
   public:
    struct Services {
        Files& files;      ///< where runs and models are kept; outlives the App
        Clock clock;       ///< monotonic seconds
        Clock unix_clock;  ///< seconds since 1970, for dates
        Environment environment;
        TrainingSession::Kind sessions = TrainingSession::usual_kind();
        bool loads_models = true;  ///< load stored models so that they can answer; programs that never ask them need not
    };

    /// Reads the history and, if `loads_models` is set, the stored models.
    explicit App(Services services);
    ~App();

    const State& state() const;

    /// Carries out the command and takes ownership of its contents; on an error nothing has changed. For programs, which handle
    /// errors themselves.
    Status apply(Command command);

    /// Carries out what a person did in the window; errors become notices.
    void perform(Commands commands);

    /// Takes in what training and storage have done since the last call, updates the answers to the drawing if they are due,
    /// then works for about `budget_secs` (not at all when that is 0) on what `works_in_update` reports. Returns true when
    /// `state` has changed.
    bool update(double budget_secs);

    /// Returns true while `update` must be called regularly, for example while something trains or a drawing waits for answers.
    bool busy() const;
    /// Returns true while `update` itself has work to do (training without threads, a job) and must be called without a pause.
    bool works_in_update() const;

    /// Returns the answers of the models `only` (all when empty) without touching the drawing. Fails with "unknown-model" or
    /// "blank".
    Result<std::vector<Answer>> predict(std::span<const float, digit_pixels> pixels, std::span<const std::string> only = {});

    /// Returns nullopt while a benchmark runs, then its result once; see StartBenchmark.
    std::optional<Result<Json>> take_benchmark();

    /// Returns the stored model of a run. Fails with "unknown-run", or with the reason why it cannot be read.
    Result<Model> kept_model(const std::string& run_id) const;

    /// Must be called when read-only files have become writable because the tab that wrote them was closed. Reads what that tab
    /// has left, and stores what was made here in the meantime.
    void take_over_store();

    /// Returns everything that is stored as one file; see ArchiveTransfers.
    Result<Bytes> archive() const;

    /// Reads a picture (0 black to 255 white) with the models `only` (all when empty) without touching the drawing. Fails with
    /// "unknown-model" or "blank".
    Result<Reading> read(const GreyImage& grey, std::span<const std::string> only = {});

   private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace digitlab
