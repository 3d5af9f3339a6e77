#pragma once

#include <cstdint>
#include <filesystem>

#include "robot_sim/view/session.hpp"

namespace handbuilt::robot_sim {

/// The window's title.
inline constexpr const char* kWindowTitle = "Handbuilt: a robot in its home";

/// The buttons, switches and lists.
void draw_controls(window::Window& window, Session& session);

/// Shows the session in a window until it is closed.
void run_window(Session& session, const window::Window::Options& options);

/// The window of a session at this tick, paused, as a PNG file; needs no display. Throws DataError when it cannot be
/// written.
void write_screenshot(Session& session, std::uint32_t tick, const std::filesystem::path& path);

}  // namespace handbuilt::robot_sim
