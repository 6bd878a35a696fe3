#include "nn/architecture.h"

namespace digitlab {

namespace {

LayerSpec conv(int filters, int kernel, Activation activation, int padding = 0) {
    LayerSpec layer;
    layer.kind = LayerKind::convolution;
    layer.units = filters;
    layer.kernel = kernel;
    layer.padding = padding;
    layer.activation = activation;
    return layer;
}

LayerSpec pool(LayerKind kind, int size = 2) {
    LayerSpec layer;
    layer.kind = kind;
    layer.pool = size;
    return layer;
}

LayerSpec dense(int units, Activation activation = Activation::none) {
    LayerSpec layer;
    layer.units = units;
    layer.activation = activation;
    return layer;
}

LayerSpec batch_norm(Activation activation = Activation::none) {
    LayerSpec layer;
    layer.kind = LayerKind::batch_norm;
    layer.activation = activation;
    return layer;
}

LayerSpec add(int from, Activation activation) {
    LayerSpec layer;
    layer.kind = LayerKind::add;
    layer.from = from;
    layer.activation = activation;
    return layer;
}

LayerSpec dropout(float rate) {
    LayerSpec layer;
    layer.kind = LayerKind::dropout;
    layer.rate = rate;
    return layer;
}

std::vector<Architecture> make_catalogue() {
    using enum Activation;
    const LayerSpec max_pool = pool(LayerKind::max_pool);
    const LayerSpec average_pool = pool(LayerKind::average_pool);
    return {
        {"softmax", "Softmax regression", "One layer: each pixel votes for each digit.", {dense(10)}},
        {"mlp",
         "Multi-layer perceptron",
         "A hidden layer of 128 units learns combinations of pixels.",
         {dense(128, relu), dense(10)}},
        {"small-cnn",
         "Small CNN",
         "32 small filters look for strokes all over the picture before two dense layers decide.",
         {conv(32, 3, relu), max_pool, dense(64, relu), dense(10)}},
        {"two-pool-cnn",
         "Two-pool CNN",
         "Two rounds of filters and pooling: strokes, then combinations of strokes.",
         {conv(32, 3, relu), max_pool, conv(64, 3, relu), max_pool, dense(128, relu), dropout(0.5F), dense(10)}},
        {"deeper-cnn",
         "Deeper CNN",
         "Two layers of filters at full resolution and dropout: accurate and heavy.",
         {conv(32, 3, relu), conv(64, 3, relu), max_pool, dropout(0.25F), dense(128, relu), dropout(0.5F), dense(10)}},
        {"lenet-5",
         "LeNet-5",
         "The classic of 1998 that read cheques: tanh units and average pooling.",
         {conv(6, 5, tanh, 2), average_pool, conv(16, 5, tanh), average_pool, dense(120, tanh), dense(84, tanh), dense(10)}},
        {"resnet",
         "Residual network",
         "Two residual blocks with batch normalisation: layers that correct what they get instead of replacing it.",
         {conv(16, 3, none, 1),
          batch_norm(relu),
          max_pool,
          conv(32, 3, none, 1),
          batch_norm(relu),  // 5
          conv(32, 3, none, 1),
          batch_norm(relu),
          conv(32, 3, none, 1),
          batch_norm(),
          add(5, relu),
          max_pool,
          conv(64, 3, none, 1),
          batch_norm(relu),  // 13
          conv(64, 3, none, 1),
          batch_norm(relu),
          conv(64, 3, none, 1),
          batch_norm(),
          add(13, relu),
          pool(LayerKind::average_pool, 7),
          dense(10)}},
        {"sprint",
         "Sprint",
         "Made to reach 99 % as fast as possible.",
         {conv(24, 5, relu), max_pool, conv(32, 3, relu), max_pool, dense(256, relu), dense(10)}},
        {"champion",
         "Champion",
         "The most accurate: a wide residual network, trained on pictures that are varied every time.",
         {conv(24, 3, none, 1), batch_norm(relu), max_pool,
          conv(48, 3, none, 1),
          batch_norm(relu),  // 5
          conv(48, 3, none, 1), batch_norm(relu), conv(48, 3, none, 1),
          batch_norm(),         add(5, relu),     max_pool,
          conv(96, 3, none, 1),
          batch_norm(relu),  // 13
          conv(96, 3, none, 1), batch_norm(relu), conv(96, 3, none, 1),
          batch_norm(),         add(13, relu),    pool(LayerKind::average_pool, 7),
          dropout(0.3F),        dense(10)}},
    };
}

}  // namespace

const std::vector<Architecture>& catalogue() {
    static const std::vector<Architecture> all = make_catalogue();
    return all;
}

Result<Architecture> find_architecture(const std::string& id) {
    std::string known;
    for (const Architecture& architecture : catalogue()) {
        if (architecture.id == id) return architecture;
        known += (known.empty() ? "" : ", ") + architecture.id;
    }
    return fail("unknown-architecture", "There is no architecture \"" + id + "\". Known are " + known + ".");
}

}  // namespace digitlab
