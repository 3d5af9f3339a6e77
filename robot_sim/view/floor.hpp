#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "robot_sim/run/picture.hpp"

namespace handbuilt::robot_sim {

/// The floor as one picture, a pixel a pixel of the page, in which dirt fades where it was taken away. Only the cells
/// that change are painted anew, so that it is cheap enough for every frame of a window.
class Floor {
 public:
  /// How long dirt takes to fade.
  static constexpr double kFade_s = 0.8;

  Floor(std::shared_ptr<const Home> home, const HomeView& view);

  /// Shows this dirt (rows of bits as Home::cleanable) `seconds` after the last call: what is clean since then begins
  /// to fade.
  void fade_to(std::span<const std::uint64_t> dirt, double seconds);
  /// Shows this dirt at once.
  void show(std::span<const std::uint64_t> dirt);

  [[nodiscard]] bool is_fading() const { return !fading_.empty(); }
  [[nodiscard]] const plot::Image& image() const { return image_; }
  /// The part of it from column and row on, so many pixels, clipped to what there is; placed where it is on the page.
  [[nodiscard]] plot::Image part(int column, int row, int columns, int rows) const;

 private:
  struct Fading {
    int x, y;      // cell
    double share;  // of the dirt still seen
  };
  void paint(int x, int y, double dirt);

  std::shared_ptr<const Home> home_;
  HomeView view_;
  plot::Image clean_, dirty_, image_;
  std::vector<std::uint64_t> shown_;  // the dirt
  std::vector<Fading> fading_;
};

}  // namespace handbuilt::robot_sim
