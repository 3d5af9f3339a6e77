#include "robot_sim/simulator/camera.hpp"

#include <algorithm>
#include <vector>

#include "signal/counter_noise.hpp"
#include "signal/exact_math.hpp"

namespace handbuilt::robot_sim {

namespace {

constexpr float kCatRadius_m = 0.12f;

/// A thing in reach of the camera, with its direction as a unit vector.
struct Thing {
  ClutterItem item;
  signal::SinCos direction;
};

/// The grey of a thing at (u, v) metres along and across its middle, or -1 beside it.
float grey_of(const Thing& thing, float u, float v) {
  const ClutterItem& item = thing.item;
  const float half_length = item.length_m / 2, half_width = item.width_m / 2;
  switch (item.kind) {
    case Clutter::kCord: {  // lies in waves
      const float wave = 0.03f * signal::sin_cos(20.0f * u).sin;
      return u > -half_length && u < half_length && v - wave < 0.012f && v - wave > -0.012f ? 30.0f : -1.0f;
    }
    case Clutter::kSock: {
      const bool inside = u > -half_length && u < half_length && v > -half_width && v < half_width;
      const bool cuff = u > half_length - 0.04f;
      return inside ? (cuff ? 190.0f : 225.0f) : -1.0f;
    }
    case Clutter::kLego: {
      const float larger = std::max(std::max(u, -u) / (half_length + 0.008f), std::max(v, -v) / (half_width + 0.008f));
      return larger < 0.55f ? 210.0f : larger < 1.0f ? 70.0f : -1.0f;
    }
    case Clutter::kSkittles:
      return u * u + v * v < 0.012f * 0.012f ? 240.0f : -1.0f;
    case Clutter::kMess: {
      const float a = u / (half_length + 1e-6f), b = v / (half_width + 1e-6f);
      const float ragged = 1.0f + 0.25f * signal::sin_cos(6.0f * a + 4.0f * b).sin;
      return a * a + b * b < ragged ? 55.0f : -1.0f;
    }
    default:
      return -1.0f;
  }
}

float floor_grey(const Home& home, float x, float y) {
  const int column = std::clamp(static_cast<int>(x / home.cell_m), 0, home.width - 1);
  const int row = std::clamp(static_cast<int>(y / home.cell_m), 0, home.height - 1);
  const std::uint8_t ground = home.ground[home.cell(column, row)];
  if ((ground & (kObstacle | kUnknown)) != 0) return 40;
  if ((ground & kDrop) != 0) return 8;
  if ((ground & kRug) != 0) return 110.0f + 12.0f * signal::sin_cos(60.0f * x).sin;
  return 150;
}

}  // namespace

CameraPatch render_patch(const Home& home, const Pose& pose, const Pose& cat, std::uint32_t noise) {
  constexpr float kReach_m = CameraPatch::kNear_m + CameraPatch::kSide * CameraPatch::kPixel_m;
  std::vector<Thing> things;
  for (const ClutterItem& item : home.clutter) {
    const float dx = item.x_m - pose.x_m, dy = item.y_m - pose.y_m, far = 1.1f * kReach_m + item.length_m;
    if (dx * dx + dy * dy < far * far) things.push_back({item, signal::sin_cos(item.angle_rad)});
  }
  const signal::SinCos heading = signal::sin_cos(pose.heading_rad);
  CameraPatch patch;
  for (int row = 0; row < CameraPatch::kSide; ++row)
    for (int column = 0; column < CameraPatch::kSide; ++column) {
      const float ahead =
          CameraPatch::kNear_m + (static_cast<float>(CameraPatch::kSide - row) - 0.5f) * CameraPatch::kPixel_m;
      const float left = (CameraPatch::kSide / 2.0f - static_cast<float>(column) - 0.5f) * CameraPatch::kPixel_m;
      const float x = pose.x_m + ahead * heading.cos - left * heading.sin;
      const float y = pose.y_m + ahead * heading.sin + left * heading.cos;
      float grey = floor_grey(home, x, y);
      for (const Thing& thing : things) {
        const float dx = x - thing.item.x_m, dy = y - thing.item.y_m;
        const float found = grey_of(thing, dx * thing.direction.cos + dy * thing.direction.sin,
                                    dy * thing.direction.cos - dx * thing.direction.sin);
        if (found >= 0 && grey > 8.5f && grey != 40.0f) grey = found;
      }
      const float cx = x - cat.x_m, cy = y - cat.y_m;
      if (cx * cx + cy * cy < kCatRadius_m * kCatRadius_m) grey = 90.0f + 50.0f * signal::sin_cos(80.0f * cx).sin;
      const int at = row * CameraPatch::kSide + column;
      grey += 6.0f * signal::low_noise(signal::noise_bits(noise, static_cast<std::uint32_t>(at)));
      patch.grey[at] = static_cast<std::uint8_t>(std::clamp(grey, 0.0f, 255.0f));
    }
  return patch;
}

}  // namespace handbuilt::robot_sim
