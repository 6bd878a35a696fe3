#include <cstdio>
#include <string>

#include "commands.h"
#include "nn/architecture.h"
#include "open_app.h"
#include "train/benchmark.h"

namespace digitlab::cli {

namespace {

Outcome list_architectures(bool json) {
    Json list = Json::array();
    for (const Architecture& architecture : catalogue()) {
        list.push_back(to_json(architecture));
        if (!json) std::printf("%-14s %9zu parameters\n", architecture.id.c_str(), parameter_count(architecture));
    }
    return list;
}

double median(const Json& figures, const char* name) { return figures[name]["median"].get<double>(); }

void print_benchmark(const Json& result) {
    std::printf("%d threads, batches of %d; peak %.1f GFLOP/s on one thread, %.1f on all; matrix kernel %.0f %% of it\n",
                result["threads"].get<int>(), result["batchSize"].get<int>(), result["peakGflops"]["oneThread"].get<double>(),
                result["peakGflops"]["allThreads"].get<double>(), 100 * result["kernel"]["shareOfPeak"].get<double>());
    for (const Json& one : result["architectures"]) {
        std::printf("%-14s %9.0f trained/s  %9.0f on one thread  %9.0f answered/s  %8.4f ms for one\n",
                    one["id"].get<std::string>().c_str(), median(one, "trainImagesPerSecond"),
                    median(one, "oneThreadTrainImagesPerSecond"), median(one, "testImagesPerSecond"),
                    median(one, "oneImageMs"));
        for (const Json& layer : one.value("layers", Json::array())) {
            std::printf("    %-16s forward %8.4f ms %7.1f GFLOP/s   backward %8.4f ms %7.1f GFLOP/s\n",
                        layer["layer"].get<std::string>().c_str(), layer["forwardMs"].get<double>(),
                        layer["forwardGflops"].get<double>(), layer["backwardMs"].get<double>(),
                        layer["backwardGflops"].get<double>());
        }
    }
}

}  // namespace

Outcome bench(const Options& options) {
    if (options.list) return list_architectures(options.json);
    Json wanted = {{"secs", options.secs}, {"layers", options.layers}, {"architectures", options.bench_architectures}};
    if (options.batch_size) wanted["batchSize"] = *options.batch_size;
    const auto parsed = benchmark_options_from_json(wanted);
    if (!parsed) return tl::unexpected(parsed.error());
    auto result = run_benchmark(*parsed, threads_to_use(options));
    if (!result) return tl::unexpected(result.error());
    (*result)["variant"] = "native";
    if (!options.json) print_benchmark(*result);
    return *result;
}

}  // namespace digitlab::cli
