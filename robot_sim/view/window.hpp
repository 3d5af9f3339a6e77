#pragma once

#include "robot_sim/view/session.hpp"

namespace handbuilt::robot_sim {

/// The window's title.
inline constexpr const char* kWindowTitle = "Handbuilt: a robot in its home";

/// The buttons, switches and lists.
void draw_controls(window::Window& window, Session& session);

/// Shows the session in a window until it is closed.
void run_window(Session& session, const window::Window::Options& options);

}  // namespace handbuilt::robot_sim
