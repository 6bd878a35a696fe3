#pragma once

#include <memory>
#include <span>
#include <string>

#include "app/command.h"
#include "app/state.h"
#include "base/clock.h"
#include "base/files.h"

namespace digitlab {

/// The whole program without a window. Page, command line and JavaScript API drive the same App: they `apply` commands, call
/// `update` now and then, and read `state`. All from the main thread; nothing here blocks for long.
class App {
   public:
    struct Services {
        Files& files;      ///< where runs and models are kept; outlives the App
        Clock clock;       ///< monotonic seconds
        Clock unix_clock;  ///< seconds since 1970, for dates
        Environment environment;
        TrainingSession::Kind sessions = TrainingSession::usual_kind();
    };

    /// Reads the history; stored models can answer from the start.
    explicit App(Services services);
    ~App();

    const State& state() const;

    /// Carries the command out; an error has changed nothing. For programs, which handle errors themselves.
    Status apply(const Command& command);

    /// Carries out what a person did in the window; errors become notices.
    void perform(const Commands& commands);

    /// Takes in what training and storage have done since the last call and answers the drawing; then works for about
    /// `budget_secs` (not at all when that is 0) on what `works_in_update` tells. True when `state` has changed.
    bool update(double budget_secs);

    /// True while `update` has to be called regularly: something trains, or a drawing waits for its answer.
    bool busy() const;
    /// True while `update` itself has to do the training, or work out or test something, so that it wants to be called without
    /// rest.
    bool works_in_update() const;

    /// Answers of the models `only` (all when empty) without touching the drawing.
    Result<std::vector<Answer>> predict(std::span<const float, digit_pixels> pixels, std::span<const std::string> only = {});

    /// The model that is kept for a run. Code "unknown-run", or why it cannot be read.
    Result<Model> kept_model(const std::string& run_id) const;

    /// To be called when the files, which could only be read, can be written now, because the tab that wrote them is closed:
    /// reads what that has left, and stores what was made here meanwhile.
    void take_over_store();

    /// Everything that is kept as one file; see ArchiveDesk.
    Result<Bytes> archive() const;

    /// Reads a picture (0 black to 255 white) with the models `only` (all when empty) without touching the drawing.
    Result<Reading> read(const GreyImage& grey, std::span<const std::string> only = {});

   private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace digitlab
