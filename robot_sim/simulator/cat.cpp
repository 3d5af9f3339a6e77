#include "robot_sim/simulator/cat.hpp"

#include "signal/counter_noise.hpp"
#include "signal/exact_math.hpp"

namespace handbuilt::robot_sim {

namespace {

CatPlan walk_towards(float dx, float dy, float speed_mps, CatMode mode, std::int32_t ticks) {
  const float d2 = dx * dx + dy * dy;
  if (d2 < 0.05f * 0.05f) return {CatMode::kSitting, 0, 0, 2 * ticks};
  const float scale = speed_mps * signal::reciprocal_square_root(d2);
  return {mode, dx * scale, dy * scale, ticks};
}

}  // namespace

CatPlan cat_plans(const CatView& view) {
  const float whim = signal::unit_noise(view.bits);
  const std::uint32_t more = signal::scrambled(view.bits + 1);
  const float dx = view.robot_x - view.cat_x, dy = view.robot_y - view.cat_y;
  const bool near = dx * dx + dy * dy < 0.7f * 0.7f;
  if (near && whim < 0.08f) return {CatMode::kRiding, 0, 0, 250 + static_cast<std::int32_t>(more % 1500u)};
  if (whim < 0.35f) return {CatMode::kSitting, 0, 0, 100 + static_cast<std::int32_t>(more % 1000u)};
  if (whim < 0.55f)  // half a metre before the robot's nose
    return walk_towards(dx + 0.5f * view.robot_cos, dy + 0.5f * view.robot_sin, kCatWalk_mps, CatMode::kGettingInTheWay,
                        25);
  const signal::SinCos direction = signal::sin_cos(6.2831853f * signal::unit_noise(more));
  return {CatMode::kWandering, kCatWalk_mps * direction.cos, kCatWalk_mps * direction.sin,
          50 + static_cast<std::int32_t>(more % 100u)};
}

}  // namespace handbuilt::robot_sim
