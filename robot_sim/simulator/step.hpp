#pragma once

// The one step function. Every phase goes through the lanes in a loop of its own that has no branches where many
// instructions would be spent, so that the compiler can turn it into vector instructions; the arithmetic is the same
// for any number of lanes. Only additions, multiplications, comparisons and what lib/signal makes of them are used.
// Included where blocks are instantiated; everyone else includes block.hpp.

#include <algorithm>
#include <bit>
#include <cstring>
#include <string>

#include "core/error.hpp"
#include "robot_sim/robot/body.hpp"
#include "robot_sim/simulator/block.hpp"
#include "robot_sim/simulator/camera.hpp"
#include "robot_sim/simulator/cat.hpp"
#include "signal/counter_noise.hpp"
#include "signal/exact_math.hpp"

namespace handbuilt::robot_sim {

namespace step_detail {

using signal::high_noise;
using signal::low_noise;
using signal::noise_bits;
using signal::unit_noise;

constexpr float least(float a, float b) { return a < b ? a : b; }
constexpr float most(float a, float b) { return a > b ? a : b; }
constexpr float within(float value, float low, float high) { return least(most(value, low), high); }
/// "and" and "or" of what is known already: no branch.
constexpr bool both(bool a, bool b) { return a & b; }
constexpr bool either(bool a, bool b) { return a | b; }
constexpr float size_of(float value) { return value < 0 ? -value : value; }

/// What each draw of noise is for.
enum Purpose : std::uint32_t {
  kMotors,
  kSlip,
  kGyroAndAcceleration,
  kRangeLeftPair,
  kRangeRightPair,
  kWall,
  kCliffLeftPair,
  kCliffRightPair,
  kCurrents,
  kDelayAndBias,
  kCatMind,
  kLinkUp,
  kLinkDown,
  kCameraGrain
};

/// A brush that turns slower than this share of its speed cleans nothing.
constexpr float kSweeping = 0.3f;

/// Contact that comes back within this time is still the same one; the base cannot regain 0.15 m/s in it.
constexpr std::int32_t kContactGapTicks = 5;

/// Distance to solid cells, and the direction in which it grows.
struct Distance {
  float metres, grow_x, grow_y;  // grow: differences over one cell, not normalised
};

/// The home as the hot loops see it.
struct Field {
  const float* clearance;
  const std::int32_t* ground;
  int width;
  float per_cell;

  explicit Field(const Home& home)
      : clearance(home.clearance_m.data()),
        ground(home.wide_ground.data()),
        width(home.width),
        per_cell(1.0f / home.cell_m) {}

  [[nodiscard]] int cell(float x, float y) const {
    return static_cast<int>(y * per_cell) * width + static_cast<int>(x * per_cell);
  }

  /// Bilinear between the four cells' centres around (x, y).
  [[nodiscard]] Distance at(float x, float y) const {
    const float fx = x * per_cell - 0.5f, fy = y * per_cell - 0.5f;
    const int ix = static_cast<int>(fx), iy = static_cast<int>(fy);
    const float u = fx - static_cast<float>(ix), v = fy - static_cast<float>(iy);
    const int corner = iy * width + ix, above = corner + width;
    const float a = clearance[corner], b = clearance[corner + 1], c = clearance[above], d = clearance[above + 1];
    const float low = a + u * (b - a), high = c + u * (d - c);
    return {low + v * (high - low), (b - a) + v * ((d - c) - (b - a)), high - low};
  }
};

/// The distance along a ray to a disc, or `otherwise` when it misses. (dx, dy) leads from the ray's start to the disc.
constexpr float ray_to_disc(float dx, float dy, float ray_x, float ray_y, float radius, float otherwise) {
  const float along = dx * ray_x + dy * ray_y;
  const float across = dx * ray_y - dy * ray_x;
  const float depth2 = radius * radius - across * across;
  const float hit = along - signal::square_root(depth2 > 0 ? depth2 : 0);
  return both(depth2 > 0, both(hit > 0, hit < otherwise)) ? hit : otherwise;
}

constexpr std::int32_t rounded(float value) {
  return static_cast<std::int32_t>(value < 0 ? value - 0.5f : value + 0.5f);
}

}  // namespace step_detail

/// `Tag` keeps apart what is compiled for several kinds of processor.
template <int W, class Tag = void>
class Stepper {
 public:
  explicit Stepper(Block<W>& block) : b(block), field(*block.home) {}

  void step(const CommandFrame* commands, SensorFrame* frames) {
    make_noise_keys();
    receive(commands);
    if (b.tick % kTicksPerSecond == 0) wander_slowly();
    drive_actuators();
    turn_wheels();
    Lanes<float> old_x = b.x, old_y = b.y;
    move(old_x, old_y);
    move_cats();
    resolve_contacts(old_x, old_y);
    look_at_the_floor();
    fall();
    meet_clutter();
    clean();
    sense();
    account(old_x, old_y);
    send(frames);
    ++b.tick;
  }

  /// What must be known before the first step.
  void prepare() { look_at_the_floor(); }

 private:
  template <class T>
  using Lanes = typename Block<W>::template Lanes<T>;
  Block<W>& b;
  step_detail::Field field;

  static std::size_t at(int lane) { return static_cast<std::size_t>(lane); }

  void make_noise_keys() {
    for (int i = 0; i < W; ++i) b.key[i] = signal::noise_key(b.seed_low[i], b.seed_high[i], b.tick);
  }

  /// Takes the commands that arrive into the queue that delays them. Without a good one for 40 ms the driver stops.
  void receive(const CommandFrame* commands) {
    const std::uint32_t slot = b.tick % Block<W>::kDelayRing;
    for (int i = 0; i < b.robots; ++i) {
      CommandFrame command = commands[i];
      bool arrived = true;
      for (const FaultState& fault : b.faults[at(i)])
        if (fault.fault.component == Component::kLink && fault.active(b.tick))
          arrived = arrived && survives(fault.fault, command, signal::noise_bits(b.key[i], step_detail::kLinkDown));
      b.command_age[i] = arrived ? 0 : b.command_age[i] + 1;
      if (arrived) {
        b.command_sequence[i] = command.sequence;
        b.safety_off[i] = command.flags & kSafetyOff;
        b.cut_power[i] = command.flags & kCutPower;
        b.want_patch[i] = command.flags & kWantPatch;
        b.brush_command[i] = step_detail::within(static_cast<float>(command.brush) * 0.01f, -1, 1);
        b.side_command[i] = step_detail::within(static_cast<float>(command.side_brush) * 0.01f, -1, 1);
        b.queue_left[slot][i] = static_cast<float>(command.left) * 0.001f;
        b.queue_right[slot][i] = static_cast<float>(command.right) * 0.001f;
      } else {
        const std::uint32_t before = (slot + Block<W>::kDelayRing - 1) % Block<W>::kDelayRing;
        b.queue_left[slot][i] = b.queue_left[before][i];
        b.queue_right[slot][i] = b.queue_right[before][i];
      }
      const auto delay = static_cast<std::uint32_t>(b.delay_s[i] * kTicksPerSecond + 0.5f);
      const std::uint32_t due = (b.tick - delay) % Block<W>::kDelayRing;
      const bool stopped = b.command_age[i] >= body::kDriverTimeoutTicks || b.charge[i] <= 0;
      b.target_left[i] = stopped ? 0 : b.queue_left[due][i];
      b.target_right[i] = stopped ? 0 : b.queue_right[due][i];
      if (stopped) b.brush_command[i] = b.side_command[i] = 0;
    }
  }

  /// Once a second: the delay and the gyro's zero drift.
  void wander_slowly() {
    for (int i = 0; i < W; ++i) {
      const std::uint32_t bits = step_detail::noise_bits(b.key[i], step_detail::kDelayAndBias);
      b.delay_s[i] = step_detail::within(b.delay_s[i] + b.delay_drift_s[i] * step_detail::low_noise(bits), 0.0f, 0.4f);
      b.gyro_bias[i] = step_detail::within(b.gyro_bias[i] + 0.0001f * step_detail::high_noise(bits), -0.01f, 0.01f);
    }
  }

  /// From what is asked to what the drivers do: the limits of the base, then the actuators' faults, then the power.
  void drive_actuators() {
    for (int i = 0; i < W; ++i) {
      const float limit = b.safety_off[i] != 0 ? body::kTopSpeed_mps : body::kSafeSpeed_mps;
      b.target_left[i] = step_detail::within(b.target_left[i], -limit, limit);
      b.target_right[i] = step_detail::within(b.target_right[i], -limit, limit);
      b.drive_left[i] = b.target_left[i];
      b.drive_right[i] = b.target_right[i];
      b.brush_speed[i] = b.brush_command[i];
      b.side_speed[i] = b.side_command[i];
    }
    for (int i = 0; i < b.robots; ++i) {
      for (FaultState& fault : b.faults[at(i)]) apply_drive_fault(i, fault);
      const bool off = b.cut_power[i] != 0 || b.charge[i] <= 0 || b.fallen[i] != 0;
      if (off) b.drive_left[i] = b.drive_right[i] = b.brush_speed[i] = b.side_speed[i] = 0;
    }
  }

  void apply_drive_fault(int i, FaultState& fault) {
    if (!is_actuator(fault.fault.component) || !fault.active(b.tick)) return;
    Drive drive{b.drive_left[i], b.drive_right[i], b.brush_speed[i], b.side_speed[i]};
    const bool jammed = apply_to_drive(fault, drive, b.tick);
    b.drive_left[i] = drive.left;
    b.drive_right[i] = drive.right;
    b.brush_speed[i] = drive.brush;
    b.side_speed[i] = drive.side_brush;
    if (jammed && fault.fault.component == Component::kWheelLeft) b.left[i] = 0;
    if (jammed && fault.fault.component == Component::kWheelRight) b.right[i] = 0;
  }

  /// First-order motors with a dead band, limited acceleration, noise, and less speed from an empty battery.
  void turn_wheels() {
    using namespace step_detail;
    for (int i = 0; i < W; ++i) {
      const std::uint32_t bits = noise_bits(b.key[i], kMotors);
      const float top = body::kTopSpeed_mps * least(b.voltage[i] * (1.0f / body::kBatteryVoltage_v), 1.0f);
      const float inertia = body::kMass_kg / (body::kMass_kg + b.cat_mass[i]);
      const float step = body::kTopAcceleration_mps2 * kTick_s * inertia;
      const auto advance = [&](float speed, float asked, float noise) {
        const float target = size_of(asked) < body::kDeadBand_mps ? 0.0f : within(asked, -top, top);
        const float shaken =
            target * (1.0f + body::kMotorNoise * noise) + (target != 0.0f ? body::kMotorNoise_mps * noise : 0.0f);
        const float next = speed + within(body::kMotorLag * (shaken - speed), -step, step);
        return target == 0.0f && size_of(next) < 0.001f ? 0.0f : next;  // friction holds a wheel that hardly turns
      };
      b.left[i] = advance(b.left[i], b.drive_left[i], low_noise(bits));
      b.right[i] = advance(b.right[i], b.drive_right[i], high_noise(bits));
      b.nominal_left[i] = advance(b.nominal_left[i], b.target_left[i], 0.0f);
      b.nominal_right[i] = advance(b.nominal_right[i], b.target_right[i], 0.0f);
    }
  }

  /// From rims to ground: slip by floor, what lies under a wheel, the rug's pull; then the pose, as if nothing stood
  /// there.
  void move(const Lanes<float>& old_x, const Lanes<float>& old_y) {
    using namespace step_detail;
    for (int i = 0; i < W; ++i) {
      const std::uint32_t bits = noise_bits(b.key[i], kSlip);
      const float rug = (b.ground_centre[i] & kRug) != 0 ? 1.0f : 0.0f;
      const float mean = body::kSlipHard + rug * (body::kSlipRug - body::kSlipHard) + 0.01f * b.cat_mass[i];
      const auto grip = [&](int ground, float noise) {
        const int clutter = ground & kClutterBits;
        const float lost = clutter == static_cast<int>(Clutter::kLego)       ? 0.5f
                           : clutter == static_cast<int>(Clutter::kSkittles) ? 0.35f
                                                                             : 0.0f;
        const float held = (1.0f - mean * (1.0f + noise)) * (1.0f - lost);
        return (ground & kDrop) != 0 || b.fallen[i] != 0 ? 0.0f : held;
      };
      const float ground_left = b.left[i] * grip(b.ground_left[i], low_noise(bits));
      const float ground_right = b.right[i] * grip(b.ground_right[i], high_noise(bits));
      const float speed = 0.5f * (ground_left + ground_right);
      b.yaw_rate[i] = (ground_right - ground_left) * (1.0f / body::kTrackWidth_m) + rug * body::kRugTurn_radpm * speed;
      const signal::SinCos heading = signal::turned({b.sin[i], b.cos[i]}, b.yaw_rate[i] * kTick_s);
      b.sin[i] = heading.sin;
      b.cos[i] = heading.cos;
      const float way = speed * kTick_s, pull = rug * body::kRugPull * size_of(way);
      b.x[i] = old_x[i] + way * heading.cos + pull * b.home->rug_pull_x;
      b.y[i] = old_y[i] + way * heading.sin + pull * b.home->rug_pull_y;
    }
  }

  void move_cats() {
    using namespace step_detail;
    for (int i = 0; i < b.robots; ++i) {
      for (const FaultState& fault : b.faults[at(i)]) seat_cat(i, fault);
      if (b.cat_mode[i] == static_cast<int>(CatMode::kAbsent)) continue;
      if (--b.cat_timer[i] <= 0) think(i);
      if (b.cat_mode[i] == static_cast<int>(CatMode::kRiding)) {
        b.cat_x[i] = b.x[i];
        b.cat_y[i] = b.y[i];
        continue;
      }
      const float x = b.cat_x[i] + b.cat_vx[i] * kTick_s, y = b.cat_y[i] + b.cat_vy[i] * kTick_s;
      const bool free = field.clearance[field.cell(x, y)] > kCatRadius_m;
      b.cat_x[i] = free ? x : b.cat_x[i];
      b.cat_y[i] = free ? y : b.cat_y[i];
      if (!free) b.cat_timer[i] = 0;
    }
  }

  void seat_cat(int i, const FaultState& state) {
    if (state.fault.component != Component::kCat) return;
    if (state.active(b.tick)) {
      constexpr float kMasses[3] = {2.5f, 4.0f, 6.0f};
      constexpr int kCovers[3] = {1, 2, 4};
      const bool block = state.fault.type == FaultType::kBlock;
      b.cat_mode[i] = static_cast<int>(CatMode::kRiding);
      b.cat_timer[i] = 1 << 30;
      b.cat_mass[i] = block ? kMasses[0] : kMasses[state.fault.severity - 1];
      b.cat_covers[i] = block ? kCovers[state.fault.severity - 1] : 0;
    } else if (b.tick == state.end_tick) {
      b.cat_timer[i] = 0;
    }
  }

  void think(int i) {
    const bool rode = b.cat_mode[i] == static_cast<int>(CatMode::kRiding);
    if (rode) {  // jumps off, to where it would be if it had walked behind
      const float x = b.x[i] - 0.35f * b.cos[i], y = b.y[i] - 0.35f * b.sin[i];
      const bool free = field.clearance[field.cell(x, y)] > kCatRadius_m;
      b.cat_mass[i] = 0;
      b.cat_covers[i] = 0;
      if (!free) {
        b.cat_timer[i] = 50;
        b.cat_mass[i] = kCatMass_kg;
        return;
      }
      b.cat_x[i] = x;
      b.cat_y[i] = y;
    }
    CatPlan plan = cat_plans({b.cat_x[i], b.cat_y[i], b.x[i], b.y[i], b.cos[i], b.sin[i],
                              signal::noise_bits(b.key[i], step_detail::kCatMind)});
    if (plan.mode == CatMode::kRiding && rode) plan = {CatMode::kSitting, 0, 0, 200};
    b.cat_mode[i] = static_cast<int>(plan.mode);
    b.cat_vx[i] = plan.vx;
    b.cat_vy[i] = plan.vy;
    b.cat_timer[i] = plan.ticks;
    if (plan.mode == CatMode::kRiding) {
      b.cat_mass[i] = kCatMass_kg;
      b.cat_covers[i] = 1;
    }
  }

  /// What a tick's motion ran into.
  struct Contact {
    Lanes<float> way_x, way_y;                       // as the wheels would have it, m
    Lanes<float> wall_depth, wall_x, wall_y;         // m; unit vector away from the wall
    Lanes<float> cat_depth, cat_x, cat_y, cat_free;  // the same for the cat; m to the cat once pushed out
    Lanes<std::int32_t> blocked;                     // 1: neither place would do
  };

  void resolve_contacts(const Lanes<float>& old_x, const Lanes<float>& old_y) {
    Contact contact;
    push_out(contact, old_x, old_y);
    count_contacts(contact);
    press_bumpers(contact);
    slow_wheels(contact, old_x, old_y);
  }

  /// Pushes the body out of what it has run into, along the direction in which the distance grows. A place that is
  /// still too deep, or farther from the old place than the wheels can have brought it, is refused; then the unpushed
  /// place is taken if it is no deeper than the old one was, else the old one. That is why the body can neither pass
  /// through anything nor be thrown by it.
  void push_out(Contact& contact, const Lanes<float>& from_x, const Lanes<float>& from_y) {
    const Lanes<float> old_x = from_x, old_y = from_y;
    using namespace step_detail;
    const Field home = field;
    Lanes<float> x, y, here_metres, there_metres;
    Contact c;
    for (int i = 0; i < W; ++i) {
      c.way_x[i] = b.x[i] - old_x[i];
      c.way_y[i] = b.y[i] - old_y[i];
      const Distance here = home.at(b.x[i], b.y[i]);
      const float scale = reciprocal_length(here.grow_x, here.grow_y);
      here_metres[i] = here.metres;
      c.wall_x[i] = here.grow_x * scale;
      c.wall_y[i] = here.grow_y * scale;
      c.wall_depth[i] = most(body::kRadius_m - here.metres, 0.0f);
      x[i] = b.x[i] + c.wall_x[i] * c.wall_depth[i];
      y[i] = b.y[i] + c.wall_y[i] * c.wall_depth[i];
    }
    // The cat, if it is on the floor, is a disc that cannot be moved but walks away.
    for (int i = 0; i < W; ++i) {
      const bool rides = b.cat_mode[i] == static_cast<int>(CatMode::kRiding);
      const float dx = rides ? -kFarAway_m : x[i] - b.cat_x[i], dy = rides ? -kFarAway_m : y[i] - b.cat_y[i];
      const float scale = reciprocal_length(dx, dy);
      const float distance = (dx * dx + dy * dy) * scale - kCatRadius_m;
      c.cat_x[i] = dx * scale;
      c.cat_y[i] = dy * scale;
      c.cat_depth[i] = most(body::kRadius_m - distance, 0.0f);
      c.cat_free[i] = distance - body::kRadius_m;
      x[i] += c.cat_x[i] * c.cat_depth[i];
      y[i] += c.cat_y[i] * c.cat_depth[i];
    }
    for (int i = 0; i < W; ++i) there_metres[i] = home.at(x[i], y[i]).metres;
    for (int i = 0; i < W; ++i) {
      const float dx = x[i] - old_x[i], dy = y[i] - old_y[i], way2 = c.way_x[i] * c.way_x[i] + c.way_y[i] * c.way_y[i];
      const float least_metres = least(body::kRadius_m - 0.0005f, b.gap[i] + body::kRadius_m);
      const bool untouched = c.wall_depth[i] + c.cat_depth[i] == 0.0f;
      const bool thrown = dx * dx + dy * dy > way2 + 1e-12f;
      const bool leaves_cat = either(c.cat_depth[i] == 0.0f, c.way_x[i] * c.cat_x[i] + c.way_y[i] * c.cat_y[i] > 0.0f);
      const bool pushed = either(untouched, both(!thrown, there_metres[i] >= least_metres));
      const bool plain = both(here_metres[i] >= least_metres, leaves_cat);
      b.x[i] = pushed ? x[i] : plain ? b.x[i] : old_x[i];
      b.y[i] = pushed ? y[i] : plain ? b.y[i] : old_y[i];
      b.gap[i] = pushed ? there_metres[i] - body::kRadius_m : plain ? here_metres[i] - body::kRadius_m : b.gap[i];
      c.blocked[i] = either(pushed, plain) ? 0 : 1;
    }
    contact = c;
  }

  /// How fast it ran into something, once per contact; and the cat runs from what touches it.
  void count_contacts(const Contact& contact) {
    using namespace step_detail;
    const Contact c = contact;
    for (int i = 0; i < W; ++i) {
      const bool wall = c.wall_depth[i] > 0, cat = c.cat_depth[i] > 0;
      const float wall_closing = -(c.way_x[i] * c.wall_x[i] + c.way_y[i] * c.wall_y[i]) * kTicksPerSecond;
      const float cat_closing = -(c.way_x[i] * c.cat_x[i] + c.way_y[i] * c.cat_y[i]) * kTicksPerSecond;
      const float impact = most(wall ? wall_closing : 0.0f, cat ? cat_closing : 0.0f);
      const bool begins = both(either(wall, cat), b.contact_ticks[i] > kContactGapTicks);
      b.contact_ticks[i] = either(wall, cat) ? 0 : b.contact_ticks[i] + (b.contact_ticks[i] < 1000 ? 1 : 0);
      b.hard_collisions[i] += both(begins, impact > body::kHardImpact_mps) ? 1 : 0;
      b.max_impact[i] = begins ? most(b.max_impact[i], impact) : b.max_impact[i];
      b.cat_bumps[i] += both(begins, both(cat, cat_closing > 0.02f)) ? 1 : 0;
      b.cat_mode[i] = cat ? static_cast<int>(CatMode::kFleeing) : b.cat_mode[i];
      b.cat_timer[i] = cat ? 40 : b.cat_timer[i];
      b.cat_vx[i] = cat ? -c.cat_x[i] * kCatRun_mps : b.cat_vx[i];
      b.cat_vy[i] = cat ? -c.cat_y[i] * kCatRun_mps : b.cat_vy[i];
    }
  }

  /// The bumper is the front of the body: a switch closes while something is within its travel.
  void press_bumpers(const Contact& contact) {
    using namespace step_detail;
    const Contact c = contact;
    for (int i = 0; i < W; ++i) {
      const auto pressed = [&](float x, float y, bool touches) {  // by what lies in direction (x, y)
        const float ahead = x * b.cos[i] + y * b.sin[i], left = y * b.cos[i] - x * b.sin[i];
        const bool front = both(touches, ahead > body::kBumperCos);
        return (both(front, left > -0.1f) ? std::uint32_t{kBumperLeft} : 0u) |
               (both(front, left < 0.1f) ? std::uint32_t{kBumperRight} : 0u);
      };
      const bool stopped = both(c.blocked[i] != 0, c.way_x[i] * b.cos[i] + c.way_y[i] * b.sin[i] > 0);
      b.contacts[i] = pressed(-c.wall_x[i], -c.wall_y[i], b.gap[i] < body::kBumperTravel_m) |
                      pressed(-c.cat_x[i], -c.cat_y[i], c.cat_free[i] < body::kBumperTravel_m) |
                      (stopped ? std::uint32_t{kBumperLeft | kBumperRight} : 0u);
    }
  }

  /// What the wheels wanted and the body did not do slows them down by half; the rest is slip.
  void slow_wheels(const Contact& contact, const Lanes<float>& from_x, const Lanes<float>& from_y) {
    const Lanes<float> old_x = from_x, old_y = from_y;
    const Contact c = contact;
    for (int i = 0; i < W; ++i) {
      const float moved = ((b.x[i] - old_x[i]) * b.cos[i] + (b.y[i] - old_y[i]) * b.sin[i]) * kTicksPerSecond;
      const float wanted = (c.way_x[i] * b.cos[i] + c.way_y[i] * b.sin[i]) * kTicksPerSecond;
      const float lost = 0.5f * (wanted - moved);
      b.left[i] -= lost;
      b.right[i] -= lost;
      const bool touching = b.contact_ticks[i] == 0;
      b.nominal_left[i] = touching ? b.left[i] : b.nominal_left[i];
      b.nominal_right[i] = touching ? b.right[i] : b.nominal_right[i];
      b.acceleration[i] = (moved - b.speed[i]) * kTicksPerSecond;
      b.speed[i] = moved;
    }
  }

  static float reciprocal_length(float x, float y) { return signal::reciprocal_square_root(x * x + y * y + 1e-12f); }

  /// What lies under centre and wheels.
  void look_at_the_floor() {
    using namespace step_detail;
    const Field home = field;
    Lanes<std::int32_t> centre, left, right;
    for (int i = 0; i < W; ++i) {
      constexpr float kHalf = 0.5f * body::kTrackWidth_m;
      centre[i] = home.ground[home.cell(b.x[i], b.y[i])];
      left[i] = home.ground[home.cell(b.x[i] - kHalf * b.sin[i], b.y[i] + kHalf * b.cos[i])];
      right[i] = home.ground[home.cell(b.x[i] + kHalf * b.sin[i], b.y[i] - kHalf * b.cos[i])];
    }
    b.ground_centre = centre;
    b.ground_left = left;
    b.ground_right = right;
  }

  /// Falls when the floor ends under its axle, whichever way it goes; the wheels drop where it ends under them.
  void fall() {
    using namespace step_detail;
    for (int i = 0; i < W; ++i) {
      const bool falls = both((b.ground_centre[i] & kDrop) != 0, b.fallen[i] == 0);
      b.falls[i] += falls ? 1 : 0;
      b.fallen[i] = falls ? 1 : b.fallen[i];
      const bool lies = b.fallen[i] != 0;
      b.contacts[i] |= (either((b.ground_left[i] & kDrop) != 0, lies) ? std::uint32_t{kDropLeft} : 0u) |
                       (either((b.ground_right[i] & kDrop) != 0, lies) ? std::uint32_t{kDropRight} : 0u);
    }
  }

  /// Cords and socks wind up in the brush, half a second backwards lets them go; what a pet left gets smeared.
  void meet_clutter() {
    using namespace step_detail;
    for (int i = 0; i < W; ++i) {
      const int clutter = b.ground_centre[i] & kClutterBits;
      const bool sweeps = both(b.brush_speed[i] > kSweeping, b.fallen[i] == 0);
      const bool winds_up =
          either(clutter == static_cast<int>(Clutter::kCord), clutter == static_cast<int>(Clutter::kSock));
      const bool catches = both(both(sweeps, winds_up), b.jammed[i] == 0);
      b.stalls[i] += catches ? 1 : 0;
      b.freeing[i] = b.brush_speed[i] < -kSweeping ? b.freeing[i] + 1 : 0;
      b.jammed[i] = catches ? 1 : b.freeing[i] >= 25 ? 0 : b.jammed[i];
      const auto mess = [](int ground) { return (ground & kClutterBits) == static_cast<int>(Clutter::kMess) ? 1 : 0; };
      const int on_mess = mess(b.ground_centre[i]) | mess(b.ground_left[i]) | mess(b.ground_right[i]);
      b.smears[i] += on_mess > b.on_mess[i] ? 1 : 0;
      b.on_mess[i] = on_mess;
    }
  }

  /// Takes away the dirt under the brushes, each time one has come to another half of a cell.
  void clean() {
    const Home& home = *b.home;
    for (int i = 0; i < b.robots; ++i) {
      b.dirt[i] = 0;
      if (b.fallen[i] != 0) continue;
      if (b.brush_speed[i] > step_detail::kSweeping && b.jammed[i] == 0)
        b.dirt[i] += sweep(i, b.x[i], b.y[i], home.brush, b.cleaned_at[i]);
      if (b.side_speed[i] > step_detail::kSweeping)
        b.dirt[i] += sweep(i, b.x[i] + body::kSideBrushX_m * b.cos[i] - body::kSideBrushY_m * b.sin[i],
                           b.y[i] + body::kSideBrushX_m * b.sin[i] + body::kSideBrushY_m * b.cos[i], home.side_brush,
                           b.side_cleaned_at[i]);
      b.cleaned[i] += static_cast<std::int32_t>(b.dirt[i]);
    }
  }

  std::uint32_t sweep(int i, float x, float y, const Footprint* prints, std::int32_t& last) {
    const Home& home = *b.home;
    const int fine_x = static_cast<int>(x * field.per_cell * kSubcells),
              fine_y = static_cast<int>(y * field.per_cell * kSubcells);
    const int place = fine_y * (home.width * kSubcells) + fine_x;
    if (place == last) return 0;
    last = place;
    const Footprint& print = prints[(fine_y % kSubcells) * kSubcells + fine_x % kSubcells];
    const int column = fine_x / kSubcells + print.first_column, row = fine_y / kSubcells + print.first_row;
    const std::size_t stride = static_cast<std::size_t>(home.cleanable.words_per_row) * sizeof(std::uint64_t);
    auto* bytes = reinterpret_cast<unsigned char*>(b.dirt_bits.data() + at(i) * home.cleanable.words.size()) +
                  static_cast<std::size_t>(row) * stride + static_cast<std::size_t>(column / 8);
    std::uint32_t got = 0;
    for (const std::uint64_t bits : print.rows) {
      std::uint64_t word = 0;
      std::memcpy(&word, bytes, sizeof(word));
      const std::uint64_t covered = bits << (column % 8);
      got += static_cast<std::uint32_t>(std::popcount(word & covered));
      word &= ~covered;
      std::memcpy(bytes, &word, sizeof(word));
      bytes += stride;
    }
    return got;
  }

  void sense() {
    sense_ranges();
    sense_cliffs();
    sense_motors();
  }

  /// The distance along rays from (x, y) in direction (rx, ry) for all lanes, by stepping as far as nothing can be:
  /// from `start` on, at most to `reach`, `steps` times. A ray ends in the first solid cell, and homes have solid
  /// borders.
  Lanes<float> march(float cos, float sin, float start, float reach, int steps) const {
    const Lanes<float> x = b.x, y = b.y;  // copies, so that the compiler sees that nothing else writes to them
    Lanes<float> ray_x, ray_y, way;
    for (int i = 0; i < W; ++i) {
      ray_x[i] = b.cos[i] * cos - b.sin[i] * sin;
      ray_y[i] = b.sin[i] * cos + b.cos[i] * sin;
      way[i] = start;
    }
    const step_detail::Field home = field;
    for (int step = 0; step < steps; ++step)
      for (int i = 0; i < W; ++i) {
        const float free = home.clearance[home.cell(x[i] + way[i] * ray_x[i], y[i] + way[i] * ray_y[i])];
        way[i] = step_detail::least(way[i] + step_detail::most(free, 0.0f), reach);
      }
    for (int i = 0; i < W; ++i) {
      const bool rides = b.cat_mode[i] == static_cast<int>(CatMode::kRiding);
      const float dx = rides ? kFarAway_m : b.cat_x[i] - x[i], dy = rides ? kFarAway_m : b.cat_y[i] - y[i];
      way[i] = step_detail::ray_to_disc(dx, dy, ray_x[i], ray_y[i], kCatRadius_m, way[i]);
    }
    return way;
  }

  void sense_ranges() {
    using namespace step_detail;
    constexpr int kMarches = 12, kWallMarches = 6;
    for (int k = 0; k < body::kRanges; ++k) {
      const Lanes<float> way = march(body::kRangeCos[k], body::kRangeSin[k], body::kRadius_m,
                                     body::kRadius_m + body::kRangeReach_m, kMarches);
      for (int i = 0; i < W; ++i) {
        const std::uint32_t bits = noise_bits(b.key[i], k < 2 ? kRangeLeftPair : kRangeRightPair);
        const float noise = k % 2 == 0 ? low_noise(bits) : high_noise(bits);
        const float metres = way[i] - body::kRadius_m;
        const bool nothing = metres >= body::kRangeReach_m - 0.001f;
        const float read =
            nothing ? 255.0f : within(metres * (1.0f + 0.01f * noise) * (1.0f / kRangeUnit_m), 0.0f, 254.0f);
        // Its tail hides the sensors from the front left one on.
        const bool hidden =
            b.cat_covers[i] == 4 || (b.cat_covers[i] == 1 && k == 1) || (b.cat_covers[i] == 2 && (k == 1 || k == 2));
        b.range[k][i] = hidden ? 1.0f : read;
      }
    }
    const Lanes<float> way = march(body::kWallCos, body::kWallSin, body::kRadius_m,
                                   body::kRadius_m + body::kWallFar_m + 0.05f, kWallMarches);
    for (int i = 0; i < W; ++i) {
      const float noise = low_noise(noise_bits(b.key[i], kWall));
      const float metres = way[i] - body::kRadius_m;
      const float read = within(metres, body::kWallNear_m, body::kWallFar_m) * 1000.0f + 2.0f * noise;
      b.wall[i] = metres > body::kWallFar_m ? 255.0f : within(read, 25.0f, 200.0f);
    }
  }

  void sense_cliffs() {
    using namespace step_detail;
    for (int k = 0; k < body::kCliffs; ++k)
      for (int i = 0; i < W; ++i) {
        const std::uint32_t bits = noise_bits(b.key[i], k < 2 ? kCliffLeftPair : kCliffRightPair);
        const float noise = k % 2 == 0 ? low_noise(bits) : high_noise(bits);
        const float x = b.x[i] + body::kCliffX_m[k] * b.cos[i] - body::kCliffY_m[k] * b.sin[i];
        const float y = b.y[i] + body::kCliffX_m[k] * b.sin[i] + body::kCliffY_m[k] * b.cos[i];
        const int ground = field.ground[field.cell(x, y)];
        const float light = (ground & kDrop) != 0 || b.fallen[i] != 0 ? 12.0f : (ground & kRug) != 0 ? 140.0f : 200.0f;
        b.cliff[k][i] = light + 8.0f * noise;
      }
  }

  void sense_motors() {
    using namespace step_detail;
    for (int i = 0; i < W; ++i) {
      const std::uint32_t bits = noise_bits(b.key[i], kCurrents);
      const float load = 1.0f + 0.15f * b.cat_mass[i];
      const auto current = [&](float speed, float asked, float noise) {
        const float friction = asked > 0.0f ? body::kIdleCurrent_ma : asked < 0.0f ? -body::kIdleCurrent_ma : 0.0f;
        const float torque = friction * load + body::kCurrentPerSpeed_ma * speed * load + 4000.0f * (asked - speed);
        return within(torque, -body::kStallCurrent_ma, body::kStallCurrent_ma) + 15.0f * noise;
      };
      b.current_left[i] = current(b.left[i], b.drive_left[i], low_noise(bits));
      b.current_right[i] = current(b.right[i], b.drive_right[i], high_noise(bits));

      // Whole counts move on; the rest waits for the next tick.
      const auto count = [](float speed, float& rest, std::int32_t& counts) {
        rest += speed * (kTick_s / body::kMetresPerCount);
        const auto whole = static_cast<std::int32_t>(rest);
        counts += whole;
        rest -= static_cast<float>(whole);
      };
      count(b.left[i], b.encoder_rest_left[i], b.encoder_left[i]);
      count(b.right[i], b.encoder_rest_right[i], b.encoder_right[i]);
    }
  }

  void account(const Lanes<float>& old_x, const Lanes<float>& old_y) {
    using namespace step_detail;
    for (int i = 0; i < W; ++i) {
      const float dx = b.x[i] - old_x[i], dy = b.y[i] - old_y[i], square = dx * dx + dy * dy;
      b.distance[i] += static_cast<double>(signal::square_root(square));
      const float brush = size_of(b.brush_speed[i]) + 0.25f * size_of(b.side_speed[i]);
      const float amperes = 0.001f * (size_of(b.current_left[i]) + size_of(b.current_right[i]));
      const float others_w =
          body::kElectronics_w + body::kBrushPower_w * brush + (b.brush_speed[i] != 0.0f ? body::kFan_w : 0.0f);
      b.charge[i] = most(1.0f - static_cast<float>(b.energy[i]) * b.per_battery_j[i], 0.0f);
      const float empty_v = 13.4f + 1.8f * b.charge[i];
      b.voltage[i] = empty_v - body::kBatteryResistance_ohm * (amperes + others_w * (1.0f / body::kBatteryVoltage_v));
      b.energy[i] += static_cast<double>((others_w + amperes * b.voltage[i]) * kTick_s);

      const float nominal = 0.5f * (b.nominal_left[i] + b.nominal_right[i]);
      const float nominal_yaw = (b.nominal_right[i] - b.nominal_left[i]) * (1.0f / body::kTrackWidth_m);
      const auto out_of_control = [](float is, float should, float by) {
        return size_of(is - should) > by && (size_of(is) > size_of(should) || is * should < 0.0f);
      };
      b.runaway[i] +=
          out_of_control(b.speed[i], nominal, 0.1f) || out_of_control(b.yaw_rate[i], nominal_yaw, 0.8f) ? 1 : 0;
      const float asked = 0.5f * (b.target_left[i] + b.target_right[i]);
      const float asked_yaw = (b.target_right[i] - b.target_left[i]) * (1.0f / body::kTrackWidth_m);
      const bool should_move = size_of(asked) > 0.05f || size_of(asked_yaw) > 0.3f;
      b.stuck[i] += should_move && square < 0.0002f * 0.0002f && size_of(b.yaw_rate[i]) < 0.05f ? 1 : 0;
    }
  }

  void send(SensorFrame* frames) {
    using namespace step_detail;
    for (int i = 0; i < b.robots; ++i) {
      SensorFrame frame = pack(i);
      bool arrives = true;
      for (FaultState& fault : b.faults[at(i)]) {
        if (!fault.active(b.tick)) continue;
        const std::array<std::int32_t, 2> counts{b.encoder_left[i], b.encoder_right[i]};
        if (is_sensor(fault.fault.component) && fault.fault.component != Component::kCamera)
          apply_to_frame(fault, frame, counts, b.tick, {b.seed_low[i], b.seed_high[i]});
        if (fault.fault.component == Component::kLink)
          arrives = arrives && survives(fault.fault, frame, noise_bits(b.key[i], kLinkUp));
      }
      if (arrives) b.delivered[at(i)] = frame;
      frames[i] = b.delivered[at(i)];
    }
  }

  SensorFrame pack(int i) {
    using namespace step_detail;
    const std::uint32_t bits = noise_bits(b.key[i], kGyroAndAcceleration);
    SensorFrame frame;
    frame.sequence = static_cast<std::uint16_t>(b.tick + 1);
    frame.contacts = static_cast<std::uint8_t>(b.contacts[i]);
    frame.battery = static_cast<std::uint8_t>(rounded(10 * b.voltage[i]));
    frame.encoder_left = static_cast<std::int16_t>(b.encoder_left[i]);
    frame.encoder_right = static_cast<std::int16_t>(b.encoder_right[i]);
    const float gyro = b.yaw_rate[i] + b.gyro_bias[i] + 0.004f * low_noise(bits);
    frame.gyro = static_cast<std::int16_t>(rounded(gyro * (1 / kGyroUnit_radps)));
    for (int k = 0; k < 4; ++k) {
      frame.cliff[k] = static_cast<std::uint8_t>(b.cliff[k][i]);
      frame.range[k] = static_cast<std::uint8_t>(b.range[k][i]);
    }
    frame.wall_ir = static_cast<std::uint8_t>(b.wall[i]);
    const float brush_ma = b.jammed[i] != 0 && b.brush_speed[i] > 0 ? 2000.0f : 450.0f * size_of(b.brush_speed[i]);
    frame.brush_current =
        static_cast<std::uint8_t>(rounded(0.1f * brush_ma + (brush_ma > 0 ? 2.0f * high_noise(bits) : 0.0f)));
    frame.current_left = static_cast<std::int16_t>(rounded(b.current_left[i]));
    frame.current_right = static_cast<std::int16_t>(rounded(b.current_right[i]));
    frame.acceleration = static_cast<std::int8_t>(
        within((b.acceleration[i] + 0.1f * high_noise(bits)) * (1 / kAccelerationUnit_mps2), -128, 127));
    frame.dirt = static_cast<std::uint8_t>(b.dirt[i] < 255 ? b.dirt[i] : 255);
    frame.command_sequence = static_cast<std::uint16_t>(b.command_sequence[i]);
    const auto now = static_cast<std::int32_t>(b.tick);
    const bool patch = b.want_patch[i] != 0 && now - b.last_patch[i] >= 10;
    if (patch) b.last_patch[i] = now;
    frame.flags = static_cast<std::uint8_t>((patch ? kPatchFollows : 0) |
                                            (b.command_age[i] >= body::kDriverTimeoutTicks ? kDriverStopped : 0));
    return frame;
  }
};

template <int W>
Block<W>::Block(std::shared_ptr<const Home> where, std::span<const RobotOptions> options)
    : home(std::move(where)), robots(static_cast<int>(options.size())) {
  if (robots < 1 || robots > W)
    throw ValueError("Block: expected 1 to " + std::to_string(W) + " robots, got " + std::to_string(robots));
  const std::vector<std::uint64_t>& dirty = home->cleanable.words;
  dirt_bits.resize(dirty.size() * static_cast<std::size_t>(robots));
  for (int i = 0; i < W; ++i) {
    // Lanes beyond the last robot idle at the first one's start.
    const RobotOptions& option = options[static_cast<std::size_t>(i < robots ? i : 0)];
    const Pose start = option.start.value_or(home->start);
    if (!(option.delay_s >= 0 && option.delay_s <= 0.4f))
      throw ValueError("robot: expected a delay of 0 to 0.4 s, got " + std::to_string(option.delay_s));
    if (!(option.battery_wh > 0))
      throw ValueError("robot: expected a battery of more than 0 Wh, got " + std::to_string(option.battery_wh));
    const bool inside = start.x_m >= 0.3f && start.y_m >= 0.3f &&
                        start.x_m < static_cast<float>(home->width) * home->cell_m - 0.3f &&
                        start.y_m < static_cast<float>(home->height) * home->cell_m - 0.3f;
    const step_detail::Field field(*home);
    if (!inside || field.at(start.x_m, start.y_m).metres < body::kRadius_m - 0.001f)
      throw ValueError(home->name + ": the robot does not fit at its start (" + std::to_string(start.x_m) + ", " +
                       std::to_string(start.y_m) + ") m");
    x[i] = start.x_m;
    y[i] = start.y_m;
    const signal::SinCos heading = signal::sin_cos(start.heading_rad);
    cos[i] = heading.cos;
    sin[i] = heading.sin;
    gap[i] = field.at(start.x_m, start.y_m).metres - body::kRadius_m;
    contact_ticks[i] = 1000;
    delay_s[i] = option.delay_s;
    delay_drift_s[i] = option.delay_drift_s;
    last_patch[i] = -1000;
    voltage[i] = body::kBatteryVoltage_v;
    charge[i] = 1;
    per_battery_j[i] = 1.0f / (option.battery_wh * 3600.0f);
    cleaned_at[i] = side_cleaned_at[i] = -1;
    seed_low[i] = static_cast<std::uint32_t>(option.seed);
    seed_high[i] = static_cast<std::uint32_t>(option.seed >> 32) ^ signal::scrambled(seed_low[i] + 0x51ed270bu);
    const std::uint32_t setup = signal::noise_key(seed_low[i], seed_high[i], 0xffffffffu);
    gyro_bias[i] = 0.003f * signal::low_noise(signal::noise_bits(setup, 0));
    cat_x[i] = cat_y[i] = kFarAway_m;
    if (i < robots) {
      if (option.cat) place_cat(i, setup);
      for (const Fault& fault : option.faults)
        if (fault.component != Component::kBoard) faults[static_cast<std::size_t>(i)].emplace_back(fault);
      std::copy(dirty.begin(), dirty.end(), dirt_bits.begin() + static_cast<std::ptrdiff_t>(dirty.size()) * i);
    }
  }
  Stepper<W>(*this).prepare();
}

template <int W>
void Block<W>::place_cat(int lane, std::uint32_t setup_key) {
  // Somewhere the robot could go, at least half a metre from it, and with a cat's room around it.
  for (std::uint32_t attempt = 1; attempt < 10000; ++attempt) {
    const std::uint32_t bits = signal::noise_bits(setup_key, attempt);
    const std::size_t place =
        static_cast<std::size_t>(signal::unit_noise(bits) * static_cast<float>(home->reachable.size()));
    if (home->reachable[place] == 0) continue;
    const auto row = static_cast<std::size_t>(home->width);
    const float at_x = (static_cast<float>(place % row) + 0.5f) * home->cell_m,
                at_y = (static_cast<float>(place / row) + 0.5f) * home->cell_m;
    const float dx = at_x - x[lane], dy = at_y - y[lane];
    if (dx * dx + dy * dy < 0.5f * 0.5f) continue;
    cat_x[lane] = at_x;
    cat_y[lane] = at_y;
    cat_mode[lane] = static_cast<int>(CatMode::kSitting);
    cat_timer[lane] = static_cast<std::int32_t>(bits % 500u);
    return;
  }
}

template <int W>
void Block<W>::step(const CommandFrame* commands, SensorFrame* frames) {
  Stepper<W>(*this).step(commands, frames);
}

template <int W>
Truth Block<W>::truth(int i) const {
  Truth truth;
  truth.tick = tick;
  truth.pose = {x[i], y[i], signal::angle_of({sin[i], cos[i]})};
  truth.left_mps = left[i];
  truth.right_mps = right[i];
  truth.speed_mps = speed[i];
  truth.yaw_rate_radps = yaw_rate[i];
  truth.gap_m = gap[i];
  truth.delay_s = delay_s[i];
  truth.battery_v = voltage[i];
  truth.charge = charge[i];
  truth.contact = contact_ticks[i] == 0;
  truth.fallen = fallen[i] != 0;
  truth.brush_jammed = jammed[i] != 0;
  truth.driver_stopped = command_age[i] >= body::kDriverTimeoutTicks;
  truth.cat = {cat_x[i], cat_y[i], signal::angle_of({cat_vy[i], cat_vx[i]})};
  truth.cat_here = cat_mode[i] != static_cast<int>(CatMode::kAbsent);
  truth.cat_on_robot = cat_mode[i] == static_cast<int>(CatMode::kRiding);
  truth.cat_mass_kg = cat_mass[i];
  return truth;
}

template <int W>
Tally Block<W>::tally(int i) const {
  return {distance[i], energy[i], cleaned[i],   hard_collisions[i], max_impact[i], falls[i],
          smears[i],   stalls[i], cat_bumps[i], runaway[i],         stuck[i]};
}

template <int W>
std::span<const std::uint64_t> Block<W>::dirt_of(int lane) const {
  const std::size_t words = home->cleanable.words.size();
  return std::span(dirt_bits).subspan(static_cast<std::size_t>(lane) * words, words);
}

template <int W>
CameraPatch Block<W>::look(int lane) {
  const bool on_floor = cat_mode[lane] != static_cast<int>(CatMode::kRiding);
  const Pose cat{on_floor ? cat_x[lane] : kFarAway_m, on_floor ? cat_y[lane] : kFarAway_m, 0};
  const std::uint32_t grain =
      signal::noise_bits(signal::noise_key(seed_low[lane], seed_high[lane], tick), step_detail::kCameraGrain);
  CameraPatch patch = render_patch(*home, truth(lane).pose, cat, grain);
  for (const FaultState& fault : faults[static_cast<std::size_t>(lane)])
    if (fault.fault.component == Component::kCamera && fault.active(tick))
      apply_to_patch(fault.fault, camera[static_cast<std::size_t>(lane)], patch, grain + 1);
  return patch;
}

template <int W>
void Block<W>::drop_cat(int lane) {
  cat_mode[lane] = static_cast<int>(CatMode::kRiding);
  cat_mass[lane] = kCatMass_kg;
  cat_covers[lane] = 1;
  cat_timer[lane] = 500;
}

template <int W>
std::uint64_t Block<W>::state_hash(int i) const {
  std::uint64_t hash = 0xcbf29ce484222325u;
  const auto add = [&hash](auto value) {
    std::uint64_t bits = 0;
    static_assert(sizeof(value) <= sizeof(bits));
    std::memcpy(&bits, &value, sizeof(value));
    hash = (hash ^ bits) * 0x100000001b3u;
  };
  add(tick);
  const auto add_lanes = [&](const auto&... lanes) { (add(lanes[i]), ...); };
  add_lanes(x, y, cos, sin, left, right, nominal_left, nominal_right, speed, yaw_rate, gap, contact_ticks, target_left,
            target_right);
  add_lanes(delay_s, brush_speed, side_speed, command_age, encoder_rest_left, encoder_rest_right, encoder_left,
            encoder_right);
  add_lanes(gyro_bias, acceleration, current_left, current_right, voltage, charge, wall, contacts, dirt, jammed,
            freeing, fallen);
  add_lanes(cat_x, cat_y, cat_vx, cat_vy, cat_mass, cat_mode, cat_timer, distance, energy, max_impact, cleaned,
            hard_collisions);
  add_lanes(falls, smears, stalls, cat_bumps, runaway, stuck);
  for (int k = 0; k < 4; ++k) add_lanes(range[k], cliff[k]);
  for (const std::uint64_t word : dirt_of(i)) add(word);
  return hash;
}

}  // namespace handbuilt::robot_sim
