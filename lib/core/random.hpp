#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace handbuilt {

/// A stream of random numbers: xoshiro256++ seeded through SplitMix64. The same seed gives the same stream with every
/// compiler and standard library, because the distributions are written here and not borrowed.
///
/// Pass it by reference to whatever draws; never make one out of thin air inside a function.
///
/// Source: Blackman and Vigna (2021), "Scrambled linear pseudorandom number generators", ACM TOMS 47(4).
class Random {
 public:
  explicit Random(std::uint64_t seed);

  /// A stream of its own for each purpose: `Random(seed, "shuffle")` and `Random(seed, "weights")` do not overlap, and
  /// drawing more from one leaves the other as it was.
  Random(std::uint64_t seed, std::string_view purpose);

  /// 64 uniform bits.
  std::uint64_t bits();
  /// Uniform in [0, 1), 53 bits.
  double uniform();
  /// Uniform in [low, high).
  double uniform(double low, double high) { return low + (high - low) * uniform(); }
  /// Uniform in 0 ... count - 1, without bias. Throws ValueError unless count > 0.
  int below(int count);
  /// Gaussian with mean 0 and standard deviation 1 (Marsaglia's polar method).
  double normal();
  double normal(double mean, double standard_deviation) { return mean + standard_deviation * normal(); }
  /// True with the given probability.
  bool chance(double probability) { return uniform() < probability; }

  /// Fisher-Yates shuffle in place.
  template <class Value>
  void shuffle(std::vector<Value>& values) {
    for (int i = static_cast<int>(values.size()) - 1; i > 0; --i)
      std::swap(values[static_cast<std::size_t>(i)], values[static_cast<std::size_t>(below(i + 1))]);
  }
  /// 0 ... count - 1 in random order.
  std::vector<int> permutation(int count);

 private:
  std::array<std::uint64_t, 4> state_{};
  double spare_normal_ = 0;
  bool has_spare_normal_ = false;
};

}  // namespace handbuilt
