#include "nn/kernels/winograd.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <vector>

#include "nn/kernels/matrix.h"
#include "nn/kernels/simd.h"
#include "nn/random_values.h"

using namespace digitlab;

namespace {

Convolution convolution_of(int in, int out, int height, int width, int padding, Activation activation = Activation::relu) {
    Convolution c;
    c.input = {in, height, width};
    c.output = {out, height + 2 * padding - 2, width + 2 * padding - 2};
    c.padding = padding;
    c.activation = activation;
    return c;
}

std::size_t at(int i) { return static_cast<std::size_t>(i); }

/// The results of a convolution, forward and backward.
struct Results {
    std::vector<float> output, weight_gradient, bias_gradient, input_gradient;
};

struct Case {
    Convolution c;
    int images;
    std::vector<float> input, weights, bias, output_gradient;

    Case(const Convolution& convolution, int count)
        : c(convolution),
          images(count),
          input(random_values(at(count) * c.input.size(), 1)),
          weights(random_values(c.weight_count(), 2)),
          bias(at(simd::padded(c.output.channels))),
          output_gradient(random_values(at(count) * c.output.size(), 3)) {
        std::ranges::copy(random_values(at(c.output.channels), 4), bias.begin());
        for (float& weight : weights) weight /= std::sqrt(9.0F * static_cast<float>(c.input.channels));
    }

    Results empty() const {
        return {std::vector<float>(at(images) * c.output.size()), std::vector<float>(c.weight_count()),
                std::vector<float>(bias.size()), std::vector<float>(input.size())};
    }

    Results direct() const {
        Results r = empty();
        std::vector<float> packed(c.packed_weight_count()), packed_back(c.packed_backward_weight_count()),
            padded(c.padded_input_count()), padded_gradient(c.padded_gradient_count());
        pack_weights(c, weights.data(), packed.data());
        pack_backward_weights(c, weights.data(), packed_back.data());
        for (std::size_t i = 0; i < at(images); ++i) {
            const float* x = input.data() + i * c.input.size();
            float* y = r.output.data() + i * c.output.size();
            convolve(c, x, packed.data(), bias.data(), padded.data(), y);
            convolve_backward(c, x, packed_back.data(), y, output_gradient.data() + i * c.output.size(),
                              {padded.data(), padded_gradient.data(), r.weight_gradient.data(), r.bias_gradient.data(),
                               r.input_gradient.data() + i * c.input.size(), i > 0});
        }
        return r;
    }

    /// Scratch starts as NaN, so that a value read before it is written shows.
    Results winograd() const {
        Results r = empty();
        const Winograd w(c);
        std::vector<float> u(w.weight_count(), NAN), back(w.backward_weight_count(), NAN), du(w.weight_count(), NAN),
            scratch(std::max(w.forward_scratch_count(), w.backward_scratch_count()), NAN);
        const int half = c.input.channels / 2;
        w.transform_weights(weights.data(), half, c.input.channels, u.data());
        w.transform_weights(weights.data(), 0, half, u.data());
        w.transpose_weights(u.data(), 0, Winograd::points, back.data());
        w.forward(images, input.data(), u.data(), bias.data(), scratch.data(), r.output.data());
        w.backward(images, input.data(), back.data(), r.output.data(), output_gradient.data(), scratch.data(), du.data(),
                   r.bias_gradient.data(), r.input_gradient.data());
        w.transform_weight_gradient(du.data(), 0, c.input.channels, r.weight_gradient.data());
        return r;
    }
};

/// The largest difference relative to the largest value.
double difference(const std::vector<float>& a, const std::vector<float>& b) {
    double most = 0, largest = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const double gap = std::abs(static_cast<double>(a[i]) - static_cast<double>(b[i]));
        if (!(gap <= most)) most = gap;  // also NaN
        largest = std::max(largest, std::abs(static_cast<double>(b[i])));
    }
    return most / largest;
}

}  // namespace

TEST_CASE("Winograd's convolution equals the direct one, forward and backward, for all shapes") {
    // No rectifiers: at their kink, a rounding error would switch a gradient on or off.
    for (const Convolution& c :
         {convolution_of(8, 8, 6, 6, 0, Activation::none), convolution_of(32, 64, 26, 26, 0, Activation::tanh),
          convolution_of(32, 32, 14, 14, 1, Activation::tanh), convolution_of(64, 64, 7, 7, 1, Activation::sigmoid),
          convolution_of(9, 17, 9, 13, 0, Activation::none), convolution_of(24, 10, 11, 5, 2, Activation::tanh),
          convolution_of(33, 20, 4, 28, 1, Activation::sigmoid), convolution_of(16, 16, 2, 2, 2, Activation::none)}) {
        for (const int images : {1, 3, 8}) {
            INFO(c.input.channels << " to " << c.output.channels << ", " << c.input.height << " x " << c.input.width
                                  << ", padding " << c.padding << ", " << images << " images");
            const Case test(c, images);
            const Results expected = test.direct(), actual = test.winograd();
            CHECK(difference(actual.output, expected.output) < 1e-5);
            CHECK(difference(actual.weight_gradient, expected.weight_gradient) < 2e-5);
            CHECK(difference(actual.bias_gradient, expected.bias_gradient) < 1e-5);
            CHECK(difference(actual.input_gradient, expected.input_gradient) < 1e-5);
        }
    }
}

TEST_CASE("Winograd's convolution suits 3 x 3 kernels with enough channels and pixels") {
    CHECK(Winograd::suits(convolution_of(8, 8, 6, 6, 0)));
    CHECK_FALSE(Winograd::suits(convolution_of(1, 32, 28, 28, 0)));
    CHECK_FALSE(Winograd::suits(convolution_of(16, 16, 5, 5, 0)));
    Convolution five = convolution_of(16, 16, 12, 12, 0);
    five.kernel = 5;
    CHECK_FALSE(Winograd::suits(five));
}
