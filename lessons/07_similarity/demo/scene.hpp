#pragma once

#include <optional>
#include <vector>

#include "lessons/07_similarity/demo/layout.hpp"
#include "lessons/07_similarity/demo/model.hpp"
#include "window/window.hpp"

namespace handbuilt::lessons::likeness {

/// A window of driving that is looked at: a remembered one, or one of the drive.
struct Looked {
  bool is_remembered = true;
  int row = 0;
  bool operator==(const Looked&) const = default;
};

/// What the demo shows and its user can change: the home, whether the robot drives, and what is looked at.
class Scene {
 public:
  static constexpr int kNeighbours = 5;

  /// `model` must outlive the scene.
  explicit Scene(DemoModel& model) : model_(model) {}

  // What the user can do.
  void enter(int kind);
  void enter_next();
  void set_driving(bool driving);
  void drive();  ///< five seconds
  void look_at(Looked looked);

  /// Lets the robot drive when it is time for it; once a frame.
  void tick();
  /// Does what a key or the mouse asks for, wherever things stand on the page. Returns false when it asks for the end.
  bool handle(const window::Event& event, const Layout& layout);
  /// Whether something that is drawn has changed since the last call.
  bool take_change();

  // What there is to see.
  [[nodiscard]] const DemoModel& model() const { return model_; }
  [[nodiscard]] bool is_driving() const { return driving_; }
  [[nodiscard]] const std::optional<Looked>& looked() const { return looked_; }
  /// The readings of what is looked at [columns]; call only while something is.
  [[nodiscard]] VectorD looked_row() const;
  /// The remembered windows that are most like it, nearest first, itself left out; empty while nothing is looked at.
  [[nodiscard]] std::vector<int> neighbours() const;
  /// Shows all that is remembered and all that was driven.
  [[nodiscard]] MapFrame frame(const Layout& layout) const;

 private:
  [[nodiscard]] std::optional<Looked> nearest_dot(double x, double y, const Layout& layout) const;

  DemoModel& model_;
  std::optional<Looked> looked_;
  bool driving_ = true, changed_ = true;
  int frames_ = 0;
};

}  // namespace handbuilt::lessons::likeness
