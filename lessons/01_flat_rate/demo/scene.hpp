#pragma once

#include "lessons/01_flat_rate/demo/layout.hpp"
#include "lessons/01_flat_rate/demo/model.hpp"
#include "window/window.hpp"

namespace handbuilt::lessons::flat_rate {

/// What the demo shows and its user can change: the flat rate, the estimate that is looked at, the folds.
class Scene {
 public:
  /// `model` must outlive the scene.
  explicit Scene(DemoModel& model);

  // What the user can do.
  void set_rate(double rate);  ///< bushels per acre, kept within 0 ... 70
  void set_rate_to_mean();
  void set_rate_to_median();
  void choose(int index);  ///< of kModels; stays when there is no such one
  void deal();
  void exchange_morris();

  /// Does what a key or the mouse asks for, wherever things stand on the page. Returns false when it asks for the end.
  bool handle(const window::Event& event, const Layout& layout);

  /// Whether something that is drawn has changed since the last call.
  bool take_change();

  // What there is to see.
  [[nodiscard]] const DemoModel& model() const { return model_; }
  [[nodiscard]] double rate() const { return rate_; }
  [[nodiscard]] int chosen() const { return chosen_; }
  [[nodiscard]] double rate_mae() const;
  [[nodiscard]] double rate_rmse() const;

 private:
  bool handle_key(const window::Event& event);

  DemoModel& model_;
  double rate_ = 0;
  int chosen_ = 0;
  bool dragging_ = false, changed_ = true;
};

}  // namespace handbuilt::lessons::flat_rate
