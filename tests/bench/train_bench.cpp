// Training and inference speed of every architecture of the catalogue, in pictures per second.
//
//   digitlab_bench [threads [seconds per architecture [architecture]]]

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/random.h"
#include "base/thread_pool.h"
#include "nn/network.h"
#include "nn/optimizer.h"

using namespace digitlab;

namespace {

constexpr int batch_size = 64;

void fill_with_noise(Network& network) {
    RandomStream random(1, RandomPurpose::sampling);
    for (float& value : network.input()) value = random.uniform() < 0.2F ? random.uniform() : 0.0F;
}

/// Calls `work` for about `secs` seconds; calls per second of the best fifth of that time.
template <class Work>
double calls_per_second(double secs, Work&& work) {
    for (int i = 0; i < 3; ++i) work();
    double best = 0;
    for (int part = 0; part < 5; ++part) {
        const double start = monotonic_secs();
        int calls = 0;
        double now = start;
        for (; now - start < secs / 5; now = monotonic_secs(), ++calls) work();
        best = std::max(best, calls / (now - start));
    }
    return best;
}

void measure(const Architecture& architecture, int threads, double secs) {
    ThreadPool pool(threads);
    auto network = Network::create(architecture, batch_size, NetworkUse::training, pool);
    if (!network) {
        std::printf("%s: %s\n", architecture.id.c_str(), network.error().message.c_str());
        return;
    }
    network->initialise(1);
    fill_with_noise(*network);
    Optimizer optimizer(OptimizerSpec{}, std::as_const(*network).parameters());
    std::vector<std::uint8_t> labels(batch_size);
    for (std::size_t i = 0; i < labels.size(); ++i) labels[i] = static_cast<std::uint8_t>(i % 10);
    double forward_flops = 0;
    const auto shapes = infer_shapes(architecture).value();
    for (const LayerShape& shape : shapes) forward_flops += static_cast<double>(shape.forward_flops);

    const double training = batch_size * calls_per_second(secs, [&] {
                                network->train_batch(labels, 1, optimizer.steps());
                                optimizer.step(network->parameters(), 1e-6F, pool);
                            });
    const double answering = batch_size * calls_per_second(secs / 2, [&] { network->forward(batch_size); });
    const double single = calls_per_second(secs / 4, [&] { network->forward(1); });
    std::printf("%-14s %10.0f trained/s  %6.1f GFLOP/s   %10.0f answered/s   %8.4f ms for one\n", architecture.id.c_str(),
                training, training * 3 * forward_flops * 1e-9, answering, 1000 / single);
    std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
    const int threads = argc > 1 ? std::atoi(argv[1]) : hardware_threads();
    const double secs = argc > 2 ? std::atof(argv[2]) : 2;
    std::printf("%d threads, batches of %d, Adam\n", threads, batch_size);
    for (const Architecture& architecture : catalogue()) {
        if (argc <= 3 || architecture.id == argv[3]) measure(architecture, threads, secs);
    }
}
