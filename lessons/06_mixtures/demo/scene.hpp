#pragma once

#include "lessons/06_mixtures/demo/layout.hpp"
#include "lessons/06_mixtures/demo/model.hpp"
#include "window/window.hpp"

namespace handbuilt::lessons::mixtures {

/// What the demo shows and its user can change.
class Scene {
 public:
  /// `model` must outlive the scene.
  explicit Scene(DemoModel& model) : model_(model) {}

  void step();
  void run(bool running);  ///< step by step, a few a second
  void finish();           ///< all steps at once
  void restart();
  void add_components(int count);
  void set_form(clustering::CovarianceForm form);
  void choose(Cloud cloud);
  void clear();
  void drop(const Layout& layout, double place_x, double place_y);

  /// Does what a key or the mouse asks for, wherever things stand on the page. Returns false when it asks for the end.
  bool handle(const window::Event& event, const Layout& layout);

  /// To be called every frame: makes a step now and then while running.
  void pass_frame();

  /// Whether something that is drawn has changed since the last call.
  bool take_change();

  [[nodiscard]] const DemoModel& model() const { return model_; }
  [[nodiscard]] bool is_running() const { return running_; }

 private:
  bool handle_key(const window::Event& event);

  DemoModel& model_;
  bool running_ = false, changed_ = true;
  int frames_ = 0;
  double last_x_ = 0, last_y_ = 0;  // of the row dropped last, on the page
};

}  // namespace handbuilt::lessons::mixtures
