#pragma once

#include <cstdint>

/// Noise that is a function of (seed, time, purpose) and of nothing else: there is no state to advance, so the order in
/// which draws are made, by how many threads and in what batches, cannot change them. Freestanding.
namespace handbuilt::signal {

/// Scrambles 32 bits. Source: Wellons (2018), "Prospecting for hash functions", the function lowbias32.
constexpr std::uint32_t scrambled(std::uint32_t x) {
  x ^= x >> 16;
  x *= 0x7feb352du;
  x ^= x >> 15;
  x *= 0x846ca68bu;
  x ^= x >> 16;
  return x;
}

/// The key of one moment: 64 bits of seed and a time.
constexpr std::uint32_t noise_key(std::uint32_t seed_low, std::uint32_t seed_high, std::uint32_t time) {
  return scrambled(scrambled(time * 0x9e3779b9u + seed_low) ^ seed_high);
}

/// The `purpose`th draw of that moment, 32 uniform bits.
constexpr std::uint32_t noise_bits(std::uint32_t key, std::uint32_t purpose) {
  return scrambled(key + purpose * 0x85ebca6bu);
}

/// The low and the high half of a draw, each uniform in [-1, 1) with 16 bits.
constexpr float low_noise(std::uint32_t bits) {
  return static_cast<float>(static_cast<std::int32_t>(bits & 0xffffu) - 32768) * (1.0f / 32768);
}
constexpr float high_noise(std::uint32_t bits) {
  return static_cast<float>(static_cast<std::int32_t>(bits >> 16) - 32768) * (1.0f / 32768);
}

/// Uniform in [0, 1) with 24 bits.
constexpr float unit_noise(std::uint32_t bits) { return static_cast<float>(bits >> 8) * (1.0f / 16777216); }

}  // namespace handbuilt::signal
