#include "train/training_batches.h"

#include "train/batch.h"
#include "train/training_rows.h"

namespace digitlab {

TrainingBatches::TrainingBatches(const ExperimentSpec& spec, const TrainingInput& input, Network& network, ThreadPool& pool)
    : spec_(spec),
      network_(network),
      pool_(pool),
      data_(input.data),
      validation_(input.validation ? input.validation : input.data.train),
      test_rows_(all_rows(data_.test->rows())),
      train_labels_(training_labels(spec, *data_.train)),
      labels_(static_cast<std::size_t>(network.batch_capacity())) {
    if (input.validation) {
        split_ = {all_rows(data_.train->rows()), all_rows(validation_->rows())};
    } else {
        split_ = choose_training_rows(spec, data_.train->rows());
    }
}

void TrainingBatches::start_epoch(int epoch) {
    epoch_ = epoch;
    order_ = split_.train;
    order_rows(order_, spec_, train_labels_, epoch);
}

int TrainingBatches::training_count() const { return batches_for(split_.train.size(), spec_.batch_size); }
int TrainingBatches::validation_count() const { return batches_for(split_.validation.size(), network_.batch_capacity()); }
int TrainingBatches::test_count() const { return batches_for(test_rows_.size(), network_.batch_capacity()); }

std::span<const std::uint8_t> TrainingBatches::load_training(int batch) {
    const auto rows = slice(order_, batch, spec_.batch_size);
    if (spec_.augmentation.any()) {
        gather_augmented_images(*data_.train, rows, faded(spec_.augmentation, epoch_, spec_.epochs), spec_.seed, epoch_,
                                network_.input(), pool_);
    } else {
        gather_images(*data_.train, rows, network_.input(), pool_);
    }
    return load_labels(train_labels_, rows);
}

std::span<const std::uint8_t> TrainingBatches::load_validation(int batch) {
    return load(*validation_, split_.validation, batch);
}
std::span<const std::uint8_t> TrainingBatches::load_test(int batch) { return load(*data_.test, test_rows_, batch); }

std::span<const std::uint8_t> TrainingBatches::load(const Dataset& from, std::span<const std::uint32_t> all, int batch) {
    const auto rows = slice(all, batch, network_.batch_capacity());
    gather_images(from, rows, network_.input(), pool_);
    return load_labels(from.labels, rows);
}

std::span<const std::uint8_t> TrainingBatches::load_labels(std::span<const std::uint8_t> all,
                                                           std::span<const std::uint32_t> rows) {
    for (std::size_t i = 0; i < rows.size(); ++i) labels_[i] = all[rows[i]];
    return std::span(labels_).first(rows.size());
}

}  // namespace digitlab
