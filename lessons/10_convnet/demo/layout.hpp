#pragma once

#include "lessons/page.hpp"

namespace handbuilt::lessons::convnet {

using window::Area;

/// Where everything stands on the window's page. Each area includes its own heading.
struct Layout {
  Area header, controls;                         // along the top
  Area loss_curve, accuracy_curve, mistakes;     // left
  Area network;                                  // middle
  Area pad, pad_controls, input, probabilities;  // right; the pad's sheet itself, without heading
  Area help;                                     // along the bottom
};

/// For pages of 480 x 360 and larger.
Layout layout_for(double width, double height);

/// `count` equal squares in rows, as large as they fit into an area. Each has a gap to its right and below.
class Tiles {
 public:
  /// `caption` is extra height below each square.
  Tiles(const Area& area, int count, double caption = 0, double gap = 2);

  /// As many squares of this side as fit into the area.
  static Tiles of_side(const Area& area, double side, double caption, double gap);

  [[nodiscard]] int count() const { return count_; }
  /// Square `index`, without gap and caption.
  [[nodiscard]] Area square(int index) const;
  /// The square (caption included) that holds a point, or -1.
  [[nodiscard]] int at(double x, double y) const;

 private:
  Tiles() = default;

  Area area_;
  int count_ = 0, columns_ = 1;
  double side_ = 0, caption_ = 0, gap_ = 0;
};

/// Where the pictures of the mistakes stand.
Tiles mistake_tiles(const Layout& layout);

}  // namespace handbuilt::lessons::convnet
