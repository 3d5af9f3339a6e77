#include "robot_sim/situations/window.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "core/error.hpp"
#include "robot_sim/robot/body.hpp"

namespace handbuilt::robot_sim {

namespace {

constexpr double kSecondsPerTick = 1.0 / kTicksPerSecond;

enum Column : int {
  kSpeed,
  kTurning,
  kFollowingLeft,
  kFollowingRight,
  kGyroMinusWheels,
  kGyroMinusWheelsSpread,
  kGyro,
  kCurrentLeft,
  kCurrentRight,
  kCurrentChangeLeft,
  kCurrentChangeRight,
  kAcceleration,
  kBrushCurrent,
  kRange,
  kRangeChange = kRange + body::kRanges,
  kClosing = kRangeChange + body::kRanges,
  kWall,
  kWallChange,
  kCliff,
  kCliffChange = kCliff + body::kCliffs,
  kBumperLeft_,
  kBumperRight_,
  kDrop,
  kRepeated,
  kCommandAge,
  kColumns
};

double metres_of_range(std::uint8_t range) { return range * 0.008; }

double wheel_mps(std::int16_t now, std::int16_t before) {
  return static_cast<std::int16_t>(now - before) * double{body::kMetresPerCount} / kSecondsPerTick;
}

std::vector<WindowColumn> make_columns() {
  std::vector<WindowColumn> columns = {
      {"speed_mps", "forwards, by the encoders"},
      {"turning_radps", "size of the turn rate, by the encoders"},
      {"following_left_mps", "size of wheel speed minus command"},
      {"following_right_mps", "the same"},
      {"gyro_minus_wheels_radps",
       "turn rate by the gyro minus that by the encoders, signed: slip, pull, a drifting zero"},
      {"gyro_minus_wheels_spread_radps", "its root mean square"},
      {"gyro_radps", "size of the gyro's rate"},
      {"current_left_a", "size of the motor's current"},
      {"current_right_a", "the same"},
      {"current_change_left_a", "size of its change from tick to tick"},
      {"current_change_right_a", "the same"},
      {"acceleration_mps2", "root mean square of the accelerometer"},
      {"brush_current_a", "of the main brush"},
  };
  const char* rays[] = {"left", "front_left", "front_right", "right"};
  for (const char* ray : rays) columns.push_back({std::string("range_") + ray + "_m", "nothing seen counts as 2.04"});
  for (const char* ray : rays)
    columns.push_back({std::string("range_change_") + ray + "_m", "size of the change from tick to tick"});
  columns.push_back(
      {"closing_mps", "how fast the front rays shorten minus the wheels' speed; 0 when they see nothing"});
  columns.push_back({"wall_m", "of the wall sensor; nothing seen counts as 0.255"});
  columns.push_back({"wall_change_m", "size of the change from tick to tick"});
  for (const char* ray : rays) columns.push_back({std::string("cliff_") + ray, "light from the floor, 1 = all"});
  columns.push_back({"cliff_change", "size of the change from tick to tick, mean of the four"});
  columns.push_back({"bumper_left", "share of ticks"});
  columns.push_back({"bumper_right", "share of ticks"});
  columns.push_back({"wheel_drop", "share of ticks"});
  columns.push_back({"repeated", "share of ticks without a new frame"});
  columns.push_back({"command_age_s", "since the last command that arrived was sent"});
  return columns;
}

}  // namespace

const std::vector<WindowColumn>& window_columns() {
  static const std::vector<WindowColumn> columns = make_columns();
  return columns;
}

WindowRecorder::WindowRecorder(int ticks) : ticks_(ticks) {
  if (ticks < 2) throw ValueError("window: expected at least 2 ticks, got " + std::to_string(ticks));
  begin_window();
}

void WindowRecorder::begin_window() {
  sums_ = VectorD::Zero(kColumns);
  ticks_in_window_ = closing_ticks_ = 0;
}

bool WindowRecorder::add(const SensorFrame& frame, const CommandFrame& command) {
  if (has_previous_ && frame.sequence != 0) {
    accumulate(frame, command);
    ++ticks_in_window_;
  }
  previous_ = frame;
  has_previous_ = has_previous_ || frame.sequence != 0;
  if (ticks_in_window_ < ticks_) return false;
  finish_window();
  begin_window();
  return true;
}

void WindowRecorder::accumulate(const SensorFrame& frame, const CommandFrame& command) {
  const double left = wheel_mps(frame.encoder_left, previous_.encoder_left);
  const double right = wheel_mps(frame.encoder_right, previous_.encoder_right);
  const double speed = (left + right) / 2, turning = (right - left) / double{body::kTrackWidth_m};
  const double gyro = frame.gyro / 4096.0;
  sums_[kSpeed] += speed;
  sums_[kTurning] += std::abs(turning);
  sums_[kFollowingLeft] += std::abs(left - command.left * 1e-3);
  sums_[kFollowingRight] += std::abs(right - command.right * 1e-3);
  sums_[kGyroMinusWheels] += gyro - turning;
  sums_[kGyroMinusWheelsSpread] += (gyro - turning) * (gyro - turning);
  sums_[kGyro] += std::abs(gyro);
  sums_[kCurrentLeft] += std::abs(frame.current_left * 1e-3);
  sums_[kCurrentRight] += std::abs(frame.current_right * 1e-3);
  sums_[kCurrentChangeLeft] += std::abs((frame.current_left - previous_.current_left) * 1e-3);
  sums_[kCurrentChangeRight] += std::abs((frame.current_right - previous_.current_right) * 1e-3);
  sums_[kAcceleration] += frame.acceleration * 0.05 * (frame.acceleration * 0.05);
  sums_[kBrushCurrent] += frame.brush_current * 0.01;
  for (int ray = 0; ray < body::kRanges; ++ray) {
    const double range = metres_of_range(frame.range[ray]), before = metres_of_range(previous_.range[ray]);
    sums_[kRange + ray] += range;
    sums_[kRangeChange + ray] += std::abs(range - before);
    // A ray ahead shortens by the way driven over its cosine, as long as it meets the same flat thing.
    const bool ahead = ray == 1 || ray == 2;
    if (!ahead || frame.range[ray] == 255 || previous_.range[ray] == 255 || std::abs(range - before) > 0.03) continue;
    if (speed < 0.1 || std::abs(turning) > 0.3) continue;
    sums_[kClosing] += (before - range) / kSecondsPerTick - speed / double{body::kRangeCos[ray]};
    ++closing_ticks_;
  }
  sums_[kWall] += frame.wall_ir * 1e-3;
  sums_[kWallChange] += std::abs(frame.wall_ir - previous_.wall_ir) * 1e-3;
  for (int cliff = 0; cliff < body::kCliffs; ++cliff) {
    sums_[kCliff + cliff] += frame.cliff[cliff] / 255.0;
    sums_[kCliffChange] += std::abs(frame.cliff[cliff] - previous_.cliff[cliff]) / 255.0 / body::kCliffs;
  }
  sums_[kBumperLeft_] += (frame.contacts & kBumperLeft) != 0;
  sums_[kBumperRight_] += (frame.contacts & kBumperRight) != 0;
  sums_[kDrop] += (frame.contacts & (kDropLeft | kDropRight)) != 0;
  sums_[kRepeated] += frame.sequence == previous_.sequence;
  sums_[kCommandAge] += static_cast<std::uint16_t>(command.sequence - frame.command_sequence) * kSecondsPerTick;
}

void WindowRecorder::finish_window() {
  row_ = sums_ / ticks_;
  row_[kClosing] = closing_ticks_ > 0 ? sums_[kClosing] / closing_ticks_ : 0;
  for (const int squared : {kGyroMinusWheelsSpread, kAcceleration}) row_[squared] = std::sqrt(row_[squared]);
}

}  // namespace handbuilt::robot_sim
