#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "robot_sim/firmware/protocol/frames.hpp"
#include "robot_sim/simulator/fault_effects.hpp"
#include "robot_sim/simulator/options.hpp"
#include "robot_sim/world/home.hpp"

namespace handbuilt::robot_sim {

/// `W` robots in one home, each alone in it, as a structure of arrays: lane i of every array is robot i. A block of one
/// is the scalar simulator; larger ones let the compiler step several robots with one instruction. Lanes share nothing,
/// so a robot's bits do not depend on the block it is in.
template <int W>
struct Block {
  template <class T>
  struct alignas(64) Lanes {
    T value[W] = {};
    T& operator[](int i) { return value[i]; }
    const T& operator[](int i) const { return value[i]; }
  };
  static constexpr int kDelayRing = 32;  // ticks; the longest delay is 20

  std::shared_ptr<const Home> home;
  int robots = 0;  // lanes in use
  std::uint32_t tick = 0;

  // Pose and motion.
  Lanes<float> x, y, cos, sin;               // m; heading as a unit vector
  Lanes<float> left, right;                  // wheel rims, m/s
  Lanes<float> nominal_left, nominal_right;  // what healthy motors on a free floor would do, m/s
  Lanes<float> speed, yaw_rate, gap;         // over the ground, m/s and rad/s; to the nearest solid thing, m
  Lanes<std::int32_t> contact_ticks;         // since the last contact; 0 = now

  // Commands on their way.
  Lanes<float> queue_left[kDelayRing], queue_right[kDelayRing];  // m/s
  Lanes<float> target_left, target_right, drive_left, drive_right;
  Lanes<float> delay_s, delay_drift_s;
  Lanes<float> brush_command, side_command, brush_speed, side_speed;  // -1 ... 1
  Lanes<std::int32_t> command_age;                                    // ticks since a good command
  Lanes<std::uint32_t> command_sequence, safety_off, cut_power, want_patch;
  Lanes<std::int32_t> last_patch;

  // Sensors' own state.
  Lanes<float> encoder_rest_left, encoder_rest_right;  // counts not yet whole
  Lanes<std::int32_t> encoder_left, encoder_right;     // counts
  Lanes<float> gyro_bias, acceleration;                // rad/s, m/s^2
  Lanes<float> current_left, current_right;            // mA
  Lanes<float> voltage, charge, per_battery_j;
  Lanes<float> range[4], wall, cliff[4];
  Lanes<std::uint32_t> contacts, dirt;

  // The floor below: Ground of the cells under centre and wheels, and which half cell was cleaned last.
  Lanes<std::int32_t> ground_centre, ground_left, ground_right, on_mess;
  Lanes<std::int32_t> cleaned_at, side_cleaned_at;
  Lanes<std::int32_t> jammed, freeing, fallen;

  // The cat.
  Lanes<float> cat_x, cat_y, cat_vx, cat_vy, cat_mass;  // the mass only while it rides
  Lanes<std::int32_t> cat_mode, cat_timer, cat_covers;  // covers: how many range sensors its tail is before

  // Who is who, and what happened.
  Lanes<std::uint32_t> seed_low, seed_high, key;
  Lanes<double> distance, energy;
  Lanes<float> max_impact;
  Lanes<std::int32_t> cleaned, hard_collisions, falls, smears, stalls, cat_bumps, runaway, stuck;

  std::array<std::vector<FaultState>, W> faults;
  std::array<SensorFrame, W> delivered{};  // the last frame that arrived
  std::vector<std::uint64_t> dirt_bits;    // [W][home.cleanable.words.size()], 1 = dirty
  std::array<CameraMemory, W> camera;

  /// Places `options.size()` robots (1 ... W). Throws ValueError for a delay outside 0 ... 0.4 s or a start where the
  /// robot does not fit.
  Block(std::shared_ptr<const Home> home, std::span<const RobotOptions> options);

  /// One tick of 20 ms for all lanes: `commands[i]` reaches robot i, `frames[i]` is what its controller sees.
  void step(const CommandFrame* commands, SensorFrame* frames);

  [[nodiscard]] Truth truth(int lane) const;
  [[nodiscard]] Tally tally(int lane) const;
  [[nodiscard]] std::span<const std::uint64_t> dirt_of(int lane) const;
  /// What the camera sees now, faults included. To be called at most once a tick, when the frame announced a patch.
  CameraPatch look(int lane);
  /// Adds a fault while running.
  void inject(int lane, const Fault& fault) { faults[static_cast<std::size_t>(lane)].emplace_back(fault); }
  /// Puts a cat of 4 kg onto the robot.
  void drop_cat(int lane);
  /// A number that differs when anything of the robot's state differs.
  [[nodiscard]] std::uint64_t state_hash(int lane) const;

 private:
  void place_cat(int lane, std::uint32_t setup_key);
};

/// The widest instructions that the processor has; the bits are the same with any.
template <>
void Block<16>::step(const CommandFrame* commands, SensorFrame* frames);
extern template struct Block<1>;
extern template struct Block<16>;

}  // namespace handbuilt::robot_sim
