#pragma once

#include <memory>

#include "plot/display_list.hpp"
#include "robot_sim/run/belief.hpp"
#include "robot_sim/run/picture.hpp"
#include "robot_sim/view/floor.hpp"
#include "robot_sim/view/observer.hpp"

namespace handbuilt::robot_sim {

/// The whole home at an instant: floor and dirt, clutter, where the robot was in the last minute, the robot with what
/// its sensors see, the cat, and where robot and controller are believed to be.
///
///     Scene scene(home, 900, 640);
///     while (...) {
///       simulator.step(command);
///       observer.observe(command, patch, simulator);
///       scene.update(simulator, 0.02);
///     }
///     window::render_png(scene.draw(simulator, observer), "instant.png");
class Scene {
 public:
  /// As large as fits into so many pixels.
  Scene(std::shared_ptr<const Home> home, double most_width, double most_height);

  [[nodiscard]] const HomeView& view() const { return view_; }

  /// Takes over what is dirty, `seconds` after the last time: what was cleaned since then fades.
  void update(const Simulator& simulator, double seconds) { floor_.fade_to(simulator.dirt(), seconds); }
  /// Takes it over at once, after a leap in time.
  void leap(const Simulator& simulator) { floor_.show(simulator.dirt()); }

  /// Whether dirt is still fading.
  [[nodiscard]] bool is_fading() const { return floor_.is_fading(); }

  /// The home on a page of its own.
  [[nodiscard]] plot::DisplayList draw(const Simulator& simulator, const Observer& observer,
                                       const Belief& belief = {}) const;
  /// What is around the robot on a page of this size, `pixels_per_m` large.
  [[nodiscard]] plot::DisplayList draw_close_up(const Simulator& simulator, const Observer& observer, double width,
                                                double height, double pixels_per_m) const;

 private:
  std::shared_ptr<const Home> home_;
  HomeView view_;
  Floor floor_;
};

}  // namespace handbuilt::robot_sim
