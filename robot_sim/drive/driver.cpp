#include "robot_sim/drive/driver.hpp"

#include <algorithm>
#include <cmath>

#include "robot_sim/robot/body.hpp"

namespace handbuilt::robot_sim {

namespace {

constexpr double kStickRest = 0.15;  // worn sticks do not come back to 0

double within_one(double value) { return value >= -1 && value <= 1 ? value : value > 1 ? 1 : value < -1 ? -1 : 0; }

double beyond_rest(double value) {
  const double size = std::abs(within_one(value));
  return size <= kStickRest ? 0 : std::copysign((size - kStickRest) / (1 - kStickRest), value);
}

double towards(double now, double wanted, double step) { return now + std::clamp(wanted - now, -step, step); }

std::int16_t mm(double metres) { return static_cast<std::int16_t>(std::lround(1000 * metres)); }

}  // namespace

Push push_of_keys(bool up, bool down, bool left, bool right) {
  return {static_cast<double>(up) - static_cast<double>(down), static_cast<double>(left) - static_cast<double>(right)};
}

Push push_of_stick(double x, double y) { return {beyond_rest(y), -beyond_rest(x)}; }

CommandFrame Driver::step(const Push& push) {
  constexpr double kTick = 1.0 / kTicksPerSecond;
  speed_mps_ = towards(speed_mps_, within_one(push.ahead) * kTopSpeed_mps, kSpeedRate_mps2 * kTick);
  turn_radps_ = towards(turn_radps_, within_one(push.left) * kTopTurn_radps, kTurnRate_radps2 * kTick);
  const double difference_mps = 0.5 * static_cast<double>(body::kTrackWidth_m) * turn_radps_;
  CommandFrame command;
  command.sequence = ++sequence_;
  command.left = mm(speed_mps_ - difference_mps);
  command.right = mm(speed_mps_ + difference_mps);
  command.brush = command.side_brush = 100;
  return command;
}

}  // namespace handbuilt::robot_sim
