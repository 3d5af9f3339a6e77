#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "window/script.hpp"
#include "window/sdl_handles.hpp"

namespace handbuilt::window {

/// Plays a script in a window, a step a frame, and keeps its caption. Private to lib/window.
class Presenter {
 public:
  Presenter(std::filesystem::path script, std::vector<ScriptStep> steps)
      : script_(std::move(script)), steps_(std::move(steps)) {}

  /// What the step that is due asks for, if one is. Throws DataError, naming its line, when no control had the label
  /// that the frame before was to press or set.
  const ScriptStep* next_step();

  /// Whether this frame presses the control of this label; true once.
  bool takes_press(const std::string& label);
  /// What this frame sets the control of this label to.
  std::optional<double> takes_value(const std::string& label);

  /// The words along the lower edge as a picture of this size; null when there are none.
  SDL_Texture* caption(SDL_Renderer* renderer, int width, int height, double scale, plot::Theme theme);

 private:
  using Clock = std::chrono::steady_clock;

  std::filesystem::path script_;
  std::vector<ScriptStep> steps_;
  std::size_t next_ = 0;
  Clock::time_point due_ = Clock::now();
  const ScriptStep* unclaimed_ = nullptr;  // to be pressed or set in this frame
  std::string caption_;
  SdlOwner<SDL_Texture> picture_;
  int picture_width_ = 0, picture_height_ = 0;
};

}  // namespace handbuilt::window
