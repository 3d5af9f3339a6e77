#include "robot_sim/simulator/fault_effects.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include "robot_sim/robot/body.hpp"
#include "robot_sim/simulator/options.hpp"
#include "signal/counter_noise.hpp"
#include "signal/crc16.hpp"

namespace handbuilt::robot_sim {

namespace {

using signal::noise_bits;
using signal::unit_noise;

constexpr std::array<float, 3> kShareOfTime = {0.1f, 0.5f, 1.0f};
constexpr std::array<float, 3> kShareOfSpells = {0.1f, 0.3f, 0.6f};
constexpr std::array<float, 3> kScale = {0.8f, 0.5f, -1.0f};
constexpr std::array<float, 3> kStrength = {0.8f, 0.5f, 0.2f};
constexpr std::array<float, 3> kLag_s = {0.2f, 0.5f, 1.0f};
constexpr std::array<std::uint32_t, 3> kDelayTicks = {5, 10, 20};

std::size_t level(const Fault& fault) { return static_cast<std::size_t>(fault.severity - 1); }

/// Remembers `value` and returns what was there `level`'s delay ago.
float delayed(FaultState& state, float value, std::uint32_t tick) {
  state.history[tick % 32] = value;
  return state.history[(tick - kDelayTicks[level(state.fault)]) % 32];
}

void begin(FaultState& state, float value) {
  if (state.begun) return;
  state.begun = true;
  state.first = state.lag = value;
  state.history.fill(value);
}

constexpr Channel kByte{0, 255};
constexpr Channel kWord{-32768, 32767};
constexpr Channel kSwitch{0, 1, true};
constexpr Channel kCounter{-32768, 32767, false, true};

/// A channel's place in the frame, as a number: read with get(), written back with set().
class FrameField {
 public:
  FrameField(SensorFrame& frame, const std::array<std::int32_t, 2>& counts) : frame_(frame), counts_(counts) {}

  [[nodiscard]] Channel channel(Component component) const {
    switch (component) {
      case Component::kEncoderLeft:
      case Component::kEncoderRight:
        return kCounter;
      case Component::kGyro:
      case Component::kCurrentLeft:
      case Component::kCurrentRight:
        return kWord;
      case Component::kAcceleration:
        return {-128, 127};
      case Component::kBumperLeft:
      case Component::kBumperRight:
      case Component::kDropLeft:
      case Component::kDropRight:
        return kSwitch;
      default:
        return kByte;
    }
  }

  [[nodiscard]] float get(Component component) const {
    if (component == Component::kEncoderLeft) return static_cast<float>(counts_[0]);
    if (component == Component::kEncoderRight) return static_cast<float>(counts_[1]);
    if (component == Component::kGyro) return frame_.gyro;
    if (component == Component::kCurrentLeft) return frame_.current_left;
    if (component == Component::kCurrentRight) return frame_.current_right;
    if (component == Component::kAcceleration) return frame_.acceleration;
    if (const std::uint8_t bit = contact_bit(component)) return (frame_.contacts & bit) != 0 ? 1.0f : 0.0f;
    return *byte(component);
  }

  void set(Component component, float value) {
    const int number = static_cast<int>(value < 0 ? value - 0.5f : value + 0.5f);
    if (component == Component::kEncoderLeft)
      frame_.encoder_left = static_cast<std::int16_t>(number);
    else if (component == Component::kEncoderRight)
      frame_.encoder_right = static_cast<std::int16_t>(number);
    else if (component == Component::kGyro)
      frame_.gyro = static_cast<std::int16_t>(number);
    else if (component == Component::kCurrentLeft)
      frame_.current_left = static_cast<std::int16_t>(number);
    else if (component == Component::kCurrentRight)
      frame_.current_right = static_cast<std::int16_t>(number);
    else if (component == Component::kAcceleration)
      frame_.acceleration = static_cast<std::int8_t>(number);
    else if (const std::uint8_t bit = contact_bit(component))
      frame_.contacts = static_cast<std::uint8_t>(number != 0 ? frame_.contacts | bit : frame_.contacts & ~bit);
    else
      *byte(component) = static_cast<std::uint8_t>(number);
  }

 private:
  static std::uint8_t contact_bit(Component component) {
    switch (component) {
      case Component::kBumperLeft:
        return kBumperLeft;
      case Component::kBumperRight:
        return kBumperRight;
      case Component::kDropLeft:
        return kDropLeft;
      case Component::kDropRight:
        return kDropRight;
      default:
        return 0;
    }
  }

  [[nodiscard]] std::uint8_t* byte(Component component) const {
    const int c = static_cast<int>(component);
    if (component >= Component::kCliffLeft && component <= Component::kCliffRight)
      return &frame_.cliff[c - static_cast<int>(Component::kCliffLeft)];
    if (component >= Component::kRangeLeft && component <= Component::kRangeRight)
      return &frame_.range[c - static_cast<int>(Component::kRangeLeft)];
    if (component == Component::kWallIr) return &frame_.wall_ir;
    if (component == Component::kBrushCurrent) return &frame_.brush_current;
    if (component == Component::kBattery) return &frame_.battery;
    return &frame_.dirt;
  }

  SensorFrame& frame_;
  const std::array<std::int32_t, 2>& counts_;
};

template <class Frame>
bool line_survives(const Fault& fault, Frame& frame, std::uint32_t bits) {
  if (unit_noise(bits) >= kShareOfTime[level(fault)]) return true;
  if (fault.type == FaultType::kLoss) return false;
  std::array<std::uint8_t, sizeof(Frame)> bytes{};
  const std::uint16_t unsealed = frame.crc;
  std::memcpy(bytes.data(), &frame, sizeof(Frame));
  const std::uint16_t crc = signal::crc16(bytes.data(), sizeof(Frame) - 2);
  std::memcpy(bytes.data() + sizeof(Frame) - 2, &crc, 2);
  for (std::uint32_t flip = 0; flip <= (signal::scrambled(bits) & 3u); ++flip) {
    const std::uint32_t place = noise_bits(bits, flip) % (8 * sizeof(Frame));
    bytes[place / 8] = static_cast<std::uint8_t>(bytes[place / 8] ^ (1u << (place % 8)));
  }
  std::uint16_t arrived = 0;
  std::memcpy(&arrived, bytes.data() + sizeof(Frame) - 2, 2);
  if (signal::crc16(bytes.data(), sizeof(Frame) - 2) != arrived) return false;
  std::memcpy(&frame, bytes.data(), sizeof(Frame));
  frame.crc = unsealed;
  return true;
}

}  // namespace

FaultState::FaultState(const Fault& what)
    : fault(what), start_tick(ticks_of(what.start_s)), end_tick(ticks_of(what.end_s)) {}

float sensed(FaultState& state, float value, const Channel& channel, std::uint32_t tick, std::uint32_t bits,
             std::uint32_t spell_bits) {
  begin(state, value);
  const std::size_t s = level(state.fault);
  switch (state.fault.type) {
    case FaultType::kOff:
      return 0;
    case FaultType::kStuck:
      return s == 0 ? state.first : s == 1 ? channel.low : channel.high;
    case FaultType::kGarbage:
      if (unit_noise(bits) >= kShareOfTime[s]) return value;
      return channel.is_switch ? static_cast<float>(bits & 1u)
                               : channel.low + (channel.high - channel.low) * unit_noise(signal::scrambled(bits));
    case FaultType::kWrong:
      if (channel.is_switch) return 1 - value;
      if (channel.counts) return state.first + kScale[s] * (value - state.first);
      if (kScale[s] < 0) return std::clamp(channel.low < 0 ? -value : channel.high - value, channel.low, channel.high);
      return kScale[s] * value;
    case FaultType::kSlow:
      state.lag += kTick_s / kLag_s[s] * (value - state.lag);
      return channel.is_switch ? (state.lag > 0.5f ? 1.0f : 0.0f) : state.lag;
    case FaultType::kDelayed:
      return delayed(state, value, tick);
    case FaultType::kIntermittent:
      return unit_noise(spell_bits) < kShareOfSpells[s] ? 0.0f : value;
    default:
      return value;
  }
}

void apply_to_frame(FaultState& state, SensorFrame& frame, const std::array<std::int32_t, 2>& counts,
                    std::uint32_t tick, Seed seed) {
  constexpr std::uint32_t kPurpose = 1000, kSpells = 0x80000000u;
  FrameField field(frame, counts);
  const Component component = state.fault.component;
  const auto purpose = kPurpose + static_cast<std::uint32_t>(component);
  const std::uint32_t bits = noise_bits(signal::noise_key(seed.low, seed.high, tick), purpose);
  const std::uint32_t spell_bits = noise_bits(signal::noise_key(seed.low, seed.high, kSpells + tick / 10), purpose);
  field.set(component, sensed(state, field.get(component), field.channel(component), tick, bits, spell_bits));
}

void apply_to_patch(const Fault& fault, CameraMemory& memory, CameraPatch& patch, std::uint32_t key) {
  const std::size_t s = level(fault);
  const CameraPatch truth = patch;
  if (memory.seen++ == 0) memory.last = memory.before = truth;
  for (std::size_t i = 0; i < std::size(patch.grey); ++i) {
    std::uint8_t& grey = patch.grey[i];
    const std::uint32_t bits = noise_bits(key, static_cast<std::uint32_t>(i));
    switch (fault.type) {
      case FaultType::kOff:
        grey = 0;
        break;
      case FaultType::kStuck:
        grey = s == 0 ? memory.last.grey[i] : s == 1 ? std::uint8_t{0} : std::uint8_t{255};
        break;
      case FaultType::kGarbage:
        if (unit_noise(bits) < kShareOfTime[s]) grey = static_cast<std::uint8_t>(bits);
        break;
      case FaultType::kWrong:
        grey = s == 2 ? static_cast<std::uint8_t>(255 - grey) : static_cast<std::uint8_t>(kScale[s] * grey);
        break;
      case FaultType::kSlow: {  // what it saw before shines through
        const float newest = s == 0 ? 0.7f : s == 1 ? 0.4f : 0.2f;
        grey = static_cast<std::uint8_t>(newest * grey + (1 - newest) * memory.last.grey[i]);
        break;
      }
      case FaultType::kDelayed:  // by one patch, or for 0.4 s by two
        grey = s == 2 ? memory.before.grey[i] : memory.last.grey[i];
        break;
      case FaultType::kIntermittent:
        if (unit_noise(noise_bits(key, 5000)) < kShareOfSpells[s]) grey = 0;
        break;
      default:
        break;
    }
  }
  if (fault.type == FaultType::kStuck) return;
  memory.before = memory.last;
  memory.last = fault.type == FaultType::kSlow ? patch : truth;
}

bool apply_to_drive(FaultState& state, Drive& drive, std::uint32_t tick) {
  const Component component = state.fault.component;
  if (state.fault.type == FaultType::kSwapped) {
    if (component == Component::kWheelLeft) std::swap(drive.left, drive.right);
    if (component == Component::kBrush) std::swap(drive.brush, drive.side_brush);
    return false;
  }
  const bool wheel = component == Component::kWheelLeft || component == Component::kWheelRight;
  float& value = component == Component::kWheelLeft    ? drive.left
                 : component == Component::kWheelRight ? drive.right
                 : component == Component::kBrush      ? drive.brush
                                                       : drive.side_brush;
  begin(state, value);
  const std::size_t s = level(state.fault);
  if (state.fault.type == FaultType::kWeak) value *= kStrength[s];
  if (state.fault.type == FaultType::kDelayed) value = delayed(state, value, tick);
  if (state.fault.type != FaultType::kStuck) return false;
  value = s == 0 ? 0.0f : s == 1 ? state.first : wheel ? body::kTopSpeed_mps : 1.0f;
  return s == 0;
}

bool survives(const Fault& fault, SensorFrame& frame, std::uint32_t bits) { return line_survives(fault, frame, bits); }
bool survives(const Fault& fault, CommandFrame& frame, std::uint32_t bits) { return line_survives(fault, frame, bits); }

}  // namespace handbuilt::robot_sim
