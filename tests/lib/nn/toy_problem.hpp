#pragma once

#include "core/random.hpp"
#include "data/labelled_images.hpp"
#include "nn/dense.hpp"
#include "nn/flatten.hpp"
#include "nn/sequential.hpp"

namespace handbuilt::nn::toy {

inline constexpr int kSide = 4;
inline constexpr int kClasses = 4;

/// Grey noise with one bright quadrant, which is the class: easy for any network that learns at all.
inline data::LabelledImages quadrants(int count, std::uint64_t seed) {
  Random random(seed, "quadrants");
  data::LabelledImages samples{Tensor({count, 1, kSide, kSide}), {}};
  for (int n = 0; n < count; ++n) {
    const int label = random.below(kClasses);
    samples.labels.push_back(label);
    for (int y = 0; y < kSide; ++y)
      for (int x = 0; x < kSide; ++x) {
        const bool bright = y / (kSide / 2) * 2 + x / (kSide / 2) == label;
        samples.images(n, 0, y, x) = static_cast<float>(random.uniform(0, 0.5) + (bright ? 0.5 : 0));
      }
  }
  return samples;
}

/// A linear classifier of such images.
inline Sequential<float> linear_network(std::uint64_t seed) {
  Random random(seed, "weights");
  Sequential<float> network;
  network.add<Flatten>();
  network.add<Dense>(DenseOptions{.inputs = kSide * kSide, .outputs = kClasses}, random);
  return network;
}

/// All weights and biases in one list.
inline std::vector<float> weights_of(const Sequential<float>& network) {
  Sequential<float> copy = network;
  std::vector<float> weights;
  for (const Parameter<float>* parameter : copy.parameters())
    weights.insert(weights.end(), parameter->value.begin(), parameter->value.end());
  return weights;
}

}  // namespace handbuilt::nn::toy
