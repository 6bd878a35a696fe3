#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "base/thread_pool.h"
#include "data/split.h"
#include "nn/network.h"
#include "train/training_input.h"

namespace digitlab {

/// The batches of a run: selects and orders their rows, and loads their images into the network's input.
class TrainingBatches {
   public:
    /// `spec`, `network` and `pool` must outlive it.
    TrainingBatches(const ExperimentSpec& spec, const TrainingInput& input, Network& network, ThreadPool& pool);

    /// Puts the training rows into the order for epoch number `epoch`, from 1.
    void start_epoch(int epoch);

    // The number of batches in a pass. Batches of validation and test are larger than those of training if memory allows.
    int training_count() const;
    int validation_count() const;
    int test_count() const;

    // Each loads the images of batch number `batch` into the network's input and returns their labels, which are valid until
    // the next call.
    std::span<const std::uint8_t> load_training(int batch);
    std::span<const std::uint8_t> load_validation(int batch);
    std::span<const std::uint8_t> load_test(int batch);

    const Dataset& validation() const { return *validation_; }
    std::span<const std::uint32_t> validation_rows() const { return split_.validation; }

   private:
    std::span<const std::uint8_t> load(const Dataset& from, std::span<const std::uint32_t> rows, int batch);
    std::span<const std::uint8_t> load_labels(std::span<const std::uint8_t> all, std::span<const std::uint32_t> rows);

    const ExperimentSpec& spec_;
    Network& network_;
    ThreadPool& pool_;
    DataPair data_;
    std::shared_ptr<const Dataset> validation_;  ///< the data set of the validation rows
    Split split_;
    std::vector<std::uint32_t> test_rows_;
    std::vector<std::uint8_t> train_labels_;  ///< of all rows of data_.train
    int epoch_ = 0;
    std::vector<std::uint32_t> order_;  ///< training rows in the order of this epoch
    std::vector<std::uint8_t> labels_;  ///< of the last loaded batch
};

}  // namespace digitlab
