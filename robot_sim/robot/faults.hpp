#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace handbuilt::robot_sim {

/// What can break. Sensors first, then actuators, the cat, the link and the board.
enum class Component : std::uint8_t {
  kEncoderLeft,
  kEncoderRight,
  kGyro,
  kBumperLeft,
  kBumperRight,
  kCliffLeft,
  kCliffFrontLeft,
  kCliffFrontRight,
  kCliffRight,
  kRangeLeft,
  kRangeFrontLeft,
  kRangeFrontRight,
  kRangeRight,
  kWallIr,
  kDropLeft,
  kDropRight,
  kCurrentLeft,
  kCurrentRight,
  kBrushCurrent,
  kAcceleration,
  kBattery,
  kDirt,
  kCamera,
  kWheelLeft,
  kWheelRight,
  kBrush,
  kSideBrush,
  kCat,
  kLink,
  kBoard,
  kCount
};

/// How it breaks; see faults.cpp for what each type does at each severity.
enum class FaultType : std::uint8_t {
  kOff,
  kStuck,
  kGarbage,
  kWrong,
  kSlow,
  kDelayed,
  kIntermittent,  // sensors
  kWeak,
  kSwapped,  // actuators, besides stuck and delayed
  kMass,
  kBlock,  // the cat
  kLoss,
  kCorrupt,  // the link
  kHang,
  kBusFault,
  kMaskedHang,
  kStackOverflow,
  kBitFlip,  // the board
  kCount
};

constexpr int kComponents = static_cast<int>(Component::kCount);
constexpr int kFaultTypes = static_cast<int>(FaultType::kCount);

std::string_view name_of(Component component);
std::string_view name_of(FaultType type);

/// How many severities a component's fault has: 0 when there is no such fault, 1 when it has none to choose, else 3.
int severities(Component component, FaultType type);

/// One fault. Times are simulated seconds; the fault is there from `start_s` up to, not including, `end_s`.
struct Fault {
  Component component = Component::kGyro;
  FaultType type = FaultType::kOff;
  int severity = 2;
  double start_s = 0;
  double end_s = std::numeric_limits<double>::infinity();

  friend bool operator==(const Fault&, const Fault&) = default;
};

/// Reads `component:type[:severity]@start[-end]`, comma-separated; severity is 1, 2 (unless said) or 3. The empty text
/// is no fault.
///
///   gyro:stuck:1@30-60,cat:mass:3@100
///
/// Throws ValueError that names the position (1 = first character), what came and what is allowed there.
std::vector<Fault> parse_faults(std::string_view text);

/// The text that parse_faults() reads as these.
std::string to_string(const std::vector<Fault>& faults);

/// Every component x type x severity there is, from `start_s` on.
std::vector<Fault> every_fault(double start_s);

constexpr bool is_sensor(Component component) { return component <= Component::kCamera; }
constexpr bool is_actuator(Component component) {
  return component >= Component::kWheelLeft && component <= Component::kSideBrush;
}

}  // namespace handbuilt::robot_sim
