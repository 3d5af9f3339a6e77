#pragma once

/// The robot's measures and limits. Where a value is the iRobot Create 3's, the source is iRobot Education (2022),
/// "Create 3 documentation", pages "Mechanical system" and "Hardware"; the others are this simulator's assumptions,
/// each with its reason, and no robot's data sheet.
namespace handbuilt::robot_sim::body {

// Create 3.
constexpr float kRadius_m = 0.164f;
constexpr float kTrackWidth_m = 0.233f;
constexpr float kWheelRadius_m = 0.03575f;
constexpr float kEncoderCountsPerTurn = 508.8f;
constexpr float kMetresPerCount = 2 * 3.14159265f * kWheelRadius_m / kEncoderCountsPerTurn;  // 0.441 mm
constexpr float kTopSpeed_mps = 0.46f;
constexpr float kSafeSpeed_mps = 0.306f;
constexpr float kTopAcceleration_mps2 = 0.9f;
constexpr float kBatteryVoltage_v = 14.4f;

// Sensors, in the robot's frame: x forwards, y left, angles to the left.
constexpr int kRanges = 4;
constexpr float kRangeReach_m = 2.0f;
/// 67.5, 22.5, -22.5, -67.5 degrees as unit vectors.
constexpr float kRangeCos[kRanges] = {0.38268343f, 0.92387953f, 0.92387953f, 0.38268343f};
constexpr float kRangeSin[kRanges] = {0.92387953f, 0.38268343f, -0.38268343f, -0.92387953f};
constexpr int kCliffs = 4;
/// 0.15 m from the centre at 60, 15, -15, -60 degrees: all of them in front, as Create 3's are.
constexpr float kCliffX_m[kCliffs] = {0.075f, 0.14488887f, 0.14488887f, 0.075f};
constexpr float kCliffY_m[kCliffs] = {0.12990381f, 0.03882286f, -0.03882286f, -0.12990381f};
/// The wall sensor looks to the right and a little ahead, at -70 degrees.
constexpr float kWallCos = 0.34202014f, kWallSin = -0.93969262f;
constexpr float kWallNear_m = 0.025f, kWallFar_m = 0.2f;
/// The bumper is the front of the body, +-78 degrees; a switch closes when something is this near.
constexpr float kBumperTravel_m = 0.0005f;
constexpr float kBumperCos = 0.2f;

// What cleans. The main brush's path is the 0.28 m of the ideal time; the side brush is a disc at -60 degrees that
// reaches 5 cm past the body.
constexpr float kBrushReach_m = 0.14f;
constexpr float kCleaningWidth_m = 2 * kBrushReach_m;
constexpr float kCleaningSpeed_mps = 0.30f;
constexpr float kSideBrushRadius_m = 0.06f;
constexpr float kSideBrushX_m = 0.077f, kSideBrushY_m = -0.13336791f;
constexpr float kSideBrushReach_m = kRadius_m + 0.05f;

// Motors and ground: assumptions.
constexpr float kMass_kg = 3.0f;         // with battery and bin
constexpr float kMotorLag = 0.3f;        // share of the missing speed gained a tick: a time constant of 56 ms
constexpr float kDeadBand_mps = 0.012f;  // static friction of gear and wheel
constexpr float kMotorNoise = 0.02f;     // of the speed, uniform, from gear and supply
constexpr float kMotorNoise_mps = 0.002f;
constexpr float kSlipHard = 0.01f, kSlipRug = 0.04f;  // share of the rim's way lost, mean; the same again as noise
constexpr float kRugPull = 0.03f;                     // sideways share of the way, along the pile
constexpr float kRugTurn_radpm = 0.06f;               // and of turning a metre
constexpr float kStallCurrent_ma = 1500, kIdleCurrent_ma = 60, kCurrentPerSpeed_ma = 300;
constexpr float kBatteryResistance_ohm = 0.25f;
constexpr float kElectronics_w = 3.0f, kBrushPower_w = 4.0f,
                kFan_w = 5.0f;  // 90 minutes from 26 Wh, as such robots claim

constexpr float kHardImpact_mps = 0.15f;  // contact above this counts as a hard collision
constexpr int kDriverTimeoutTicks = 2;    // 40 ms without a good command: the driver stops

}  // namespace handbuilt::robot_sim::body
