#pragma once

#include "lessons/03_three_parameters/demo/layout.hpp"
#include "lessons/03_three_parameters/demo/model.hpp"
#include "window/window.hpp"

namespace handbuilt::lessons::three_parameters {

/// What the demo shows and its user can change.
class Scene {
 public:
  /// `model` must outlive the scene.
  explicit Scene(DemoModel& model) : model_(model) {}

  void toggle(int driver);
  void add_best(int times = 1);
  void add_random(int times = 1);
  void take_out_last();
  void clear();
  void take_the_three();
  void draw_new(World world);
  void reveal(bool revealed);

  /// Does what a key or the mouse asks for, wherever things stand on the page. Returns false when it asks for the end.
  bool handle(const window::Event& event, const Layout& layout);

  /// Whether something that is drawn has changed since the last call.
  bool take_change();

  [[nodiscard]] const DemoModel& model() const { return model_; }
  [[nodiscard]] bool is_revealed() const { return revealed_; }

 private:
  bool handle_key(const window::Event& event);

  DemoModel& model_;
  bool revealed_ = false, changed_ = true;
};

}  // namespace handbuilt::lessons::three_parameters
