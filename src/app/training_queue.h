#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/run_store.h"
#include "app/state.h"
#include "base/clock.h"
#include "train/session.h"

namespace digitlab {

/// What the queue needs from the rest of the program.
class TrainingHost {
   public:
    virtual ~TrainingHost() = default;

    /// Asks for the data to train on. Returns true when it is there; otherwise `TrainingQueue::begin_waiting` is called when it
    /// has arrived, or `fail_waiting` when that has failed. An error when it cannot be had.
    virtual Result<bool> want_data(const ExperimentSpec& spec) = 0;
    virtual Result<TrainingInput> training_input(const Run& run) = 0;
    virtual void training_began(const Run& run) = 0;
    /// The run has a new model, which answers from now on.
    virtual void model_learned(const Run& run, const Model& model) = 0;
    virtual void training_ended(const Run& run) = 0;
    virtual void report_problem(const std::string& message) = 0;
};

/// Trains as many runs at once as `State::at_once` says and queues the others. Only this class changes `State::trainings`. The
/// sessions share the threads.
class TrainingQueue {
   public:
    /// All must outlive it.
    TrainingQueue(State& state, RunStore& run_store, TrainingHost& host, Clock clock, TrainingSession::Kind sessions);
    ~TrainingQueue();

    /// Puts a run, whose spec must have been checked, into the queue. It starts when it is its turn, from `checkpoint` or, if
    /// that is null, from the beginning.
    void enqueue(Run run, std::shared_ptr<const Model> checkpoint);

    Status pause(const std::string& run_id, bool paused);
    Status step(const std::string& run_id, StepUnit unit);
    /// `reason` is a sentence for the user, which the run keeps.
    Status stop(const std::string& run_id, const std::string& reason = {});
    Status set_learning_rate(const std::string& run_id, float rate);
    Status set_at_once(int count);
    Status show(const std::string& run_id);
    /// Removes a deleted run from view.
    void forget(const std::string& run_id);
    bool works_on(const std::string& run_id) const;

    /// Makes all sessions rest for `secs`, to leave the processor to what the user is doing.
    void rest(double secs);

    /// Starts the runs whose data has arrived.
    void begin_waiting();
    /// Ends the runs that wait for this data set.
    void fail_waiting(const std::string& dataset, const std::string& message);
    /// Stops the runs that wait for this data set, those in the queue as well.
    Status stop_waiting(const std::string& dataset);

    /// Trains for about `budget_secs` if the sessions have no threads of their own, and takes in their progress. Returns true
    /// when the state has changed.
    bool update(double budget_secs);
    /// Returns true when `update` must do the training itself.
    bool works_in_update() const;
    /// Returns true while a session trains or has a request to answer, so that `update` must be called regularly. Nothing is
    /// expected from sessions that stand still, or have no data yet.
    bool expects_progress() const;

   private:
    struct Work;
    Work* find_work(const std::string& run_id);
    TrainingState* find(const std::string& run_id);
    Result<TrainingState*> find_live(const std::string& run_id);
    TrainingSession* session_to_ask(TrainingState& training);
    void begin_next();
    void begin(Work& work);
    bool take_update(Work& work);
    void keep_epoch(SessionUpdate& update, const TrainingState& training, Work& work);
    void end(const SessionUpdate& update, const TrainingState& training);
    void fail_run(const std::string& run_id, const std::string& message);
    void finish(const Run& run, const Model* model, bool keeps_checkpoint);
    std::vector<TrainingSession*> sessions() const;
    void share_threads();
    void set_resting(bool resting);
    void sort();

    State& state_;
    RunStore& run_store_;
    TrainingHost& host_;
    Clock clock_;
    TrainingSession::Kind sessions_kind_;
    bool resting_ = false;
    double rests_until_ = 0;
    std::vector<std::unique_ptr<Work>> works_;  ///< one per training that has not ended, in the state's order
};

}  // namespace digitlab
