#pragma once

#include <cstdint>

#include "robot_sim/simulator/block.hpp"

/// The cat has a mind of its own: it sleeps, wanders, sits down in front of a moving robot, rides on one that is near,
/// and flees from one that touches it. It decides once in a while; in between it walks straight on.
namespace handbuilt::robot_sim {

enum class CatMode : std::int32_t { kAbsent, kSitting, kWandering, kGettingInTheWay, kRiding, kFleeing };

constexpr float kCatRadius_m = 0.12f;  // lying down
constexpr float kCatMass_kg = 4.0f;    // a domestic cat's usual 3.6 ... 4.5 kg
constexpr float kCatWalk_mps = 0.5f, kCatRun_mps = 1.2f;
constexpr float kFarAway_m = -1000.0f;

/// What a cat knows when it makes up its mind.
struct CatView {
  float cat_x, cat_y, robot_x, robot_y, robot_cos, robot_sin;
  std::uint32_t bits;  // its whims
};

struct CatPlan {
  CatMode mode;
  float vx, vy;        // m/s
  std::int32_t ticks;  // until it thinks again
};

CatPlan cat_plans(const CatView& view);

}  // namespace handbuilt::robot_sim
