#pragma once

#include <tiny_dnn/layers/layer.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "base/thread_pool.h"
#include "nn/architecture.h"

namespace digitlab {

/// What the layers of one network share during a step. The network changes it between steps.
struct BatchContext {
    ThreadPool* pool = nullptr;
    int rows = 0;           ///< of the current batch, <= capacity
    bool training = false;  ///< dropout is on
    std::uint64_t seed = 0;
    std::uint64_t step = 0;
};

/// The most shards that a batch is divided into for sums over its rows: each shard has its own sums, which are added in order,
/// so that they do not depend on the number of threads.
inline constexpr int most_shards = 16;

/// Sizes of layers are int, as in tiny-dnn; those of containers are not.
inline std::size_t index(int i) { return static_cast<std::size_t>(i); }

/// A layer's i-th input after its data.
struct ParameterInfo {
    std::string name;        ///< "weight"
    std::vector<int> shape;  ///< (kernel height, kernel width, inputs, outputs), or (channels)
    bool trained = true;     ///< if false, the layer itself updates it, and it has no gradient
};

/// A tiny-dnn layer whose only sample is a whole mini-batch, (capacity, H, W, C) with channels last. By default, tiny-dnn keeps
/// a vector per sample and, for every edge, including weights, a gradient per sample; folding the batch into the shape makes
/// memory contiguous and leaves one gradient for each weight (tests/nn/tiny_dnn_test.cpp checks both).
///
/// forward_propagation and back_propagation work on the first `rows` rows; back_propagation overwrites the gradients of
/// weights with their sum over the rows, given the output's gradient.
class FoldedLayer : public tiny_dnn::layer {
   public:
    using Tensors = std::vector<tiny_dnn::tensor_t*>;

    FoldedLayer(Shape input, Shape output, int capacity, const BatchContext& context,
                const std::vector<tiny_dnn::vector_type>& input_types)
        : layer(input_types, {tiny_dnn::vector_type::data}),
          input_(input),
          output_(output),
          capacity_(capacity),
          context_(&context) {}

    /// The batch is one sample for any number of rows, so there is nothing to resize.
    void set_sample_count(tiny_dnn::serial_size_t) override {}

    std::vector<tiny_dnn::shape3d> in_shape() const override { return {folded(input_)}; }
    std::vector<tiny_dnn::shape3d> out_shape() const override { return {folded(output_)}; }

    /// The first layer does not compute the gradient of the images.
    void skip_input_gradient() { needs_input_gradient_ = false; }

    /// Allocates what training needs in addition to the edges.
    virtual void prepare_training() {}

    virtual std::vector<ParameterInfo> parameter_infos() const { return {}; }

    /// Sets the parameters that no random initialiser draws; called after the initialisers.
    virtual void initialise() {}

   protected:
    tiny_dnn::shape3d folded(const Shape& shape) const {
        return {static_cast<tiny_dnn::serial_size_t>(shape.channels),
                static_cast<tiny_dnn::serial_size_t>(shape.height * shape.width),
                static_cast<tiny_dnn::serial_size_t>(capacity_)};
    }
    int rows() const { return context_->rows; }
    ThreadPool& pool() const { return *context_->pool; }

    /// The number of input values of the current rows.
    std::size_t value_count() const { return static_cast<std::size_t>(rows()) * input_.size(); }

    /// Calls work(shard, first image, last image) in parallel, for at most `limit` shards of the current rows.
    template <class Work>
    void for_each_shard(int limit, Work&& work) {
        const int images = rows(), shards = std::min(images, limit);
        pool().run(shards, [&](int shard) {
            work(static_cast<std::size_t>(shard), images * shard / shards, images * (shard + 1) / shards);
        });
    }

    /// Calls work(first, last) for pieces of [0, count), in parallel.
    template <class Count, class Work>
    void for_each_piece(Count count, Count piece, Work&& work) {
        pool().run(static_cast<int>((count + piece - 1) / piece), [&](int task) {
            const Count first = static_cast<Count>(task) * piece;
            work(first, std::min(first + piece, count));
        });
    }

    static float* values(const Tensors& tensors, std::size_t index) { return (*tensors[index])[0].data(); }

    Shape input_, output_;
    int capacity_;
    const BatchContext* context_;
    bool needs_input_gradient_ = true;
};

}  // namespace digitlab
