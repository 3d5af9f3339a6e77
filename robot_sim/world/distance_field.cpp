#include "robot_sim/world/distance_field.hpp"

#include <algorithm>
#include <cstddef>

#include "signal/exact_math.hpp"

namespace handbuilt::robot_sim {

namespace {

constexpr float kFar = 1e12f, kFarCells = 1e6f;

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
  const auto row = static_cast<std::size_t>(width);
  // Up and down: cells to the next solid one, then half cells from the centre to its edge, squared.
  std::vector<float> field(solid.size());
  for (std::size_t i = 0; i < field.size(); ++i)
    field[i] = solid[i] != 0 ? 0.0f : i < row ? kFarCells : field[i - row] + 1;
  for (std::size_t i = field.size() - std::min(row, field.size()); i-- > 0;)
    field[i] = std::min(field[i], field[i + row] + 1);
  for (float& value : field) value = value >= kFarCells ? kFar : value == 0 ? 0.0f : (2 * value - 1) * (2 * value - 1);

  // Along a row, with a place for each cell's centre and for each border between cells: from any centre a cell's edge
  // is as far as the nearest of its three places.
  Envelope envelope(2 * width + 1);
  std::vector<float> places(2 * row + 1), squares(places.size());
  for (int y = 0; y < height; ++y) {
    float* const line = &field[static_cast<std::size_t>(y) * row];
    places[0] = kFar;
    for (std::size_t i = 0; i < row; ++i) {
      const float value = line[i];
      places[2 * i] = std::min(places[2 * i], value);
      places[2 * i + 1] = places[2 * i + 2] = value;
    }
    envelope.transform(places.data(), squares.data(), 2 * width + 1, 1);
    for (std::size_t i = 0; i < row; ++i) line[i] = squares[2 * i + 1];
  }
  for (std::size_t i = 0; i < field.size(); ++i)
    field[i] = solid[i] != 0 ? -0.5f * cell_m
                             : std::min(signal::square_root(std::min(field[i], 1e9f)) * (0.5f * cell_m), most_m);
  return field;
}

}  // namespace handbuilt::robot_sim
