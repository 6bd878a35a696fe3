#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "data/dataset.h"
#include "data/digit_pixels.h"
#include "nn/network.h"

namespace digitlab {

// Two explanations of a network's answer. Both take many forward passes, so they run in steps of one batch.

inline constexpr int occlusion_patch = 5;  ///< side of the square that is removed, in pixels of 28

/// How a network's answer changes when a square of ink is removed, for every place of the square (Zeiler and Fergus,
/// "Visualizing and understanding convolutional networks", 2014). Places without ink change nothing and are skipped.
class OcclusionMap {
   public:
    /// Logits are divided by `temperature`, as the model's answers are.
    explicit OcclusionMap(const DigitPixels& pixels, double temperature = 1);

    /// Evaluates as many places as fit in one batch of the network; does nothing once finished. Every call must pass the same
    /// network.
    void step(Network& network);
    bool finished() const { return !whole_.empty() && next_ == places_.size(); }
    double share_done() const;

    /// Probability of `digit` for the whole picture; 0 before the first step.
    float probability(int digit) const;
    /// The lowest probability of `digit` found so far, with at most one square removed.
    float lowest_probability(int digit) const;
    /// For the pixel in the middle of each square: log p(digit | whole) - log p(digit | without), in nats. Positive: the ink
    /// there speaks for the digit; negative: against it.
    std::array<float, digit_pixels> effect(int digit) const;

   private:
    DigitPixels without(int place) const;

    DigitPixels pixels_;
    double temperature_;
    std::vector<int> places_;     ///< middle pixels of the squares that hold ink
    std::size_t next_ = 0;        ///< index into places_
    std::vector<float> whole_;    ///< (classes) log-probabilities; empty before the first step
    std::vector<float> reduced_;  ///< (places done, classes)
};

/// A training image similar to the one asked about.
struct Neighbour {
    std::uint32_t row = 0;  ///< of the data set
    float distance = 0;
};

inline constexpr std::size_t most_indexed_rows = 10000;

/// A network's features of a sample of training images: the inputs of its last layer. Images that the network considers
/// similar lie close together there, whatever their pixels.
class FeatureIndex {
   public:
    /// Samples `most` rows, spread evenly, or fewer if their features would take more than 64 MB.
    FeatureIndex(std::shared_ptr<const Dataset> data, std::size_t feature_count, std::size_t most = most_indexed_rows);

    /// Indexes as many images as fit in one batch of the network; does nothing once finished. Every call must pass the same
    /// network.
    void step(Network& network);
    bool finished() const { return done_ == rows_; }
    std::size_t rows_done() const { return done_; }
    std::size_t rows() const { return rows_; }
    const Dataset& data() const { return *data_; }

    /// The `count` nearest of the images indexed so far, by Euclidean distance between features, nearest first.
    std::vector<Neighbour> nearest(std::span<const float> features, std::size_t count) const;

   private:
    std::uint32_t row(std::size_t index) const { return static_cast<std::uint32_t>(index * data_->rows() / rows_); }

    std::shared_ptr<const Dataset> data_;
    std::size_t feature_count_, rows_, done_ = 0;
    std::vector<float> features_;  ///< (rows done, features)
};

}  // namespace digitlab
