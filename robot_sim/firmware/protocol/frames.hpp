#pragma once

#include <cstdint>

/// What passes between a robot and its controller every 20 ms: one SensorFrame in, one CommandFrame out. Both are 32
/// bytes without padding, little endian, and freestanding: simulator, PC controller and firmware include this file.
/// `crc` is CRC-16/CCITT-FALSE over the 30 bytes before it; a link fills and checks it, inside one process it stays 0.
///
/// SensorFrame
/// | byte | field              | type   | unit and meaning                                                         |
/// |------|--------------------|--------|--------------------------------------------------------------------------|
/// |    0 | sequence           | u16    | + 1 a tick; the same number again means that no new frame came            |
/// |    2 | contacts           | u8     | bits of Contact: bumpers, wheel drops                                    |
/// |    3 | battery            | u8     | 0.1 V                                                                    |
/// |    4 | encoder_left       | i16    | counts, 508.8 a turn of the wheel, wraps around                          |
/// |    6 | encoder_right      | i16    | the same                                                                 |
/// |    8 | gyro               | i16    | 2^-12 rad/s, positive turns left                                         |
/// |   10 | cliff              | u8 [4] | light from the floor: left, front left, front right, right; low = cliff  |
/// |   14 | range              | u8 [4] | 8 mm from the body's edge, 255 = nothing within 2 m; kRangeAngle         |
/// |   18 | wall_ir            | u8     | mm from the body's right edge, 25 ... 200; 255 = nothing                 |
/// |   19 | brush_current      | u8     | 10 mA                                                                    |
/// |   20 | current_left       | i16    | mA, the sign of the motor's torque                                       |
/// |   22 | current_right      | i16    | mA                                                                       |
/// |   24 | acceleration       | i8     | 0.05 m/s^2 forwards                                                      |
/// |   25 | dirt               | u8     | cells of dirt picked up in this tick                                     |
/// |   26 | command_sequence   | u16    | of the last command that arrived                                         |
/// |   28 | flags              | u8     | bits of SensorFlag                                                       |
/// |   29 | reserved           | u8     | 0                                                                        |
/// |   30 | crc                | u16    |                                                                          |
///
/// CommandFrame
/// | byte | field              | type   | unit and meaning                                                         |
/// |------|--------------------|--------|--------------------------------------------------------------------------|
/// |    0 | sequence           | u16    | + 1 a tick                                                               |
/// |    2 | left               | i16    | mm/s at the left wheel's rim                                             |
/// |    4 | right              | i16    | mm/s                                                                     |
/// |    6 | brush              | i8     | percent; negative turns it backwards, which frees a jam                  |
/// |    7 | side_brush         | i8     | percent                                                                  |
/// |    8 | flags              | u8     | bits of CommandFlag                                                      |
/// |    9 | mode               | u8     | what the controller is doing, in its own numbers (for log and display)   |
/// |   10 | suspect_component  | u8     | 1 + index of the component it holds for broken, 0 = none                 |
/// |   11 | suspect_type       | u8     | 1 + index of the fault's type, 0 = unknown                               |
/// |   12 | believed_x         | i16    | cm from where it started, along its first heading                        |
/// |   14 | believed_y         | i16    | cm                                                                       |
/// |   16 | believed_heading   | i16    | 2 pi / 65536 rad from its first heading                                  |
/// |   18 | believed_error     | u8     | cm, one standard deviation                                               |
/// |   19 | reserved           | u8[11] | 0                                                                        |
/// |   30 | crc                | u16    |                                                                          |
namespace handbuilt::robot_sim {

enum Contact : std::uint8_t { kBumperLeft = 1, kBumperRight = 2, kDropLeft = 4, kDropRight = 8 };

enum SensorFlag : std::uint8_t {
  kPatchFollows = 1,  ///< A camera patch, asked for in the last command, comes with this frame.
  kDriverStopped = 2  ///< No good command for 40 ms: the motor driver has set itself to zero.
};

enum CommandFlag : std::uint8_t {
  kWantPatch = 1,  ///< Look ahead with the camera (answered at most every 200 ms).
  kSafetyOff = 2,  ///< Allow 0.46 m/s instead of 0.306 m/s.
  kCutPower = 4    ///< Take the power from wheels and brushes, whatever else is asked.
};

struct SensorFrame {
  std::uint16_t sequence = 0;
  std::uint8_t contacts = 0;
  std::uint8_t battery = 0;
  std::int16_t encoder_left = 0;
  std::int16_t encoder_right = 0;
  std::int16_t gyro = 0;
  std::uint8_t cliff[4] = {};
  std::uint8_t range[4] = {};
  std::uint8_t wall_ir = 0;
  std::uint8_t brush_current = 0;
  std::int16_t current_left = 0;
  std::int16_t current_right = 0;
  std::int8_t acceleration = 0;
  std::uint8_t dirt = 0;
  std::uint16_t command_sequence = 0;
  std::uint8_t flags = 0;
  std::uint8_t reserved = 0;
  std::uint16_t crc = 0;

  friend bool operator==(const SensorFrame&, const SensorFrame&) = default;
};

struct CommandFrame {
  std::uint16_t sequence = 0;
  std::int16_t left = 0;
  std::int16_t right = 0;
  std::int8_t brush = 0;
  std::int8_t side_brush = 0;
  std::uint8_t flags = 0;
  std::uint8_t mode = 0;
  std::uint8_t suspect_component = 0;
  std::uint8_t suspect_type = 0;
  std::int16_t believed_x = 0;
  std::int16_t believed_y = 0;
  std::int16_t believed_heading = 0;
  std::uint8_t believed_error = 0;
  std::uint8_t reserved[11] = {};
  std::uint16_t crc = 0;

  friend bool operator==(const CommandFrame&, const CommandFrame&) = default;
};

static_assert(sizeof(SensorFrame) == 32 && sizeof(CommandFrame) == 32);

/// What lies on the floor ahead, as the camera sees it once it is straightened out: 24 x 24 grey values, row 0 farthest
/// from the robot, column 0 on its left; a pixel is 2 cm wide. The near edge is 0.17 m before the robot's centre.
struct CameraPatch {
  static constexpr int kSide = 24;
  static constexpr float kPixel_m = 0.02f;
  static constexpr float kNear_m = 0.17f;
  std::uint8_t grey[kSide * kSide] = {};

  friend bool operator==(const CameraPatch&, const CameraPatch&) = default;
};

constexpr float kTick_s = 0.02f;
constexpr int kTicksPerSecond = 50;
constexpr float kRangeUnit_m = 0.008f;
constexpr float kGyroUnit_radps = 1.0f / 4096;
constexpr float kAccelerationUnit_mps2 = 0.05f;

}  // namespace handbuilt::robot_sim
