#pragma once

#include <bit>
#include <cstdint>

/// The few functions of mathematics that a simulator and a firmware must agree on to the last bit. They use only float
/// additions, multiplications and comparisons, which IEEE 754 fixes; libm's results differ from library to library.
/// Compile with -ffp-contract=off. Freestanding: no heap, no exceptions, no libm.
namespace handbuilt::signal {

/// 1 / sqrt(x) for a normal x > 0, relative error below 3e-7: a guess from the exponent's bits, refined by three steps
/// of Newton's method. Source: Lomont (2003), "Fast inverse square root".
constexpr float reciprocal_square_root(float x) {
  float guess = std::bit_cast<float>(0x5f375a86u - (std::bit_cast<std::uint32_t>(x) >> 1));
  for (int step = 0; step < 3; ++step) guess = guess * (1.5f - 0.5f * x * guess * guess);
  return guess;
}

/// sqrt(x), relative error below 3e-7; 0 for anything below 1e-30.
constexpr float square_root(float x) {
  const float safe = x > 1e-30f ? x : 1e-30f;
  return x > 1e-30f ? safe * reciprocal_square_root(safe) : 0.0f;
}

struct SinCos {
  float sin, cos;
};

/// Sine and cosine of an angle of at most 1,000 rad in size, absolute error below 2e-6: the angle is brought to
/// -pi/4 ... pi/4 by quarter turns, and there a Taylor polynomial is good to the last digits.
constexpr SinCos sin_cos(float angle_rad) {
  const float quarters = angle_rad * 0.63661977f;
  const int quarter = static_cast<int>(quarters + (quarters >= 0 ? 0.5f : -0.5f));
  // pi/2 in two parts, of which the first has few bits: its product with a small whole number is exact.
  const auto count = static_cast<float>(quarter);
  const float r = (angle_rad - count * 1.5703125f) - count * 4.8382679e-4f;
  const float r2 = r * r;
  const float sin = r * (1.0f - r2 * (1.0f / 6) * (1.0f - r2 * (1.0f / 20) * (1.0f - r2 * (1.0f / 42))));
  const float cos =
      1.0f - r2 * 0.5f * (1.0f - r2 * (1.0f / 12) * (1.0f - r2 * (1.0f / 30) * (1.0f - r2 * (1.0f / 56))));
  switch (quarter & 3) {
    case 0:
      return {sin, cos};
    case 1:
      return {cos, -sin};
    case 2:
      return {-sin, -cos};
    default:
      return {-cos, sin};
  }
}

/// Turns the unit vector (cos, sin) by a small angle, at most 0.2 rad, and brings its length back to 1: two terms past
/// the square, absolute error below 1e-7 a turn.
constexpr SinCos turned(SinCos direction, float angle_rad) {
  const float a2 = angle_rad * angle_rad;
  const float s = angle_rad * (1.0f - a2 * (1.0f / 6) * (1.0f - a2 * (1.0f / 20)));
  const float c = 1.0f - a2 * 0.5f * (1.0f - a2 * (1.0f / 12));
  const float cos = direction.cos * c - direction.sin * s;
  const float sin = direction.sin * c + direction.cos * s;
  const float scale = 1.5f - 0.5f * (cos * cos + sin * sin);
  return {sin * scale, cos * scale};
}

/// The angle of (cos, sin) in -pi ... pi, absolute error below 2e-4: for displays and estimators, not for physics.
/// Source: Abramowitz and Stegun (1964), 4.4.49.
constexpr float angle_of(SinCos direction) {
  const float x = direction.cos < 0 ? -direction.cos : direction.cos;
  const float y = direction.sin < 0 ? -direction.sin : direction.sin;
  const bool steep = y > x;
  const float larger = steep ? y : x;
  const float ratio = larger > 0 ? (steep ? x : y) / larger : 0.0f;
  const float r2 = ratio * ratio;
  float angle = ratio * (0.9998660f + r2 * (-0.3302995f + r2 * (0.1801410f + r2 * (-0.0851330f + r2 * 0.0208351f))));
  if (steep) angle = 1.57079633f - angle;
  if (direction.cos < 0) angle = 3.14159265f - angle;
  return direction.sin < 0 ? -angle : angle;
}

}  // namespace handbuilt::signal
