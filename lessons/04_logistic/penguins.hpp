#pragma once

#include <cstdint>
#include <vector>

#include "lessons/penguins.hpp"
#include "regression/softmax.hpp"

namespace handbuilt::lessons::logistic {

/// What softmax regression said of birds that it was not fitted on.
struct Identification {
  MatrixD probabilities;                         ///< [birds, species]
  std::vector<int> species;                      ///< [birds] what they were
  double base_rate_loss = 0;                     ///< log loss of saying the shares of the species every time
  [[nodiscard]] std::vector<int> named() const;  ///< [birds] the likeliest
};

/// Learns from seven birds in ten and names the other three, each species in its share on both sides. `columns` of
/// Penguins::x; all when empty.
Identification identify(const Penguins& penguins, std::uint64_t seed, double l2 = 1,
                        const std::vector<int>& columns = {});

}  // namespace handbuilt::lessons::logistic
