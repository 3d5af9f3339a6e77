#include "robot_sim/situations/escape.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "robot_sim/robot/body.hpp"

namespace handbuilt::robot_sim {

namespace {

constexpr int kHorizonTicks = 8 * kTicksPerSecond;
constexpr int kBackTicks = kTicksPerSecond / 2;
constexpr std::int16_t kSpeed_mmps = 300, kBackSpeed_mmps = 150;
constexpr int kMostTurnTicks = 3 * kTicksPerSecond;

std::vector<WindowColumn> make_columns() {
  std::vector<WindowColumn> columns;
  const char* rays[] = {"left", "front_left", "front_right", "right"};
  for (const char* ray : rays)
    columns.push_back({std::string("range_") + ray + "_m", "at the bump; nothing counts as 2.04"});
  columns.push_back({"wall_m", "of the wall sensor at the bump; nothing counts as 0.255"});
  columns.push_back({"bumper_left", "1 when pressed"});
  columns.push_back({"bumper_right", "1 when pressed"});
  for (const char* ray : rays)
    columns.push_back({std::string("range_") + ray + "_mean_m", "decaying mean with a time constant of half a second"});
  return columns;
}

/// The straight stretches and turns of one robot, and what it remembers of the last second.
class Driver {
 public:
  Driver(const std::shared_ptr<const Home>& home, std::uint64_t seed)
      : simulator_(home, {.seed = seed}), recent_(VectorD::Zero(body::kRanges)) {
    Random random(seed, "first turn");
    turn_left_rad_ = random.uniform(-3, 3);
    turn_ticks_ = kMostTurnTicks;
  }

  std::vector<Bump> drive(double seconds, const ChooseEscape& choose) {
    const auto ticks = static_cast<int>(seconds * kTicksPerSecond);
    for (int tick = 0; tick < ticks; ++tick) {
      step();
      if (open_ && ++ticks_since_ >= kHorizonTicks) close();
      if (driving() && bumped()) {
        if (open_) close();
        Bump bump{sensed(), simulator_.truth().pose, 0, 0};
        bump.action = choose(bump.sensed, bump.where);
        turn_left_rad_ = kEscapeTurn_rad[static_cast<std::size_t>(bump.action)];
        turn_ticks_ = kMostTurnTicks;
        back_ticks_ = kBackTicks;
        open_ = std::move(bump);
        ticks_since_ = 0;
      }
    }
    return std::move(bumps_);
  }

 private:
  [[nodiscard]] bool driving() const { return back_ticks_ == 0 && turn_ticks_ == 0; }
  [[nodiscard]] bool bumped() const { return (simulator_.frame().contacts & (kBumperLeft | kBumperRight)) != 0; }

  void close() {
    bumps_.push_back(*std::move(open_));
    open_.reset();
  }

  void step() {
    CommandFrame command;
    command.sequence = ++sequence_;
    if (back_ticks_ > 0) {
      --back_ticks_;
      command.left = command.right = -kBackSpeed_mmps;
    } else if (turn_ticks_ > 0) {
      --turn_ticks_;
      const auto turn = static_cast<std::int16_t>(turn_left_rad_ > 0 ? kBackSpeed_mmps : -kBackSpeed_mmps);
      command.left = static_cast<std::int16_t>(-turn);
      command.right = turn;
    } else {
      command.left = command.right = kSpeed_mmps;
    }
    const SensorFrame before = simulator_.frame();
    const SensorFrame& frame = simulator_.step(command);
    if (before.sequence == 0) return;
    if (turn_ticks_ > 0 && back_ticks_ == 0) {
      const double left_rad = turn_left_rad_ - frame.gyro / 4096.0 / kTicksPerSecond;
      if (left_rad * turn_left_rad_ <= 0) turn_ticks_ = 0;
      turn_left_rad_ = left_rad;
    }
    const auto counts = [](std::int16_t now, std::int16_t then) { return static_cast<std::int16_t>(now - then); };
    if (open_ && driving())
      open_->gain_m += std::max(0, counts(frame.encoder_left, before.encoder_left) +
                                       counts(frame.encoder_right, before.encoder_right)) *
                       0.5 * double{body::kMetresPerCount};
    for (int ray = 0; ray < body::kRanges; ++ray)
      recent_[ray] += (frame.range[ray] * 0.008 - recent_[ray]) * (2.0 / kTicksPerSecond);
  }

  [[nodiscard]] VectorD sensed() const {
    const SensorFrame& frame = simulator_.frame();
    VectorD row(7 + body::kRanges);
    for (int ray = 0; ray < body::kRanges; ++ray) row[ray] = frame.range[ray] * 0.008;
    row[4] = frame.wall_ir * 1e-3;
    row[5] = (frame.contacts & kBumperLeft) != 0;
    row[6] = (frame.contacts & kBumperRight) != 0;
    row.tail(body::kRanges) = recent_;
    return row;
  }

  Simulator simulator_;
  VectorD recent_;
  double turn_left_rad_ = 0;
  int turn_ticks_ = 0, back_ticks_ = 0, ticks_since_ = 0;
  std::uint16_t sequence_ = 0;
  std::optional<Bump> open_;
  std::vector<Bump> bumps_;
};

}  // namespace

const std::vector<WindowColumn>& bump_columns() {
  static const std::vector<WindowColumn> columns = make_columns();
  return columns;
}

std::vector<Bump> drive_and_escape(const std::shared_ptr<const Home>& home, std::uint64_t seed, double seconds,
                                   const ChooseEscape& choose) {
  return Driver(home, seed).drive(seconds, choose);
}

}  // namespace handbuilt::robot_sim
