#pragma once

#include <vector>

#include "core/tensor.hpp"
#include "plot/display_list.hpp"

namespace handbuilt::lessons::convnet {

/// The path of the pen from where it was put down to where it was lifted. Positions are shares of the sheet's side,
/// (0, 0) top left ... (1, 1) bottom right.
using Stroke = std::vector<plot::Point>;

/// A square sheet of paper to draw a digit on.
class Pad {
 public:
  void put_pen_down(plot::Point at);
  /// Draws from where the pen is; does nothing while it is lifted. What leaves the sheet is drawn along its edge.
  void move_pen(plot::Point to);
  void lift_pen() { pen_is_down_ = false; }
  void clear();

  [[nodiscard]] bool empty() const { return strokes_.empty(); }
  [[nodiscard]] bool pen_is_down() const { return pen_is_down_; }
  [[nodiscard]] const std::vector<Stroke>& strokes() const { return strokes_; }

 private:
  std::vector<Stroke> strokes_;
  bool pen_is_down_ = false;
};

/// Where the drawing goes in the picture that the network gets.
enum class Framing {
  as_drawn,  ///< where and as large as it was drawn
  as_mnist,  ///< enlarged or shrunk to 20 x 20 pixels, its centre of mass in the middle, as MNIST's digits were
};

/// The drawing as the network gets it: [1, 1, 28, 28], 0 paper ... 1 ink, with a pen of MNIST's thickness and a soft
/// edge. Nothing drawn is all paper.
Tensor rasterised(const std::vector<Stroke>& strokes, Framing framing);

/// A three, for when nobody is there to draw.
std::vector<Stroke> scripted_three();

}  // namespace handbuilt::lessons::convnet
