#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "window/window.hpp"

namespace handbuilt::window {

/// One line of a scripted demo.
struct ScriptStep {
  enum class Kind { wait, caption, key, press, set, screenshot, quit };
  Kind kind = Kind::wait;
  int line = 0;                     ///< in the file, from 1
  double seconds = 0;               ///< wait
  std::string words;                ///< caption: what to show, empty for none; press and set: the label
  double value = 0;                 ///< set
  Event key{};                      ///< key
  std::filesystem::path picture{};  ///< screenshot, absolute
};

/// A lecture's demo as a text file, one step a line; empty lines and those that start with # say nothing:
///
///     wait 2.5                      nothing for so many seconds
///     caption The untrained network words along the lower edge, until the next caption; none takes them away
///     key right                     as if typed: a character, or escape enter backspace tab left right up down space
///     press Next digit              the button or the switch of this label
///     set rate = 0.5                the slider of this label
///     screenshot after.png          the window as a PNG file, named from the script's folder
///     quit                          closes the window; without it the demo goes on by hand
///
/// Throws DataError "path:line: what was expected, what came".
std::vector<ScriptStep> read_script(const std::filesystem::path& path);

}  // namespace handbuilt::window
