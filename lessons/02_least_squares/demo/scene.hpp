#pragma once

#include "lessons/02_least_squares/demo/layout.hpp"
#include "lessons/02_least_squares/demo/model.hpp"
#include "window/window.hpp"

namespace handbuilt::lessons::least_squares {

/// What the demo shows and its user can change: the points on the board, and which of them is held.
class Scene {
 public:
  /// `model` must outlive the scene.
  explicit Scene(DemoModel& model) : model_(model) {}

  // What the user can do.
  void choose(int set);
  void reset();
  void toggle_squares();
  void select_next(int step);        ///< so many points on, round the end
  void nudge(double dx, double dy);  ///< the selected point, within the field
  void move_selected(double x, double y);

  /// Does what a key or the mouse asks for, wherever things stand on the page. Returns false when it asks for the end.
  bool handle(const window::Event& event, const Layout& layout);

  /// Whether something that is drawn has changed since the last call.
  bool take_change();

  // What there is to see.
  [[nodiscard]] const DemoModel& model() const { return model_; }
  [[nodiscard]] bool shows_squares() const { return squares_; }
  [[nodiscard]] int selected() const { return selected_; }  ///< -1 for none

 private:
  bool handle_key(const window::Event& event);

  DemoModel& model_;
  int selected_ = -1;
  bool squares_ = true, dragging_ = false, changed_ = true;
};

/// The point of the board that lies nearest to a place of the page, or -1 when none is near.
int point_near(const DemoModel& model, const Layout& layout, double page_x, double page_y);

}  // namespace handbuilt::lessons::least_squares
