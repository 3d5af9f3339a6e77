// Every fault there is, against a healthy twin: the same home, seed and commands. A sensor's fault must change that
// sensor and nothing else, in the way the table in fault_effects.hpp says; an actuator's must change what the robot
// does.
#include "robot_sim/simulator/fault_effects.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <functional>
#include <optional>

#include "robot_sim/robot/body.hpp"
#include "robot_sim/simulator/simulator.hpp"

namespace handbuilt::robot_sim {
namespace {

constexpr double kStart_s = 2;
constexpr int kStartTick = 100, kTicks = 700;

std::shared_ptr<const Home> bare() {
  static const auto home = std::make_shared<const Home>(bare_room(3, 2.5));
  return home;
}

/// Drives about: straight into walls, turns, brushes on and off, and looks ahead. No feedback, so that twins stay
/// twins.
CommandFrame script(int tick) {
  CommandFrame command;
  command.sequence = static_cast<std::uint16_t>(tick);
  const int phase = tick / 60 % 4;
  command.left = static_cast<std::int16_t>(phase == 1 ? -150 : phase == 3 ? 60 : 250);
  command.right = static_cast<std::int16_t>(phase == 1 ? 150 : phase == 3 ? -60 : 220);
  command.brush = phase == 2 ? 0 : 100;
  command.side_brush = static_cast<std::int8_t>(phase == 3 ? 0 : 40 + 10 * phase);
  command.flags = kWantPatch;
  return command;
}

/// One component's value in a frame, as the table of frames.hpp has it; encoders unwrapped by the caller.
float value_of(Component component, const SensorFrame& f) {
  switch (component) {
    case Component::kEncoderLeft:
      return f.encoder_left;
    case Component::kEncoderRight:
      return f.encoder_right;
    case Component::kGyro:
      return f.gyro;
    case Component::kBumperLeft:
      return f.contacts & kBumperLeft ? 1 : 0;
    case Component::kBumperRight:
      return f.contacts & kBumperRight ? 1 : 0;
    case Component::kDropLeft:
      return f.contacts & kDropLeft ? 1 : 0;
    case Component::kDropRight:
      return f.contacts & kDropRight ? 1 : 0;
    case Component::kCliffLeft:
    case Component::kCliffFrontLeft:
    case Component::kCliffFrontRight:
    case Component::kCliffRight:
      return f.cliff[static_cast<int>(component) - static_cast<int>(Component::kCliffLeft)];
    case Component::kRangeLeft:
    case Component::kRangeFrontLeft:
    case Component::kRangeFrontRight:
    case Component::kRangeRight:
      return f.range[static_cast<int>(component) - static_cast<int>(Component::kRangeLeft)];
    case Component::kWallIr:
      return f.wall_ir;
    case Component::kCurrentLeft:
      return f.current_left;
    case Component::kCurrentRight:
      return f.current_right;
    case Component::kBrushCurrent:
      return f.brush_current;
    case Component::kAcceleration:
      return f.acceleration;
    case Component::kBattery:
      return f.battery;
    case Component::kDirt:
      return f.dirt;
    default:
      ADD_FAILURE() << "no value of " << name_of(component);
      return 0;
  }
}

/// The frame with that component's value taken out.
SensorFrame without(Component component, SensorFrame f) {
  const auto clear = [&](int bit) { f.contacts = static_cast<std::uint8_t>(f.contacts & ~bit); };
  if (component == Component::kEncoderLeft) f.encoder_left = 0;
  if (component == Component::kEncoderRight) f.encoder_right = 0;
  if (component == Component::kGyro) f.gyro = 0;
  if (component == Component::kBumperLeft) clear(kBumperLeft);
  if (component == Component::kBumperRight) clear(kBumperRight);
  if (component == Component::kDropLeft) clear(kDropLeft);
  if (component == Component::kDropRight) clear(kDropRight);
  const int c = static_cast<int>(component);
  if (component >= Component::kCliffLeft && component <= Component::kCliffRight)
    f.cliff[c - static_cast<int>(Component::kCliffLeft)] = 0;
  if (component >= Component::kRangeLeft && component <= Component::kRangeRight)
    f.range[c - static_cast<int>(Component::kRangeLeft)] = 0;
  if (component == Component::kWallIr) f.wall_ir = 0;
  if (component == Component::kCurrentLeft) f.current_left = 0;
  if (component == Component::kCurrentRight) f.current_right = 0;
  if (component == Component::kBrushCurrent) f.brush_current = 0;
  if (component == Component::kAcceleration) f.acceleration = 0;
  if (component == Component::kBattery) f.battery = 0;
  if (component == Component::kDirt) f.dirt = 0;
  return f;
}

bool is_switch(Component c) {
  return c == Component::kBumperLeft || c == Component::kBumperRight || c == Component::kDropLeft ||
         c == Component::kDropRight;
}
bool is_encoder(Component c) { return c == Component::kEncoderLeft || c == Component::kEncoderRight; }
bool has_sign(Component c) {
  return c == Component::kGyro || c == Component::kCurrentLeft || c == Component::kCurrentRight ||
         c == Component::kAcceleration;
}

struct Readings {
  std::vector<float> truth, faulty;  // one a tick; encoders unwrapped
};

/// Runs the twins, checks that all but the component's own value agrees, and returns that value.
Readings run_twins(const Fault& fault) {
  Simulator healthy(bare(), {.seed = 5}), sick(bare(), {.seed = 5, .faults = {fault}});
  Readings readings;
  float turns = 0, last = 0;
  for (int tick = 0; tick < kTicks; ++tick) {
    const SensorFrame& h = healthy.step(script(tick));
    const SensorFrame& s = sick.step(script(tick));
    EXPECT_EQ(without(fault.component, h), without(fault.component, s)) << "another value changed in tick " << tick;
    if (tick < kStartTick) {
      EXPECT_EQ(h, s) << "it began before its time, in tick " << tick;
    }
    const float now = value_of(fault.component, h);
    // Unwraps the healthy count; the faulty one has not gone far enough to wrap.
    if (is_encoder(fault.component) && now - last > 32768) turns -= 65536;
    if (is_encoder(fault.component) && now - last < -32768) turns += 65536;
    last = now;
    readings.truth.push_back(now + turns);
    readings.faulty.push_back(value_of(fault.component, s));
  }
  EXPECT_EQ(healthy.state_hash(), sick.state_hash()) << "a sensor's fault moved the world";
  return readings;
}

float low_of(Component c) {
  return is_encoder(c) || (has_sign(c) && c != Component::kAcceleration) ? -32768 : has_sign(c) ? -128 : 0;
}
float high_of(Component c) {
  return is_switch(c)                                                      ? 1
         : is_encoder(c) || (has_sign(c) && c != Component::kAcceleration) ? 32767
         : has_sign(c)                                                     ? 127
                                                                           : 255;
}

void expect_as_told(const Fault& fault, const Readings& readings) {
  const auto at = [](const std::vector<float>& v, int tick) { return v[static_cast<std::size_t>(tick)]; };
  const std::size_t s = static_cast<std::size_t>(fault.severity - 1);
  const float first = at(readings.truth, kStartTick);
  int different = 0, zeros_where_not = 0, checked = 0;
  float lag = first;
  for (int tick = kStartTick; tick < kTicks; ++tick) {
    const float truth = at(readings.truth, tick), faulty = at(readings.faulty, tick);
    different += truth != faulty ? 1 : 0;
    zeros_where_not += truth != 0 && faulty == 0 ? 1 : 0;
    checked += truth != 0 ? 1 : 0;
    switch (fault.type) {
      case FaultType::kOff:
        ASSERT_EQ(faulty, 0);
        break;
      case FaultType::kStuck:
        ASSERT_EQ(faulty, s == 0 ? first : s == 1 ? low_of(fault.component) : high_of(fault.component)) << tick;
        break;
      case FaultType::kWrong: {
        constexpr float kScale[3] = {0.8f, 0.5f, -1};
        float expected = kScale[s] * truth;
        if (is_switch(fault.component))
          expected = 1 - truth;
        else if (is_encoder(fault.component))
          expected = first + kScale[s] * (truth - first);
        else if (s == 2 && !has_sign(fault.component))
          expected = 255 - truth;
        ASSERT_NEAR(faulty, expected, 0.51) << tick;
        break;
      }
      case FaultType::kSlow: {
        constexpr float kLag_s[3] = {0.2f, 0.5f, 1.0f};
        lag += 0.02f / kLag_s[s] * (truth - lag);
        ASSERT_NEAR(faulty, is_switch(fault.component) ? (lag > 0.5f ? 1 : 0) : lag, 0.6) << tick;
        break;
      }
      case FaultType::kDelayed: {
        constexpr int kBack[3] = {5, 10, 20};
        ASSERT_EQ(faulty, at(readings.truth, std::max(tick - kBack[s], kStartTick))) << tick;
        break;
      }
      case FaultType::kIntermittent:
        ASSERT_TRUE(faulty == 0 || faulty == truth) << tick;
        break;
      default:
        break;
    }
  }
  const double n = kTicks - kStartTick;
  if (fault.type == FaultType::kGarbage) {
    // A switch's garbage is right half of the time; three standard errors either way.
    const double share = (is_switch(fault.component) ? 0.5 : 1) * (s == 0 ? 0.1 : s == 1 ? 0.5 : 1.0);
    EXPECT_NEAR(different / n, share, 3 * std::sqrt(share * (1 - share) / n) + 0.012);
  }
  if (fault.type == FaultType::kIntermittent && checked > 400) {
    constexpr double kShares[3] = {0.1, 0.3, 0.6};
    EXPECT_NEAR(zeros_where_not / static_cast<double>(checked), kShares[s], 0.2);  // some 60 spells
    EXPECT_GT(zeros_where_not, 0);
  }
}

/// A test a component: it goes through all types and severities that the component has.
class SensorFault : public ::testing::TestWithParam<Component> {};

std::vector<Fault> faults_of(Component component) {
  std::vector<Fault> all = every_fault(kStart_s);
  std::erase_if(all, [&](const Fault& fault) { return fault.component != component; });
  return all;
}

TEST_P(SensorFault, ChangesItsReadingAsToldAndNothingElse) {
  for (const Fault& fault : faults_of(GetParam())) {
    SCOPED_TRACE(to_string({fault}));
    expect_as_told(fault, run_twins(fault));
  }
}

std::vector<Component> components(Component first, Component last) {
  std::vector<Component> all;
  for (int c = static_cast<int>(first); c <= static_cast<int>(last); ++c) all.push_back(static_cast<Component>(c));
  return all;
}

std::string test_name(const ::testing::TestParamInfo<Component>& info) { return std::string(name_of(info.param)); }

INSTANTIATE_TEST_SUITE_P(All, SensorFault, ::testing::ValuesIn(components(Component::kEncoderLeft, Component::kDirt)),
                         test_name);

TEST(SensorFault, EndsWhenItIsToldTo) {
  Simulator healthy(bare(), {.seed = 5}),
      sick(bare(), {.seed = 5, .faults = parse_faults("encoder_left:stuck:3@2-4,gyro:off@2-4")});
  for (int tick = 0; tick < 400; ++tick) {
    const SensorFrame h = healthy.step(script(tick)), s = sick.step(script(tick));
    EXPECT_EQ(h == s, tick < 100 || tick >= 200) << tick;
  }
}

TEST(SensorFault, TwoAtOnceDoNotDisturbEachOther) {
  Simulator both(bare(), {.seed = 5, .faults = parse_faults("gyro:wrong:1@2,range_left:garbage:3@2")});
  Simulator one(bare(), {.seed = 5, .faults = parse_faults("gyro:wrong:1@2")}),
      other(bare(), {.seed = 5, .faults = parse_faults("range_left:garbage:3@2")});
  for (int tick = 0; tick < 400; ++tick) {
    const SensorFrame b = both.step(script(tick));
    EXPECT_EQ(b.gyro, one.step(script(tick)).gyro);
    EXPECT_EQ(b.range[0], other.step(script(tick)).range[0]);
  }
}

void expect_patches_as_told(const Fault& fault) {
  Simulator healthy(bare(), {.seed = 5}), sick(bare(), {.seed = 5, .faults = {fault}});
  std::vector<CameraPatch> truth, faulty;
  for (int tick = 0; tick < kTicks; ++tick) {
    ASSERT_EQ(healthy.step(script(tick)), sick.step(script(tick)));
    const auto h = healthy.patch(), s = sick.patch();
    ASSERT_EQ(h.has_value(), s.has_value());
    if (!h) continue;
    if (tick < kStartTick - 1) {
      ASSERT_EQ(*h, *s);
    }
    if (tick < kStartTick) continue;
    truth.push_back(*h);
    faulty.push_back(*s);
  }
  ASSERT_GT(truth.size(), 40u);
  const std::size_t s = static_cast<std::size_t>(fault.severity - 1);
  int altered = 0;
  for (std::size_t k = 2; k < truth.size(); ++k) {
    int pixels = 0;
    for (std::size_t i = 0; i < 576; ++i) pixels += truth[k].grey[i] != faulty[k].grey[i] ? 1 : 0;
    altered += pixels > 0 ? 1 : 0;
    switch (fault.type) {
      case FaultType::kOff:
        EXPECT_EQ(faulty[k], CameraPatch{});
        break;
      case FaultType::kStuck:
        EXPECT_EQ(faulty[k], faulty[2]);
        if (s > 0) {
          EXPECT_EQ(faulty[k].grey[100], s == 1 ? 0 : 255);
        }
        break;
      case FaultType::kGarbage:
        EXPECT_NEAR(pixels / 576.0, s == 0 ? 0.1 : s == 1 ? 0.5 : 1.0, 0.07);
        break;
      case FaultType::kWrong:
        EXPECT_NEAR(faulty[k].grey[0], s == 2 ? 255 - truth[k].grey[0] : (s == 0 ? 0.8 : 0.5) * truth[k].grey[0], 1);
        break;
      case FaultType::kDelayed:
        EXPECT_EQ(faulty[k], truth[k - (s == 2 ? 2 : 1)]);
        break;
      default:
        break;
    }
  }
  EXPECT_GT(altered, 0);
}

TEST(CameraFault, ChangesThePatchAsTold) {
  for (const Fault& fault : faults_of(Component::kCamera)) {
    SCOPED_TRACE(to_string({fault}));
    expect_patches_as_told(fault);
  }
}

/// The drives of the twins, tick by tick: what a wheel's or a brush's fault makes of it.
void expect_drive_as_told(const Fault& fault) {
  FaultState state(fault);
  std::vector<Drive> asked;
  const std::size_t s = static_cast<std::size_t>(fault.severity - 1);
  const auto own = [&](const Drive& d) {
    return fault.component == Component::kWheelLeft    ? d.left
           : fault.component == Component::kWheelRight ? d.right
           : fault.component == Component::kBrush      ? d.brush
                                                       : d.side_brush;
  };
  const auto others = [&](Drive d) {
    (fault.component == Component::kWheelLeft    ? d.left
     : fault.component == Component::kWheelRight ? d.right
     : fault.component == Component::kBrush      ? d.brush
                                                 : d.side_brush) = 0;
    return std::array{d.left, d.right, d.brush, d.side_brush};
  };
  for (std::uint32_t tick = 100; tick < 200; ++tick) {
    const auto wave = static_cast<float>(tick % 37) / 100;
    const Drive told{0.1f + wave, 0.2f - wave, 0.5f + wave, -wave};
    asked.push_back(told);
    Drive done = told;
    const bool jammed = apply_to_drive(state, done, tick);
    EXPECT_EQ(jammed, fault.type == FaultType::kStuck && s == 0);
    if (fault.type == FaultType::kSwapped) {
      const bool wheels = fault.component == Component::kWheelLeft;
      EXPECT_EQ(done.left, wheels ? told.right : told.left);
      EXPECT_EQ(done.right, wheels ? told.left : told.right);
      EXPECT_EQ(done.brush, wheels ? told.brush : told.side_brush);
      continue;
    }
    EXPECT_EQ(others(done), others(told));
    constexpr float kStrength[3] = {0.8f, 0.5f, 0.2f};
    constexpr std::size_t kBack[3] = {5, 10, 20};
    if (fault.type == FaultType::kWeak) {
      EXPECT_FLOAT_EQ(own(done), kStrength[s] * own(told));
    }
    if (fault.type == FaultType::kDelayed) {
      EXPECT_EQ(own(done), own(asked[asked.size() - 1 - std::min(kBack[s], asked.size() - 1)]));
    }
    if (fault.type == FaultType::kStuck && s == 0) {
      EXPECT_EQ(own(done), 0);
    }
    if (fault.type == FaultType::kStuck && s == 1) {
      EXPECT_EQ(own(done), own(asked[0]));
    }
    if (fault.type == FaultType::kStuck && s == 2) {
      EXPECT_GE(own(done), body::kTopSpeed_mps);
    }
  }
}

class ActuatorFault : public ::testing::TestWithParam<Component> {};

TEST_P(ActuatorFault, ChangesItsDriveAsToldAndNoOther) {
  for (const Fault& fault : faults_of(GetParam())) {
    SCOPED_TRACE(to_string({fault}));
    expect_drive_as_told(fault);
  }
}

void expect_a_change_once_it_begins(const Fault& fault) {
  Simulator healthy(bare(), {.seed = 5}), sick(bare(), {.seed = 5, .faults = {fault}});
  for (int tick = 0; tick < kStartTick; ++tick) {
    healthy.step(script(tick));
    sick.step(script(tick));
  }
  ASSERT_EQ(healthy.state_hash(), sick.state_hash());
  for (int tick = kStartTick; tick < kTicks; ++tick) {
    healthy.step(script(tick));
    sick.step(script(tick));
  }
  EXPECT_NE(healthy.state_hash(), sick.state_hash());
}

TEST_P(ActuatorFault, ChangesWhatTheRobotDoesOnlyOnceItBegins) {
  for (const Fault& fault : faults_of(GetParam())) {
    SCOPED_TRACE(to_string({fault}));
    expect_a_change_once_it_begins(fault);
  }
}

INSTANTIATE_TEST_SUITE_P(All, ActuatorFault,
                         ::testing::ValuesIn(components(Component::kWheelLeft, Component::kSideBrush)), test_name);

TEST(ActuatorFault, AJammedWheelDoesNotTurnWhateverItIsTold) {
  Simulator simulator(bare(), {.faults = parse_faults("wheel_left:stuck:1@1")});
  CommandFrame ahead;
  ahead.left = ahead.right = 250;
  for (int tick = 0; tick < 150; ++tick) simulator.step(ahead);
  EXPECT_EQ(simulator.truth().left_mps, 0);
  EXPECT_GT(simulator.truth().right_mps, 0.2f);
  EXPECT_GT(simulator.tally().runaway_ticks, 50) << "turning on the spot when told to go straight is out of control";
}

TEST(CatFault, SitsDownWithItsMassAndGoesAgain) {
  for (const auto& [severity, mass] : {std::pair{1, 2.5f}, {2, 4.0f}, {3, 6.0f}}) {
    Simulator simulator(bare(), {.faults = parse_faults("cat:mass:" + std::to_string(severity) + "@1-3")});
    for (int tick = 0; tick < 100; ++tick) simulator.step({});
    EXPECT_EQ(simulator.truth().cat_mass_kg, mass);
    EXPECT_TRUE(simulator.truth().cat_on_robot);
    for (int tick = 0; tick < 300; ++tick) simulator.step({});
    EXPECT_FALSE(simulator.truth().cat_on_robot && simulator.truth().cat_mass_kg == mass &&
                 simulator.truth().tick < 160);
  }
}

TEST(CatFault, AHeavierCatMakesTheRobotSlowerToStartAndHungrier) {
  const auto run = [](const char* faults) {
    Simulator simulator(bare(), {.faults = parse_faults(faults)});
    CommandFrame ahead;
    ahead.left = ahead.right = 250;
    for (int tick = 0; tick < 20; ++tick) simulator.step(ahead);
    return std::pair{simulator.truth().speed_mps, simulator.tally().energy_j};
  };
  float speed = 1;
  double energy = 0;
  for (const char* faults : {"", "cat:mass:1@0", "cat:mass:2@0", "cat:mass:3@0"}) {
    const auto [now, used] = run(faults);
    EXPECT_LT(now, speed) << faults;
    EXPECT_GT(used, energy) << faults;
    speed = now;
    energy = used;
  }
}

TEST(CatFault, ItsTailHidesOneTwoOrFourRangeSensors) {
  for (const auto& [severity, hidden] : {std::pair{1, 1}, {2, 2}, {3, 4}}) {
    Simulator simulator(bare(), {.faults = parse_faults("cat:block:" + std::to_string(severity) + "@0")});
    simulator.step({});
    simulator.step({});
    const SensorFrame& frame = simulator.frame();
    EXPECT_EQ(std::count(std::begin(frame.range), std::end(frame.range), 1), hidden);
  }
}

TEST(LinkFault, LosesOrCorruptsTheToldShareOfFramesBothWays) {
  for (const char* type : {"loss", "corrupt"})
    for (const auto& [severity, share] : {std::pair{1, 0.1}, {2, 0.5}, {3, 1.0}}) {
      Simulator simulator(
          bare(), {.faults = parse_faults("link:" + std::string(type) + ":" + std::to_string(severity) + "@0")});
      int lost_up = 0, lost_down = 0;
      std::uint16_t sequence = 0;
      for (int tick = 1; tick <= 2000; ++tick) {
        CommandFrame command;
        command.sequence = static_cast<std::uint16_t>(tick);
        const SensorFrame& frame = simulator.step(command);
        lost_up += frame.sequence == sequence ? 1 : 0;
        lost_down += frame.sequence != sequence && frame.command_sequence != tick ? 1 : 0;
        sequence = frame.sequence;
      }
      EXPECT_NEAR(lost_up / 2000.0, share, 0.035) << type;
      if (severity < 3) {
        EXPECT_NEAR(lost_down / (2000.0 - lost_up), share, 0.05) << type;
      }
    }
}

TEST(LinkFault, WhatACorruptLineDeliversIsIntactOrPassedItsCrcByChance) {
  const Fault fault{Component::kLink, FaultType::kCorrupt, 3, 0, 1e9};
  int undetected = 0;
  for (std::uint32_t i = 0; i < 200000; ++i) {
    CommandFrame frame;
    frame.left = 100;
    const bool arrived = survives(fault, frame, i * 2654435761u);
    CommandFrame sent;
    sent.left = 100;
    undetected += arrived && !(frame == sent) ? 1 : 0;
  }
  EXPECT_LT(undetected, 40);  // one to four flipped bits: all odd numbers and all pairs are found
}

TEST(BoardFault, IsKeptForTheBoardAndDoesNothingHere) {
  Simulator healthy(bare(), {.seed = 5}),
      sick(bare(), {.seed = 5, .faults = parse_faults("board:hang@1,board:bit_flip@2")});
  for (int tick = 0; tick < 300; ++tick) EXPECT_EQ(healthy.step(script(tick)), sick.step(script(tick)));
  EXPECT_EQ(healthy.state_hash(), sick.state_hash());
}

}  // namespace
}  // namespace handbuilt::robot_sim
