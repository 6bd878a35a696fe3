#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace digitlab {

/// The name of both halves of MNIST, and the ids of the data sets that come with the program.
inline constexpr const char* mnist_name = "MNIST";
inline constexpr const char* mnist_id = "mnist";
inline constexpr const char* fashion_id = "fashion-mnist";

inline constexpr int fewest_classes = 2, most_classes = 100;

/// What the classes of a data set are: the digits 0 to 9, or anything else.
enum class DataKind { digits, other };

/// Labelled greyscale images, kept as the original bytes (0 paper, 255 ink); they are scaled to [0, 1] when a batch is
/// gathered.
struct Dataset {
    std::string name;
    int height = 28;
    int width = 28;
    int classes = 10;
    DataKind kind = DataKind::other;
    std::vector<std::uint8_t> pixels;  ///< (rows, height, width)
    std::vector<std::uint8_t> labels;  ///< (rows), each < classes
    /// (classes) names to show, the same in both halves; if empty, the numbers of the classes are shown.
    std::vector<std::string> class_names;

    std::size_t rows() const { return labels.size(); }
    std::size_t image_size() const { return static_cast<std::size_t>(height) * static_cast<std::size_t>(width); }
    std::span<const std::uint8_t> image(std::size_t row) const {
        return std::span(pixels).subspan(row * image_size(), image_size());
    }
};

/// The name of class `index`, or its number if it has no name.
inline std::string class_name(const std::vector<std::string>& names, int index) {
    const auto place = static_cast<std::size_t>(index);
    return index >= 0 && place < names.size() ? names[place] : std::to_string(index);
}

/// The two halves of a data set. They are shared between trainers and never change.
struct DataPair {
    std::shared_ptr<const Dataset> train;
    std::shared_ptr<const Dataset> test;
};

}  // namespace digitlab
