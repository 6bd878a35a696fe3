#pragma once

#include <cstdint>

#include "base/result.h"
#include "base/thread_pool.h"
#include "data/dataset.h"
#include "nn/model_file.h"
#include "train/metrics.h"

namespace digitlab {

/// Rows at a time in validation and test, where the batches of training are smaller: few enough for a slice of a few
/// milliseconds and little memory, enough to be fast.
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
    double mean_loss() const { return rows > 0 ? loss / static_cast<double>(rows) : 0; }
    double accuracy() const { return rows > 0 ? static_cast<double>(correct) / static_cast<double>(rows) : 0; }
};

/// Runs a model over a whole data set and counts. For `digitlab eval` and for comparing stored models. Codes "bad-model", and
/// "bad-data" when the model knows other classes.
Result<TestResult> evaluate_model(const Model& model, const Dataset& data, ThreadPool& pool);

}  // namespace digitlab
