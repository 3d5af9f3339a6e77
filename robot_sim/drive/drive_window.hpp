#pragma once

#include "robot_sim/drive/race.hpp"
#include "robot_sim/view/layout.hpp"
#include "robot_sim/view/scene.hpp"
#include "window/window.hpp"

namespace handbuilt::robot_sim {

/// The window's title.
inline constexpr const char* kDriveTitle = "Handbuilt: drive the robot";

/// The home and the robot close up, who has cleaned how much, and how that grew. `paused` shows in the status. `scene`
/// is as large as fits into the layout's home.
plot::DisplayList draw_drive_page(const Race& race, const Scene& scene, const Layout& layout, bool paused);

/// Lets a human drive until the window is closed, in real time. Arrow keys or w, a, s, d, or a game controller's left
/// stick; space pauses, c drops the cat, Escape ends.
void run_drive_window(Race& race, const window::Window::Options& options);

}  // namespace handbuilt::robot_sim
