#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "window/canvas.hpp"

namespace handbuilt::window {

/// Keys without a printable character; the others arrive as that character in lower case.
enum class Key { none, escape, enter, backspace, tab, left, right, up, down };

/// What the user did. Positions are on the window's page (see Window::width).
struct Event {
  enum class Kind { key, mouse_down, mouse_move, mouse_up, wheel };
  Kind kind = Kind::key;
  Key key = Key::none;     ///< of a key event
  char character = 0;      ///< of a key event: 'a', '7', ' '; 0 for a named key
  double x = 0, y = 0;     ///< where the mouse is
  bool left_held = false;  ///< of a mouse event: whether its left button is down (mouse_up: whether it was)
  double wheel = 0;        ///< of a wheel event: notches away from the user
};

/// A window with a canvas that keeps its picture from frame to frame, and controls (see Panel) on top.
///
///     Window window({.title = "Digits"});
///     while (window.next_frame()) {
///       for (const Event& event : window.events()) ...
///       if (window.needs_painting() || model_changed) window.paint(view.draw(window.width(), window.height()));
///       Panel panel(window, "controls", {0, 0, 200, 40});
///       if (panel.button("Pause")) ...
///     }
///
/// Everything is drawn by the processor, so that the pixels are the same on a screen and without one. Only one window
/// may be open at a time. Functions are called from the thread that made the window.
class Window {
 public:
  struct Options {
    std::string title = "Handbuilt";
    int width = 1280, height = 800;  ///< at the start, in the desktop's units
    plot::Theme theme = plot::Theme::light;
    bool headless = false;  ///< draws as usual, needs no display, and nobody sees it
    /// Full screen, larger type and high contrast for a lecture hall. Windows that are not headless are so too while
    /// HANDBUILT_PROJECTOR stands in the environment, so that every demo can be shown without knowing of it.
    bool projector = false;
    /// Steps to play (see script.hpp); likewise the file that HANDBUILT_SCRIPT names.
    std::filesystem::path script = {};
  };

  /// Throws Error when there is no display to open a window on, and DataError for a script that cannot be read.
  explicit Window(const Options& options);
  ~Window();
  Window(const Window&) = delete;
  Window& operator=(const Window&) = delete;

  /// Shows what was drawn since the last call, waits until the next sixtieth of a second and takes the user's events.
  /// False once the window was closed, by the user, the script or `close`. Throws DataError, naming the script's line,
  /// for a control that is not there.
  bool next_frame();
  void close();
  /// Seconds from the beginning of the frame before to the beginning of this one; in the first, since the window
  /// opened.
  [[nodiscard]] double passed_s() const;

  /// The size of the page that fills the window. Its unit is a pixel of a 1280 x 800 screen: on larger windows and
  /// finer displays it grows with them, so that a layout that suits 800 x 600 to 1600 x 1000 suits every screen.
  [[nodiscard]] double width() const;
  [[nodiscard]] double height() const;

  /// What happened since the frame before, without what the controls used up.
  [[nodiscard]] const std::vector<Event>& events() const;

  /// What the user holds down now; a character in lower case.
  [[nodiscard]] bool is_held(Key key) const;
  [[nodiscard]] bool is_held(char character) const;
  /// Where the left stick of the first game controller stands, -1 ... 1: x to the right, y away from the user. Nothing
  /// when there is none; one may come and go.
  struct Stick {
    double x = 0, y = 0;
  };
  [[nodiscard]] std::optional<Stick> stick();

  /// Whether the canvas is blank, as it is at the start and after a change of size.
  [[nodiscard]] bool needs_painting() const;

  /// Clears the canvas and paints the list with one unit of its page to one of the window's.
  void paint(const plot::DisplayList& page);

  /// The window's pixels as they stand, controls included: [height, width, 3], as data::write_png takes them. It ends
  /// the frame: no control may follow before next_frame.
  [[nodiscard]] data::ByteTensor pixels();

 private:
  friend class Panel;
  /// Gives an area of the page to controls and returns it in pixels.
  Area cover(const Area& area);
  [[nodiscard]] double pixels_a_unit() const;
  /// What the script does to the control of this label in this frame.
  bool is_pressed_by_script(const std::string& label);
  std::optional<double> set_by_script(const std::string& label);

  struct State;
  std::unique_ptr<State> state_;
};

/// Buttons, switches and sliders in a row or a column within an area of the window's page. Made anew in every frame
/// between two calls of next_frame; each control says what the user did to it since the last frame. Labels in a panel
/// must differ, and so must the names of the panels of a frame.
class Panel {
 public:
  enum class Flow { row, column };
  Panel(Window& window, const std::string& name, const Area& area, Flow flow = Flow::row);
  ~Panel();
  Panel(const Panel&) = delete;
  Panel& operator=(const Panel&) = delete;

  /// True in the frame in which it was pressed. A highlighted button shows that its choice is the current one.
  bool button(const std::string& label, bool highlighted = false);
  /// Changes `on` and returns true when it was clicked.
  bool toggle(const std::string& label, bool& on);
  /// Changes `value` within low ... high and returns true when it was moved.
  bool slider(const std::string& label, double& value, double low, double high);
  /// Shows the chosen one of several in a field `width` units wide, and all of them in a list when it is clicked.
  /// Changes `chosen` and returns true when another was taken. The label is not shown; in a script the value is the
  /// option's number, from 0.
  bool choice(const std::string& label, const std::vector<std::string>& options, int& chosen, double width);
  void text(const std::string& words);

 private:
  void next_place();

  Window& window_;
  Flow flow_;
  bool is_first_ = true;
};

}  // namespace handbuilt::window
