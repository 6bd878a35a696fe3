// Trains on the real images; skipped with a message if tools/setup has not fetched them.

#include <catch2/catch_test_macros.hpp>

#include "base/clock.h"
#include "data/idx.h"
#include "train/trainer.h"

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define DIGITLAB_SANITIZED 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define DIGITLAB_SANITIZED 1
#endif
#ifndef DIGITLAB_SANITIZED
#define DIGITLAB_SANITIZED 0
#endif

using namespace digitlab;

namespace {

double accuracy_after_one_epoch(const char* id, int subset) {
    const auto data = read_mnist_folder(DIGITLAB_MNIST_DIR);
    if (!data) SKIP("no MNIST: " << data.error().message);
    ExperimentSpec spec = default_spec(find_architecture(id).value());
    spec.epochs = 1;
    spec.subset = subset;
    spec.validation_count = subset > 0 ? 500 : 5000;
    ThreadPool pool(2);
    auto trainer = Trainer::create(spec, *data, pool, monotonic_secs).value();
    while (!trainer->finished()) REQUIRE(trainer->step());
    return trainer->test()->accuracy;
}

}  // namespace

TEST_CASE("the perceptron learns MNIST in one epoch") {
    if (DIGITLAB_SANITIZED) {
        CHECK(accuracy_after_one_epoch("mlp", 6000) > 0.86);
    } else {
        CHECK(accuracy_after_one_epoch("mlp", 0) > 0.945);
    }
}

TEST_CASE("the small convolutional network learns from few images") {
    if (DIGITLAB_SANITIZED) SKIP("too slow under sanitizers");
    CHECK(accuracy_after_one_epoch("small-cnn", 6000) > 0.90);
}
