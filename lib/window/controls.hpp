#pragma once

#include <vector>

#include "window/canvas.hpp"
#include "window/sdl_handles.hpp"

struct ImDrawData;
struct ImGuiContext;

namespace handbuilt::window {

/// Dear ImGui on one SDL renderer: its context, its font and the drawing of its lists, which Debian's library does not
/// bring for SDL's renderer. Private to lib/window.
class Controls {
 public:
  Controls(SDL_Window* window, SDL_Renderer* renderer, plot::Theme theme);
  ~Controls();
  Controls(const Controls&) = delete;
  Controls& operator=(const Controls&) = delete;

  /// Makes letters and gaps `scale` pixels a unit of the page. Not between begin_frame and end_frame.
  void set_scale(double scale);

  /// Offers an event; true when a control uses it and nobody else should.
  bool take(const SDL_Event& event);

  void begin_frame();
  /// Makes the mouse's events within an area, in pixels, the controls', as long as every frame says so.
  void cover(const Area& area) { areas_.push_back(area); }
  /// Ends the frame, so that `draw` can draw it as often as wanted.
  void end_frame();
  void draw() const;

 private:
  void load_font();
  [[nodiscard]] bool covers(int x, int y) const;
  [[nodiscard]] double pixels_a_desktop_unit() const;

  SDL_Window* window_;
  SDL_Renderer* renderer_;
  plot::Theme theme_;
  double scale_ = 1;
  ImGuiContext* context_;
  SdlOwner<SDL_Texture> font_;
  bool list_is_open_ = false;
  std::vector<Area> areas_, areas_shown_;  // of the frame being made, and of the one before
};

}  // namespace handbuilt::window
