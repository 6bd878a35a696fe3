#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace digitlab {

/// The name of MNIST's two halves.
inline constexpr const char* mnist_name = "MNIST";

/// Labelled grey pictures, kept as bytes (0 paper, 255 ink) exactly as they came; scaled to [0, 1] when a batch is
/// gathered.
struct Dataset {
    std::string name;
    int height = 28;
    int width = 28;
    int classes = 10;
    std::vector<std::uint8_t> pixels;  ///< (rows, height, width)
    std::vector<std::uint8_t> labels;  ///< (rows), each < classes

    std::size_t rows() const { return labels.size(); }
    std::size_t image_size() const { return static_cast<std::size_t>(height) * static_cast<std::size_t>(width); }
    std::span<const std::uint8_t> image(std::size_t row) const {
        return std::span(pixels).subspan(row * image_size(), image_size());
    }
};

/// The two halves of MNIST and its like. Shared between trainers, never changed once made.
struct DataPair {
    std::shared_ptr<const Dataset> train;
    std::shared_ptr<const Dataset> test;
};

}  // namespace digitlab
