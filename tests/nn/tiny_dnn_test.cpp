// What this project relies on, or works around, in tiny-dnn 1.0.0a3.

#include <tiny_dnn/layers/layer.h>

#include <catch2/catch_test_macros.hpp>

#include "nn/layers/dense_layer.h"
#include "nn/layers/make_layers.h"

using namespace digitlab;

namespace {

/// The smallest layer tiny-dnn accepts: output = input + weight.
class PlainLayer : public tiny_dnn::layer {
   public:
    PlainLayer() : layer({tiny_dnn::vector_type::data, tiny_dnn::vector_type::weight}, {tiny_dnn::vector_type::data}) {}
    std::vector<tiny_dnn::shape3d> in_shape() const override { return {{2, 1, 1}, {2, 1, 1}}; }
    std::vector<tiny_dnn::shape3d> out_shape() const override { return {{2, 1, 1}}; }
    std::string layer_type() const override { return "plain"; }
    void forward_propagation(const std::vector<tiny_dnn::tensor_t*>&, std::vector<tiny_dnn::tensor_t*>&) override {}
    void back_propagation(const std::vector<tiny_dnn::tensor_t*>&, const std::vector<tiny_dnn::tensor_t*>&,
                          std::vector<tiny_dnn::tensor_t*>&, std::vector<tiny_dnn::tensor_t*>&) override {}
};

}  // namespace

TEST_CASE("tiny-dnn keeps a weight gradient for every sample") {
    PlainLayer layer;
    layer.setup(true);
    layer.set_sample_count(5);
    CHECK(layer.weights_grads()[0]->size() == 5);
}

TEST_CASE("a folded layer keeps one weight gradient and one sample for the whole batch") {
    BatchContext context;
    DenseLayer layer({1, 1, 3}, {4, 1, 1}, Activation::none, 5, context);
    layer.setup(true);
    layer.set_sample_count(5);
    for (const auto* gradient : layer.weights_grads()) CHECK(gradient->size() == 1);
    CHECK((*layer.inputs()[0]->get_data()).size() == 1);
    CHECK((*layer.inputs()[0]->get_data())[0].size() == 15);
    CHECK((*layer.outputs()[0]->get_data())[0].size() == 20);
}

TEST_CASE("connected layers share one edge, and values are aligned for vectors") {
    BatchContext context;
    const Architecture mlp = find_architecture("mlp").value();
    const auto layers = make_layers(mlp, infer_shapes(mlp).value(), 2, context);
    CHECK(layers[0]->outputs()[0] == layers[1]->inputs()[0]);
    const auto& data = (*layers[0]->outputs()[0]->get_data())[0];
    CHECK(reinterpret_cast<std::uintptr_t>(data.data()) % 64 == 0);
}

TEST_CASE("setup draws new weights only when asked to") {
    BatchContext context;
    DenseLayer layer({1, 1, 3}, {4, 1, 1}, Activation::none, 1, context);
    layer.setup(true);
    const tiny_dnn::vec_t before = *layer.weights()[0];
    layer.setup(false);
    CHECK(*layer.weights()[0] == before);
    layer.setup(true);
    CHECK(*layer.weights()[0] != before);
}
