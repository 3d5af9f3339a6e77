#pragma once

#include <sys/types.h>

#include <string>

namespace handbuilt::testing {

/// A screen of its own that nobody sees (Xvfb, on a free display number), and a user in front of it. While it lives,
/// the process and its children open their windows there. There is no window manager: windows stand at their own size
/// in the screen's middle, and `resize` and `close` do what a manager would.
class VirtualDisplay {
 public:
  /// Throws Error when Xvfb does not come up.
  VirtualDisplay(int width, int height);
  ~VirtualDisplay();
  VirtualDisplay(const VirtualDisplay&) = delete;
  VirtualDisplay& operator=(const VirtualDisplay&) = delete;

  /// Whether Xvfb and xdotool are installed; without them tests of windows are skipped.
  static bool is_available();

  // What the user does, by the title of the window. False while it is not there.
  bool focus(const std::string& title);
  bool resize(const std::string& title, int width, int height);
  bool close(const std::string& title);  ///< as the cross in the title bar does
  void move_mouse(const std::string& title, int x, int y);
  void hold_mouse();
  void release_mouse();
  void click(const std::string& title, int x, int y);
  void hold_key(const std::string& name);
  void release_key(const std::string& name);
  void press_key(const std::string& name);  ///< an X keysym: "space", "c", "Left"

  // What the user sees in a rectangle of a window. Throw Error when it cannot be read.
  int marked_pixels(const std::string& title, double x, double y, double width, double height);  ///< not pure white
  std::string fingerprint(const std::string& title, double x, double y, double width, double height);

 private:
  pid_t server_ = -1;
  std::string display_;
};

}  // namespace handbuilt::testing
