#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "base/result.h"

namespace digitlab {

struct BenchmarkOptions {
    std::vector<std::string> architectures;  ///< ids; none: the whole catalogue
    int batch_size = 64;
    double secs = 1;      ///< per architecture and figure
    bool layers = false;  ///< also time every layer
};

/// JSON: {architectures, batchSize, secs, layers}, all optional. Code "bad-benchmark".
Result<BenchmarkOptions> benchmark_options_from_json(const Json& json);

/// Measures how fast this build trains and answers, on pictures of noise:
/// {threads, batchSize, peakGflops: {oneThread, allThreads}, kernel: {gflops, shareOfPeak}, architectures: [{id, parameters,
/// forwardFlops, trainImagesPerSecond, oneThreadTrainImagesPerSecond, testImagesPerSecond, oneImageMs: {median, low, high},
/// optimizerMs, layers: [{layer, forwardMs, backwardMs, forwardGflops, backwardGflops}]}]}.
/// `allThreads` and layer times are of `threads` threads. Refuses to time what computes wrongly: code "wrong-result".
Result<Json> run_benchmark(const BenchmarkOptions& options, int threads);

}  // namespace digitlab
