#pragma once

#include "plot/display_list.hpp"
#include "robot_sim/view/layout.hpp"
#include "robot_sim/view/player.hpp"

namespace handbuilt::robot_sim {

/// The colour of a mode, the same wherever it is shown.
plot::Colour colour_of_mode(std::uint8_t mode);

/// How much was clean when, modes, faults, suspicions and incidents over the whole run, and where the player is.
void draw_timeline(plot::DisplayList& page, const Layout& layout, const Player& player);

}  // namespace handbuilt::robot_sim
