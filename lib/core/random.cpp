#include "core/random.hpp"

#include <bit>
#include <cmath>
#include <numeric>
#include <string>

#include "core/error.hpp"

namespace handbuilt {

namespace {

std::uint64_t split_mix(std::uint64_t& state) {
  std::uint64_t z = (state += 0x9e3779b97f4a7c15u);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

/// FNV-1a: turns the name of a purpose into 64 bits.
std::uint64_t hash_of(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325u;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
  return hash;
}

}  // namespace

Random::Random(std::uint64_t seed) {
  for (std::uint64_t& word : state_) word = split_mix(seed);
}

Random::Random(std::uint64_t seed, std::string_view purpose) {
  // Mix the seed before joining it with the purpose, so that neighbouring seeds share no state words.
  std::uint64_t mixed = split_mix(seed) ^ hash_of(purpose);
  for (std::uint64_t& word : state_) word = split_mix(mixed);
}

std::uint64_t Random::bits() {
  const std::uint64_t result = std::rotl(state_[0] + state_[3], 23) + state_[0];
  const std::uint64_t t = state_[1] << 17;
  state_[2] ^= state_[0];
  state_[3] ^= state_[1];
  state_[1] ^= state_[2];
  state_[0] ^= state_[3];
  state_[2] ^= t;
  state_[3] = std::rotl(state_[3], 45);
  return result;
}

double Random::uniform() { return static_cast<double>(bits() >> 11) * 0x1p-53; }

int Random::below(int count) {
  if (count <= 0) throw ValueError("Random::below: expected a positive count, got " + std::to_string(count));
  // Lemire (2019): multiply-shift, redrawing the few values that would make some results more likely.
  const auto range = static_cast<std::uint32_t>(count);
  const std::uint32_t threshold = (0u - range) % range;
  for (;;) {
    const std::uint64_t product = (bits() >> 32) * range;
    if (static_cast<std::uint32_t>(product) >= threshold) return static_cast<int>(product >> 32);
  }
}

double Random::normal() {
  if (has_spare_normal_) {
    has_spare_normal_ = false;
    return spare_normal_;
  }
  double u = 0, v = 0, square = 0;
  do {
    u = uniform(-1, 1);
    v = uniform(-1, 1);
    square = u * u + v * v;
  } while (square >= 1 || square == 0);
  const double scale = std::sqrt(-2 * std::log(square) / square);
  spare_normal_ = v * scale;
  has_spare_normal_ = true;
  return u * scale;
}

std::vector<int> Random::permutation(int count) {
  if (count < 0) throw ValueError("Random::permutation: expected a count of at least 0, got " + std::to_string(count));
  std::vector<int> order(static_cast<std::size_t>(count));
  std::iota(order.begin(), order.end(), 0);
  shuffle(order);
  return order;
}

}  // namespace handbuilt
