#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "robot_sim/firmware/protocol/frames.hpp"
#include "robot_sim/robot/faults.hpp"

/// What faults do. Each works on one channel: a number with a lowest and a highest value.
///
/// | type         | sensor reads                                                                | severity 1, 2, 3 |
/// |--------------|-----------------------------------------------------------------------------|-----------------------|
/// | off          | 0                                                                           | | | stuck        |
/// always the same                                                             | last, lowest, highest | | garbage | at
/// random times anything between lowest and highest                         | 10, 50, 100 % of time | | wrong        |
/// a share of the truth, or its mirror; a switch: the contrary                 | 0.8, 0.5, mirrored    | | slow |
/// through a first-order lag; a switch once that passes one half               | 0.2, 0.5, 1.0 s       | | delayed |
/// what it read before                                                         | 0.1, 0.2, 0.4 s       | | intermittent
/// | 0 in a share of all spells of 0.2 s                                         | 10, 30, 60 %          |
///
/// | type         | actuator                                                                    | severity 1, 2, 3 |
/// |--------------|-----------------------------------------------------------------------------|-----------------------|
/// | weak         | does a share of what it should                                              | 0.8, 0.5, 0.2 | |
/// stuck        | jammed; its driver keeps what it was last told; full forwards               | (until power is cut)  |
/// | delayed      | does it later                                                               | 0.1, 0.2, 0.4 s | |
/// swapped      | the two wheels' (or brushes') drivers are exchanged                         |                       |
///
/// `cat:mass` sits down on the robot with 2.5, 4 or 6 kg, `cat:block` with 2.5 kg and its tail before 1, 2 or all 4
/// range sensors. `link:loss` loses 10, 50 or 100 % of frames either way, `link:corrupt` alters 1 to 4 of their bits as
/// often, and whoever receives them drops what its CRC tells apart.
namespace handbuilt::robot_sim {

struct FaultState {
  Fault fault;
  std::uint32_t start_tick = 0, end_tick = 0;
  bool begun = false;
  float first = 0, lag = 0;         // the value when it began; the lag's output
  std::array<float, 32> history{};  // ring, newest at tick % 32

  explicit FaultState(const Fault& fault);
  [[nodiscard]] bool active(std::uint32_t tick) const { return tick >= start_tick && tick < end_tick; }
};

struct Channel {
  float low, high;
  bool is_switch = false, counts = false;  // counts: its mirror image is taken about the value when the fault began
};

/// The faulty reading in place of `value`; `bits` are fresh random bits of this tick, `spell_bits` those of this 0.2 s.
float sensed(FaultState& state, float value, const Channel& channel, std::uint32_t tick, std::uint32_t bits,
             std::uint32_t spell_bits);

/// A robot's seed in two halves, as the noise takes it.
struct Seed {
  std::uint32_t low = 0, high = 0;
};

/// Applies a sensor's fault to a frame; `counts` are the encoders' true counts, not wrapped.
void apply_to_frame(FaultState& state, SensorFrame& frame, const std::array<std::int32_t, 2>& counts,
                    std::uint32_t tick, Seed seed);

/// Applies a camera's fault to a patch; patches come every 0.2 s at most, of which one or two back are kept.
struct CameraMemory {
  CameraPatch last, before;
  int seen = 0;
};
void apply_to_patch(const Fault& fault, CameraMemory& memory, CameraPatch& patch, std::uint32_t key);

/// What the drivers are told: wheels in m/s, brushes as -1 ... 1.
struct Drive {
  float left = 0, right = 0, brush = 0, side_brush = 0;
};

/// Applies an actuator's fault; true when it is a wheel or brush that is jammed.
bool apply_to_drive(FaultState& state, Drive& drive, std::uint32_t tick);

/// The frame after the line did to it what its fault says; false when it does not arrive, or is refused by its CRC.
bool survives(const Fault& fault, SensorFrame& frame, std::uint32_t bits);
bool survives(const Fault& fault, CommandFrame& frame, std::uint32_t bits);

}  // namespace handbuilt::robot_sim
