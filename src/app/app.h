#pragma once

#include <memory>
#include <span>
#include <string>

#include "app/command.h"
#include "app/state.h"
#include "base/clock.h"
#include "base/files.h"

namespace digitlab {

/// The whole program without a window. The page, the command line and the JavaScript API drive the same App: they `apply`
/// commands, call `update` now and then, and read `state`, all from the main thread. Nothing here blocks for long.
class App {
   public:
    struct Services {
        Files& files;      ///< where runs and models are kept; outlives the App
        Clock clock;       ///< monotonic seconds
        Clock unix_clock;  ///< seconds since 1970, for dates
        Environment environment;
        TrainingSession::Kind sessions = TrainingSession::usual_kind();
        bool loads_models = true;  ///< stored models can answer; a program that asks none of them need not read them
    };

    /// Reads the history, and the stored models unless the services say otherwise.
    explicit App(Services services);
    ~App();

    const State& state() const;

    /// Carries the command out and takes over what it holds; an error has changed nothing. Programs use it, which handle errors
    /// themselves.
    Status apply(Command command);

    /// Carries out what a person did in the window; errors become notices.
    void perform(Commands commands);

    /// Takes in what training and storage have done since the last call and brings the answers to the drawing up to date where
    /// they are due; then works for about `budget_secs` (not at all when that is 0) on what `works_in_update` reports. Returns
    /// true when `state` has changed.
    bool update(double budget_secs);

    /// Returns true while `update` has to be called regularly: something trains, or a drawing waits for its answers.
    bool busy() const;
    /// Returns true while `update` itself has work to do (training without threads, a job), so that it has to be called without
    /// rest.
    bool works_in_update() const;

    /// Returns the answers of the models `only` (all when empty) without touching the drawing. Codes
    /// "unknown-model" and "blank".
    Result<std::vector<Answer>> predict(std::span<const float, digit_pixels> pixels, std::span<const std::string> only = {});

    /// Returns the model that is kept for a run. Code "unknown-run", or why it cannot be read.
    Result<Model> kept_model(const std::string& run_id) const;

    /// To be called when the files, which could only be read, can be written now, because the tab that wrote them is closed:
    /// reads what that has left, and stores what was made here meanwhile.
    void take_over_store();

    /// Returns everything that is kept as one file; see ArchiveTransfers.
    Result<Bytes> archive() const;

    /// Reads a picture (0 black to 255 white) with the models `only` (all when empty) without touching the drawing. Codes
    /// "unknown-model" and "blank".
    Result<Reading> read(const GreyImage& grey, std::span<const std::string> only = {});

   private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace digitlab
