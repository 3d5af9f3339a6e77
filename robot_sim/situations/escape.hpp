#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "core/matrix.hpp"
#include "core/random.hpp"
#include "robot_sim/firmware/protocol/frames.hpp"
#include "robot_sim/simulator/simulator.hpp"
#include "robot_sim/situations/window.hpp"

namespace handbuilt::robot_sim {

/// What a robot may do after a bump: turn on the spot by so much (positive turns left), then drive on.
constexpr int kEscapes = 6;
constexpr std::array<double, kEscapes> kEscapeTurn_rad = {-2.4, -1.6, -0.8, 0.8, 1.6, 2.4};

/// The columns of Bump::sensed.
const std::vector<WindowColumn>& bump_columns();

/// One bump: what was sensed at it, what was done, and what came of it.
struct Bump {
  VectorD sensed;     ///< [bump_columns()]
  Pose where;         ///< the truth, for who wants to remember places
  int action = 0;     ///< row of kEscapeTurn_rad
  double gain_m = 0;  ///< metres driven forwards in the 8 s after it, or until the next bump, the turn's time included
};

/// Chooses an action by what was sensed, and by where it truly was.
using ChooseEscape = std::function<int(const VectorD& sensed, const Pose& where)>;

/// Drives straight on, and at every bump as `choose` says, for some simulated seconds; returns the bumps whose gain is
/// known. The home is entered where it says, after a turn on the spot that the seed draws.
std::vector<Bump> drive_and_escape(const std::shared_ptr<const Home>& home, std::uint64_t seed, double seconds,
                                   const ChooseEscape& choose);

}  // namespace handbuilt::robot_sim
