#include "train/benchmark.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>

#include "base/clock.h"
#include "base/json_reader.h"
#include "base/random.h"
#include "base/thread_pool.h"
#include "nn/kernels/peak.h"
#include "nn/network.h"
#include "nn/optimizer.h"

namespace digitlab {

namespace {

constexpr int most_batch = 1024;
constexpr double most_secs = 60;
constexpr int samples = 9;

/// The median and the extremes of nine measurements of a rate or time.
Json spread(std::vector<double> values) {
    std::ranges::sort(values);
    return {{"median", values[values.size() / 2]}, {"low", values.front()}, {"high", values.back()}};
}

/// Seconds per call of `work`, in `samples` measurements of secs / samples seconds each, after a warm-up.
template <class Work>
std::vector<double> time_calls(double secs, Work&& work) {
    for (int i = 0; i < 3; ++i) work();
    std::vector<double> times;
    for (int sample = 0; sample < samples; ++sample) {
        const double start = monotonic_secs();
        int calls = 0;
        double now = start;
        for (; now - start < secs / samples || calls == 0; now = monotonic_secs(), ++calls) work();
        times.push_back((now - start) / calls);
    }
    return times;
}

Json rate(std::vector<double> secs_per_call, int images) {
    for (double& secs : secs_per_call) secs = images / secs;
    return spread(std::move(secs_per_call));
}

Json milliseconds(std::vector<double> secs_per_call) {
    for (double& secs : secs_per_call) secs *= 1000;
    return spread(std::move(secs_per_call));
}

/// A network that trains on noise.
class Bench {
   public:
    static Result<Bench> create(const Architecture& architecture, int batch_size, ThreadPool& pool) {
        auto network = Network::create(architecture, batch_size, NetworkUse::training, pool);
        if (!network) return tl::unexpected(network.error());
        return Bench(std::move(*network), batch_size, pool);
    }

    BatchResult step() {
        const BatchResult result = network_.train_batch(labels_, 1, optimizer_.steps());
        update();
        return result;
    }
    void update() { optimizer_.step(network_.parameters(), 1e-5F, *pool_); }
    void answer(int rows) { network_.forward(rows); }
    void time_layers(std::vector<LayerTime>& times) {
        network_.time_batch(labels_, 1, optimizer_.steps(), times);
        update();
    }

   private:
    Bench(Network network, int batch_size, ThreadPool& pool)
        : pool_(&pool),
          network_(std::move(network)),
          optimizer_(OptimizerSpec{}, std::as_const(network_).parameters()),
          labels_(static_cast<std::size_t>(batch_size)) {
        network_.initialise(1);
        RandomStream random(1, RandomPurpose::sampling);
        for (float& value : network_.input()) value = random.uniform() < 0.2F ? random.uniform() : 0.0F;
        for (std::size_t i = 0; i < labels_.size(); ++i) labels_[i] = static_cast<std::uint8_t>(i % 10);
    }

    ThreadPool* pool_;
    Network network_;
    Optimizer optimizer_;
    std::vector<std::uint8_t> labels_;
};

/// GFLOP/s of work that takes `ms`.
double gflops(double flops, double ms) { return ms > 0 ? flops / ms * 1e-6 : 0; }

Json layer_table(Bench& bench, const std::vector<LayerShape>& shapes, const BenchmarkOptions& options) {
    std::vector<LayerTime> times;
    std::vector<std::vector<double>> forward(shapes.size()), backward(shapes.size());
    const double start = monotonic_secs();
    do {
        times.clear();
        bench.time_layers(times);
        for (std::size_t i = 0; i < times.size(); ++i) {
            forward[i].push_back(times[i].forward_secs * 1000);
            backward[i].push_back(times[i].backward_secs * 1000);
        }
    } while (monotonic_secs() - start < options.secs);
    Json table = Json::array();
    for (std::size_t i = 0; i < shapes.size(); ++i) {
        const double flops = static_cast<double>(shapes[i].forward_flops) * options.batch_size;
        const double forward_ms = spread(forward[i])["median"], backward_ms = spread(backward[i])["median"];
        // The first layer does not compute the gradient of its input.
        const double backward_flops = shapes[i].parameters > 0 && i > 0 ? 2 * flops : flops;
        table.push_back({{"layer", times[i].layer},
                         {"forwardMs", forward_ms},
                         {"backwardMs", backward_ms},
                         {"forwardGflops", gflops(flops, forward_ms)},
                         {"backwardGflops", gflops(backward_flops, backward_ms)}});
    }
    return table;
}

Result<Json> measure(const Architecture& architecture, const BenchmarkOptions& options, ThreadPool& pool,
                     ThreadPool& one_thread) {
    auto bench = Bench::create(architecture, options.batch_size, pool);
    if (!bench) return tl::unexpected(bench.error());
    auto alone = Bench::create(architecture, options.batch_size, one_thread);
    if (!alone) return tl::unexpected(alone.error());
    for (int i = 0; i < 3; ++i) {
        const double loss = bench->step().loss_sum, same_loss = alone->step().loss_sum;
        if (!std::isfinite(loss) || loss != same_loss) {
            return fail("wrong-result", architecture.id + " computes another loss with several threads than with one.");
        }
    }
    const auto shapes = infer_shapes(architecture).value();
    double flops = 0;
    for (const LayerShape& shape : shapes) flops += static_cast<double>(shape.forward_flops);

    Json json = {{"id", architecture.id}, {"parameters", parameter_count(architecture)}, {"forwardFlops", flops}};
    json["trainImagesPerSecond"] = rate(time_calls(options.secs, [&] { bench->step(); }), options.batch_size);
    json["oneThreadTrainImagesPerSecond"] = rate(time_calls(options.secs, [&] { alone->step(); }), options.batch_size);
    json["testImagesPerSecond"] =
        rate(time_calls(options.secs / 2, [&] { bench->answer(options.batch_size); }), options.batch_size);
    json["oneImageMs"] = milliseconds(time_calls(options.secs / 4, [&] { alone->answer(1); }));
    json["optimizerMs"] = milliseconds(time_calls(options.secs / 4, [&] { bench->update(); }));
    if (options.layers) json["layers"] = layer_table(*bench, shapes, options);
    return json;
}

}  // namespace

Result<BenchmarkOptions> benchmark_options_from_json(const Json& json) {
    BenchmarkOptions options;
    if (json.is_null()) return options;
    JsonReader reader(json, {"bad-benchmark"}, "A benchmark is described by an object.");
    reader.optional("batchSize", options.batch_size);
    reader.optional("secs", options.secs);
    reader.optional("layers", options.layers);
    reader.optional("architectures", options.architectures);
    reader.check(options.batch_size >= 1 && options.batch_size <= most_batch, "The batch size must be from 1 to 1024.");
    reader.check(options.secs > 0 && options.secs <= most_secs, "The seconds must be above 0 and at most 60.");
    for (const std::string& id : options.architectures) reader.keep(find_architecture(id));
    return reader.finish(std::move(options));
}

Result<Json> run_benchmark(const BenchmarkOptions& options, int threads) {
    ThreadPool pool(threads), one_thread(1);
    const KernelSpeed kernel = measure_matrix_kernel(options.secs / 4);
    if (!kernel.right) return fail("wrong-result", "The matrix product computes wrongly.");
    const double peak = measure_peak(one_thread, options.secs / 4);
    Json json = {{"threads", pool.threads()}, {"batchSize", options.batch_size}};
    json["peakGflops"] = {{"oneThread", peak * 1e-9}, {"allThreads", measure_peak(pool, options.secs / 4) * 1e-9}};
    json["kernel"] = {{"gflops", kernel.flops_per_sec * 1e-9}, {"shareOfPeak", kernel.flops_per_sec / peak}};
    json["architectures"] = Json::array();
    for (const Architecture& architecture : catalogue()) {
        const bool wanted = options.architectures.empty() || std::ranges::count(options.architectures, architecture.id) > 0;
        if (!wanted) continue;
        auto one = measure(architecture, options, pool, one_thread);
        if (!one) return one;
        json["architectures"].push_back(std::move(*one));
    }
    return json;
}

}  // namespace digitlab
