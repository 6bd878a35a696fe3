#pragma once

#include <cstdint>

#include "base/result.h"
#include "base/thread_pool.h"
#include "data/dataset.h"
#include "nn/model_file.h"
#include "train/metrics.h"

namespace digitlab {

/// The smallest batch in validation and test, if training uses smaller ones: small enough for steps of a few milliseconds and
/// little memory, large enough to be fast.
inline constexpr int least_evaluation_batch = 64;

/// Sums over the batches of one pass.
struct Totals {
    double loss = 0;
    std::int64_t correct = 0;
    std::int64_t rows = 0;

    void add(const BatchResult& batch) {
        loss += batch.loss_sum;
        correct += batch.correct;
        rows += batch.rows;
    }
    void add(const Totals& more) {
        loss += more.loss;
        correct += more.correct;
        rows += more.rows;
    }
    double mean_loss() const { return rows > 0 ? loss / static_cast<double>(rows) : 0; }
    double accuracy() const { return rows > 0 ? static_cast<double>(correct) / static_cast<double>(rows) : 0; }
};

/// Evaluates a model on a whole data set, for `digitlab eval` and for comparing stored models. Fails with "bad-model", or
/// "bad-data" if the model knows other classes.
Result<TestResult> evaluate_model(const Model& model, const Dataset& data, ThreadPool& pool);

}  // namespace digitlab
