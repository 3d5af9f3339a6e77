#include "robot_sim/world/distance_field.hpp"

#include <algorithm>
#include <cstddef>

#include "signal/exact_math.hpp"

namespace handbuilt::robot_sim {

namespace {

constexpr float kFar = 1e12f;

/// The lower envelope of the parabolas (q - p)^2 + in[p], evaluated at each q: one dimension of the transform.
class Envelope {
 public:
  explicit Envelope(int longest)
      : apex_(static_cast<std::size_t>(longest)), start_(static_cast<std::size_t>(longest) + 1) {}

  void transform(const float* in, float* out, int count, int stride) {
    const auto at = [&](int i) { return static_cast<double>(in[static_cast<std::ptrdiff_t>(i) * stride]); };
    int last = -1;
    for (int q = 0; q < count; ++q) {
      if (at(q) >= kFar) continue;  // no solid cell in this line so far: no parabola
      double start = -1e30;
      while (last >= 0) {
        const int p = apex_[static_cast<std::size_t>(last)];
        start = ((at(q) + double(q) * q) - (at(p) + double(p) * p)) / (2.0 * q - 2.0 * p);
        if (start > start_[static_cast<std::size_t>(last)]) break;
        --last;
        start = -1e30;
      }
      ++last;
      apex_[static_cast<std::size_t>(last)] = q;
      start_[static_cast<std::size_t>(last)] = start;
    }
    for (int q = 0, k = 0; q < count; ++q) {
      while (k < last && start_[static_cast<std::size_t>(k) + 1] < q) ++k;
      const int p = last < 0 ? 0 : apex_[static_cast<std::size_t>(k)];
      out[static_cast<std::ptrdiff_t>(q) * stride] =
          last < 0 ? kFar : static_cast<float>(double(q - p) * (q - p) + at(p));
    }
  }

 private:
  std::vector<int> apex_;
  std::vector<double> start_;
};

}  // namespace

std::vector<float> squared_distances(int width, int height, const std::vector<std::uint8_t>& solid) {
  std::vector<float> field(solid.size()), columns(solid.size());
  std::transform(solid.begin(), solid.end(), field.begin(), [](std::uint8_t s) { return s != 0 ? 0.0f : kFar; });
  Envelope envelope(std::max(width, height));
  for (int x = 0; x < width; ++x)
    envelope.transform(&field[static_cast<std::size_t>(x)], &columns[static_cast<std::size_t>(x)], height, width);
  for (int y = 0; y < height; ++y) {
    const auto row = static_cast<std::size_t>(y) * static_cast<std::size_t>(width);
    envelope.transform(&columns[row], &field[row], width, 1);
  }
  return field;
}

std::vector<float> clearance(int width, int height, const std::vector<std::uint8_t>& solid, float cell_m,
                             float most_m) {
  std::vector<float> field = squared_distances(width, height, solid);
  for (float& value : field) value = std::min((signal::square_root(std::min(value, 1e9f)) - 0.5f) * cell_m, most_m);
  return field;
}

}  // namespace handbuilt::robot_sim
