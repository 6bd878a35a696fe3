#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "base/result.h"

namespace digitlab {

struct BenchmarkOptions {
    std::vector<std::string> architectures;  ///< ids; if empty, the whole catalogue
    int batch_size = 64;
    double secs = 1;      ///< per architecture and measurement
    bool layers = false;  ///< also time every layer
};

/// JSON: {architectures, batchSize, secs, layers}, all optional. Fails with "bad-benchmark".
Result<BenchmarkOptions> benchmark_options_from_json(const Json& json);

/// Measures how fast this build trains and answers, on images of noise:
/// {threads, batchSize, peakGflops: {oneThread, allThreads}, kernel: {gflops, shareOfPeak}, architectures: [{id, parameters,
/// forwardFlops, trainImagesPerSecond, oneThreadTrainImagesPerSecond, testImagesPerSecond, oneImageMs: {median, low, high},
/// optimizerMs, layers: [{layer, forwardMs, backwardMs, forwardGflops, backwardGflops}]}]}.
/// `allThreads` and layer times are for `threads` threads. Fails with "wrong-result" if a result is incorrect.
Result<Json> run_benchmark(const BenchmarkOptions& options, int threads);

}  // namespace digitlab
