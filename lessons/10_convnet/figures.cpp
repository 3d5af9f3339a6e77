#include "figures.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/tensor.hpp"

namespace handbuilt::lessons::convnet {
namespace {

using plot::Colour;
using plot::DisplayList;
using plot::Marker;
using plot::Point;
using plot::Polygon;
using plot::Polyline;
using plot::Rectangle;
using plot::Text;

const Colour kInk{Colour::Role::text};
const Colour kFaint{Colour::Role::faint};
const Colour kGrid{Colour::Role::grid};
const Colour kBlue = Colour::of_series(0);
const Colour kRed = Colour::of_series(1);

Colour with_opacity(Colour colour, double opacity) {
  colour.opacity = opacity;
  return colour;
}

std::string whole(double value) {
  const std::string digits = std::to_string(static_cast<int>(std::abs(value)));
  return value < 0 ? "−" + digits : digits;
}

/// A display list and the few shapes these pictures are made of.
class Sketch {
 public:
  Sketch(double width, double height, std::string title, std::string description) {
    list_.width = width;
    list_.height = height;
    list_.title = std::move(title);
    list_.description = std::move(description);
  }

  void text(Point at, std::string words, Colour colour = kInk, double size = 13, bool bold = false) {
    list_.items.emplace_back(Text{at, std::move(words), size, Text::Anchor::middle, bold, false, colour});
  }
  void box(Rectangle place, double line_width = 1, bool dashed = false) {
    const auto [x, y, width, height, colour] = place;
    list_.items.emplace_back(Polyline{
        {{x, y}, {x + width, y}, {x + width, y + height}, {x, y + height}, {x, y}}, colour, line_width, dashed});
  }
  void fill(Rectangle place) { list_.items.emplace_back(place); }
  void dot(Point at, Colour colour, double radius = 7) { list_.items.emplace_back(Marker{at, radius, colour}); }
  void line(Point from, Point to, Colour colour, double width = 1) {
    list_.items.emplace_back(Polyline{{from, to}, colour, width});
  }
  void area(std::vector<Point> corners, Colour colour) {
    list_.items.emplace_back(Polygon{std::move(corners), colour});
  }
  void arrow(Point from, Point to, Colour colour, double width = 1.5) {
    const double length = std::hypot(to.x - from.x, to.y - from.y), head = 8;
    const double along_x = (to.x - from.x) / length, along_y = (to.y - from.y) / length;
    const Point neck{to.x - head * along_x, to.y - head * along_y};
    line(from, neck, colour, width);
    area({to,
          {neck.x - head / 2 * along_y, neck.y + head / 2 * along_x},
          {neck.x + head / 2 * along_y, neck.y - head / 2 * along_x}},
         colour);
  }

  /// A table of whole numbers, each cell shaded by its size: red above zero, blue below, as the filters of the
  /// demo are drawn.
  void table(Point corner, const Tensor& numbers, double cell, bool zeros_faint = true) {
    const int rows = numbers.shape()[0], columns = numbers.shape()[1];
    float largest = 1;
    for (const float value : numbers) largest = std::max(largest, std::abs(value));
    for (int r = 0; r < rows; ++r)
      for (int c = 0; c < columns; ++c) {
        const float value = numbers(r, c);
        const Rectangle place{corner.x + c * cell, corner.y + r * cell, cell, cell, kGrid};
        if (value != 0) {
          Rectangle shade = place;
          shade.colour = with_opacity(value > 0 ? kRed : kBlue, 0.35 * std::abs(value) / largest);
          fill(shade);
        }
        box(place);
        text({place.x + cell / 2, place.y + cell / 2 + 5}, whole(value), value == 0 && zeros_faint ? kFaint : kInk);
      }
  }

  [[nodiscard]] const DisplayList& list() const { return list_; }

 private:
  DisplayList list_;
};

DisplayList sliding() {
  const Tensor picture({6, 6}, {0, 0, 0, 1, 0, 0,  //
                                0, 0, 0, 1, 0, 0,  //
                                0, 0, 0, 1, 0, 0,  //
                                0, 0, 0, 1, 0, 0,  //
                                0, 0, 0, 1, 0, 0,  //
                                0, 0, 0, 0, 0, 0});
  const Tensor kernel({3, 3}, {-1, 1, 0, -1, 1, 0, -1, 1, 0});
  Tensor output({4, 4});
  for (int y = 0; y < 4; ++y)
    for (int x = 0; x < 4; ++x)
      for (int i = 0; i < 3; ++i)
        for (int j = 0; j < 3; ++j) output(y, x) += picture(y + i, x + j) * kernel(i, j);

  constexpr double kCell = 34, kTop = 44;
  constexpr Point kPicture{20, kTop}, kKernel{284, kTop + 51}, kOutput{446, kTop + 34};
  Sketch sketch(602, 304, "Sliding a kernel over a picture",
                "A kernel of three by three lies over a picture of six by six that shows an upright stroke. The nine "
                "products add up to " +
                    whole(output(1, 2)) + ", one number of the four by four output. One pixel further on it is " +
                    whole(output(1, 3)) + ".");
  sketch.text({122, 30}, "input, 6 x 6", kInk, 13, true);
  sketch.text({335, 30}, "kernel, 3 x 3", kInk, 13, true);
  sketch.text({514, 30}, "output, 4 x 4", kInk, 13, true);
  sketch.table(kPicture, picture, kCell);
  sketch.text({253, kTop + 108}, "×", kInk, 22);
  sketch.table(kKernel, kernel, kCell);
  sketch.text({416, kTop + 108}, "=", kInk, 22);
  sketch.table(kOutput, output, kCell);
  // The place in hand, and dashed the one after it.
  sketch.box({kPicture.x + 3 * kCell, kPicture.y + kCell, 3 * kCell, 3 * kCell, kFaint}, 2, true);
  sketch.box({kOutput.x + 3 * kCell, kOutput.y + kCell, kCell, kCell, kFaint}, 2, true);
  sketch.box({kPicture.x + 2 * kCell, kPicture.y + kCell, 3 * kCell, 3 * kCell, kInk}, 3);
  sketch.box({kOutput.x + 2 * kCell, kOutput.y + kCell, kCell, kCell, kInk}, 3);
  sketch.text({301, 270}, "output(1, 2): three rows of −1 · 0 + 1 · 1 + 0 · 0 make " + whole(output(1, 2)) +
                              ";  one pixel on (dashed): " + whole(output(1, 3)));
  sketch.text({301, 292}, "red: above zero, blue: below; ink is 1, paper 0", kFaint, 12);
  return sketch.list();
}

DisplayList receptive_field() {
  struct Row {
    const char* name;
    int count;  ///< how many numbers along one side have a hand in the one at the top
  };
  // Down from one number: pooling by 2 doubles the side, a kernel of 5 adds 4.
  const int pooled_2 = 1, convolved_2 = 2 * pooled_2, pooled_1 = convolved_2 + 4, convolved_1 = 2 * pooled_1;
  const std::vector<Row> rows{{"after pooling 2", pooled_2},
                              {"after convolution 2", convolved_2},
                              {"after pooling 1", pooled_1},
                              {"after convolution 1", convolved_1},
                              {"pixels", convolved_1 + 4}};
  constexpr double kCell = 22, kStep = 56, kMiddle = 370;
  Sketch sketch(620, 300, "The receptive field grows with every layer",
                "One number after the second pooling, traced back along one side: it depends on 2 numbers after the "
                "second convolution, 6 after the first pooling, 12 after the first convolution, and 16 pixels.");
  for (std::size_t r = 0; r < rows.size(); ++r) {
    const double top = 20 + kStep * static_cast<double>(r), half = rows[r].count * kCell / 2;
    if (r + 1 < rows.size()) {
      const double next_half = rows[r + 1].count * kCell / 2;
      sketch.area({{kMiddle - half, top + kCell},
                   {kMiddle + half, top + kCell},
                   {kMiddle + next_half, top + kStep},
                   {kMiddle - next_half, top + kStep}},
                  with_opacity(kBlue, 0.15));
    }
    for (int k = 0; k < rows[r].count; ++k) sketch.box({kMiddle - half + k * kCell, top, kCell, kCell, kBlue}, 1.5);
    sketch.text({85, top + 16}, rows[r].name);
    sketch.text({590, top + 16}, std::to_string(rows[r].count), kInk, 13, true);
  }
  return sketch.list();
}

DisplayList backward() {
  Sketch sketch(780, 236, "Forward and backward along the same connections",
                "Left, forward: output 1 reads inputs 1, 2 and 3 through weights 0, 1 and 2. Right, backward: "
                "d_output 1 hands a share to d_input 1, 2 and 3 through the same weights.");
  constexpr double kTop = 70, kBottom = 186, kStep = 54;
  const auto input = [](double left, int i) { return Point{left + kStep * i, kBottom}; };
  const auto output = [](double left, int o) { return Point{left + kStep * (o + 1), kTop}; };
  const auto connections = [&](double left) {
    for (int o = 0; o < 3; ++o)
      for (int i = 0; i < 3; ++i) sketch.line(output(left, o), input(left, o + i), kGrid, 1.5);
  };
  const auto nodes = [&](double left, const std::string& prefix) {
    sketch.text({left - 66, kTop + 5}, prefix + "output", kInk, 12);
    sketch.text({left - 66, kBottom + 5}, prefix + "input", kInk, 12);
    for (int o = 0; o < 3; ++o) {
      sketch.dot(output(left, o), kRed);
      sketch.text({output(left, o).x, kTop - 14}, std::to_string(o), kInk, 12);
    }
    for (int i = 0; i < 5; ++i) {
      sketch.dot(input(left, i), kBlue);
      sketch.text({input(left, i).x, kBottom + 24}, std::to_string(i), kInk, 12);
    }
  };
  const auto towards = [](Point from, Point to, double share) {
    return Point{from.x + share * (to.x - from.x), from.y + share * (to.y - from.y)};
  };
  constexpr double kLeft = 110, kRight = 508;
  sketch.text({kLeft + 2 * kStep, 24}, "forward: output 1 reads three inputs", kInk, 13, true);
  sketch.text({kRight + 2 * kStep, 24}, "backward: d_output 1 hands out to three", kInk, 13, true);
  connections(kLeft);
  connections(kRight);
  for (int i = 0; i < 3; ++i) {
    const auto weight_on = [&](Point low, Point high) {
      const Point label = towards(low, high, 0.35);
      sketch.text({label.x + 12, label.y}, "w" + std::to_string(i), kInk, 12, true);
    };
    const Point read = input(kLeft, 1 + i), reader = output(kLeft, 1);
    sketch.arrow(towards(read, reader, 0.08), towards(read, reader, 0.92), kBlue, 2);
    weight_on(read, reader);
    const Point giver = output(kRight, 1), receiver = input(kRight, 1 + i);
    sketch.arrow(towards(giver, receiver, 0.08), towards(giver, receiver, 0.92), kRed, 2);
    weight_on(receiver, giver);
  }
  nodes(kLeft, "");
  nodes(kRight, "d_");
  return sketch.list();
}

DisplayList pooling() {
  const Tensor input({4, 4}, {1, 5, 2, 0, 3, 4, 8, 6, 7, 2, 1, 3, 0, 6, 9, 4});
  const Tensor d_output({2, 2}, {2, -1, 1, 3});
  Tensor output({2, 2}), d_input({4, 4});
  constexpr double kCell = 34, kTop = 44;
  const std::vector<double> lefts{20, 190, 310, 444};
  Sketch sketch(600, 240, "Max-pooling forward and backward",
                "Forward, the largest number of each two by two window is kept. Backward, each gradient goes to the "
                "place where its window's winner stood; all other places get zero.");
  std::vector<Rectangle> winners;
  for (int y = 0; y < 2; ++y)
    for (int x = 0; x < 2; ++x) {
      int row = 2 * y, column = 2 * x;
      for (int i = 2 * y; i < 2 * y + 2; ++i)
        for (int j = 2 * x; j < 2 * x + 2; ++j)
          if (input(i, j) > input(row, column)) row = i, column = j;
      output(y, x) = input(row, column);
      d_input(row, column) = d_output(y, x);
      winners.push_back({column * kCell, kTop + row * kCell, kCell, kCell, kInk});
    }
  const auto titled = [&](std::size_t at, const std::string& title, const Tensor& numbers, double top) {
    sketch.text({lefts[at] + numbers.shape()[1] * kCell / 2, 30}, title, kInk, 13, true);
    sketch.table({lefts[at], top}, numbers, kCell);
  };
  titled(0, "input", input, kTop);
  titled(1, "values", output, kTop + kCell);
  titled(2, "d_output", d_output, kTop + kCell);
  titled(3, "d_input", d_input, kTop);
  for (Rectangle winner : winners) {
    winner.x += lefts[0];
    sketch.box(winner, 3);
    winner.x += lefts[3] - lefts[0];
    sketch.box(winner, 3);
  }
  for (const std::size_t at : {std::size_t{0}, std::size_t{3}})
    for (int window = 0; window < 4; ++window)
      sketch.box({lefts[at] + (window % 2) * 2 * kCell, kTop + (window / 2) * 2 * kCell, 2 * kCell, 2 * kCell, kInk},
                 1.5);
  sketch.arrow({160, kTop + 68}, {184, kTop + 68}, kInk);
  sketch.arrow({384, kTop + 68}, {438, kTop + 68}, kInk);
  sketch.text({139, 204}, "forward: the winners stay");
  sketch.text({445, 204}, "backward: to the winners alone");
  sketch.text({301, 228}, "red: above zero, blue: below; framed: the winners", kFaint, 12);
  return sketch.list();
}

DisplayList network() {
  struct Stage {
    int sheets, side;
    const char* what;
  };
  const std::vector<Stage> stages{{1, 28, "picture"},
                                  {8, 28, "convolution 5 x 5, padded by 2"},
                                  {8, 14, "pooling"},
                                  {16, 10, "convolution 5 x 5"},
                                  {16, 5, "pooling"}};
  Sketch sketch(800, 230, "The network of this lesson",
                "A picture of 28 by 28 becomes 8 pictures of 28 by 28, pooled to 14 by 14, then 16 of 10 by 10, pooled "
                "to 5 by 5. Their 400 numbers go through dense layers of 120, 84 and 10.");
  constexpr double kScale = 3, kShift = 4, kMiddle = 110;
  double left = 30;
  for (std::size_t s = 0; s < stages.size(); ++s) {
    const auto [sheets, side, what] = stages[s];
    const double size = side * kScale, spread = (sheets - 1) * kShift;
    const double top = kMiddle - (size + spread) / 2;
    for (int k = 0; k < sheets; ++k) {
      const Rectangle sheet{left + k * kShift, top + k * kShift, size, size, {Colour::Role::background}};
      sketch.fill(sheet);
      sketch.fill({sheet.x, sheet.y, sheet.width, sheet.height, with_opacity(kBlue, 0.2)});
      sketch.box({sheet.x, sheet.y, sheet.width, sheet.height, kBlue});
    }
    const double centre = left + (size + spread) / 2;
    sketch.text({centre, 196}, std::to_string(sheets) + " x " + std::to_string(side) + " x " + std::to_string(side),
                kInk, 12, true);
    sketch.text({centre, 214}, what, kInk, 11);
    left += size + spread + 32;
  }
  for (const int nodes : {120, 84, 10}) {
    const double height = 20 + nodes;
    sketch.fill({left + 14, kMiddle - height / 2, 14, height, with_opacity(kRed, 0.3)});
    sketch.box({left + 14, kMiddle - height / 2, 14, height, kRed});
    sketch.text({left + 21, 196}, std::to_string(nodes), kInk, 12, true);
    sketch.text({left + 21, 214}, "dense", kInk, 11);
    left += 60;
  }
  return sketch.list();
}

}  // namespace

std::vector<TextFigure> text_figures() {
  return {{"sliding.svg", sliding()},
          {"receptive_field.svg", receptive_field()},
          {"backward.svg", backward()},
          {"pooling.svg", pooling()},
          {"network.svg", network()}};
}

}  // namespace handbuilt::lessons::convnet
