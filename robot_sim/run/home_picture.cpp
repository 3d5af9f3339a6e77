#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <vector>

#include "robot_sim/robot/body.hpp"
#include "robot_sim/run/picture.hpp"

namespace handbuilt::robot_sim {

namespace {

using plot::Colour;

constexpr int kMargin = 3;  // cells around what is free
constexpr int kMostRasterPixels = 2400;

struct Paint {
  int red = 0, green = 0, blue = 0;
};
constexpr Paint kOutside{255, 255, 255}, kWallEdge{64, 70, 80}, kInside{168, 172, 178};
constexpr Paint kClean{252, 249, 242}, kDirty{222, 205, 174}, kGrain{176, 148, 104}, kOutOfReach{228, 228, 226};
constexpr Paint kPile{178, 196, 216}, kStairs{120, 96, 150}, kStairEdge{70, 50, 100};

Paint mixed(const Paint& a, const Paint& b, double share_of_b) {
  const auto mix = [&](int x, int y) { return static_cast<int>(x + share_of_b * (y - x)); };
  return {mix(a.red, b.red), mix(a.green, b.green), mix(a.blue, b.blue)};
}

/// Uniform in 0 ... 255 and always the same for a pixel.
unsigned speckle(int x, int y) {
  auto bits = static_cast<std::uint32_t>(x) * 0x9e3779b1u ^ static_cast<std::uint32_t>(y) * 0x85ebca6bu;
  bits = (bits ^ bits >> 15) * 0x2c1b3c6du;
  return (bits ^ bits >> 13) >> 24;
}

/// Solid cells next to what is free are drawn as outlines, what is behind them as the body of wall or furniture.
class HomeRaster {
 public:
  HomeRaster(const Home& home, const HomeView& view, const std::function<bool(int, int)>& dirty)
      : home_(home), view_(view), dirty_(dirty), outside_(home.ground.size()) {
    find_outside();
  }

  plot::Image draw(int columns, int rows) const {
    plot::Image image;
    image.width = view_.page_width();
    image.height = view_.page_height();
    image.columns = columns;
    image.rows = rows;
    image.rgb.reserve(static_cast<std::size_t>(image.columns) * static_cast<std::size_t>(image.rows) * 3);
    const int scale = std::max(1, columns / view_.width);
    for (int row = image.rows - 1; row >= 0; --row)
      for (int column = 0; column < image.columns; ++column) {
        const Paint paint = pixel(view_.left + cell_of(column, view_.width, columns),
                                  view_.bottom + cell_of(row, view_.height, rows), column, row, scale);
        for (const int part : {paint.red, paint.green, paint.blue})
          image.rgb.push_back(static_cast<std::uint8_t>(part));
      }
    return image;
  }

 private:
  /// The cell, counted from the view's first, of a column or row of so many pixels.
  static int cell_of(int pixel, int cells, int pixels) {
    return static_cast<int>(std::int64_t{pixel} * cells / pixels);
  }
  [[nodiscard]] bool is_solid(int x, int y) const {
    return x < 0 || y < 0 || x >= home_.width || y >= home_.height || home_.solid(x, y);
  }
  [[nodiscard]] bool is_edge(int x, int y) const {
    for (int dy = -2; dy <= 2; ++dy)
      for (int dx = -2; dx <= 2; ++dx)
        if (std::abs(dx) + std::abs(dy) < 4 && !is_solid(x + dx, y + dy)) return true;
    return false;
  }

  /// Solid cells behind the outlines that hang together with the grid's border.
  void find_outside() {
    std::vector<std::size_t> open;
    const auto visit = [&](int x, int y) {
      if (x < 0 || y < 0 || x >= home_.width || y >= home_.height) return;
      std::uint8_t& seen = outside_[home_.cell(x, y)];
      if (seen != 0 || !home_.solid(x, y) || is_edge(x, y)) return;
      seen = 1;
      open.push_back(home_.cell(x, y));
    };
    for (int x = 0; x < home_.width; ++x) {
      visit(x, 0);
      visit(x, home_.height - 1);
    }
    for (int y = 0; y < home_.height; ++y) {
      visit(0, y);
      visit(home_.width - 1, y);
    }
    while (!open.empty()) {
      const auto at = static_cast<int>(open.back());
      open.pop_back();
      const int x = at % home_.width, y = at / home_.width;
      visit(x + 1, y);
      visit(x - 1, y);
      visit(x, y + 1);
      visit(x, y - 1);
    }
  }

  [[nodiscard]] Paint pixel(int x, int y, int column, int row, int scale) const {
    if (x < 0 || y < 0 || x >= home_.width || y >= home_.height || outside_[home_.cell(x, y)] != 0) return kOutside;
    const int ground = home_.ground[home_.cell(x, y)];
    if ((ground & (kObstacle | kUnknown)) != 0) return is_edge(x, y) ? kWallEdge : kInside;
    if ((ground & kDrop) != 0) return row / std::max(1, scale / 2) % 10 < 2 ? kStairEdge : kStairs;
    Paint paint = kOutOfReach;
    if (home_.cleanable.get(x, y)) {
      const bool dirt = dirty_(x, y);
      paint = dirt ? kDirty : kClean;
      if (dirt && speckle(column, row) < 26) paint = kGrain;
    }
    if ((ground & kRug) != 0) paint = mixed(paint, kPile, (column + row) / std::max(1, scale) % 4 == 0 ? 0.75 : 0.5);
    return paint;
  }

  const Home& home_;
  const HomeView& view_;
  const std::function<bool(int, int)>& dirty_;
  std::vector<std::uint8_t> outside_;
};

/// A rectangle of the grid, turned about its middle.
std::vector<plot::Point> turned_rectangle(const HomeView& view, const ClutterItem& item) {
  const double c = std::cos(item.angle_rad), s = std::sin(item.angle_rad);
  std::vector<plot::Point> corners;
  for (const auto [u, v] : {std::array{-0.5, -0.5}, {0.5, -0.5}, {0.5, 0.5}, {-0.5, 0.5}}) {
    const double along = u * item.length_m, across = v * item.width_m;
    corners.push_back(view.place(item.x_m + along * c - across * s, item.y_m + along * s + across * c));
  }
  return corners;
}

void draw_clutter(plot::DisplayList& page, const HomeView& view, const ClutterItem& item) {
  const Colour cord = Colour::rgb(40, 40, 40), sock = Colour::rgb(190, 70, 130), lego = Colour::rgb(214, 40, 40),
               mess = Colour::rgb(110, 72, 30);
  const std::array<Colour, 5> sweets = {Colour::rgb(200, 30, 60), Colour::rgb(240, 180, 20), Colour::rgb(40, 150, 60),
                                        Colour::rgb(120, 60, 160), Colour::rgb(240, 120, 20)};
  switch (item.kind) {
    case Clutter::kNone:
      break;
    case Clutter::kCord: {
      // A cord lies in waves.
      const double c = std::cos(item.angle_rad), s = std::sin(item.angle_rad);
      plot::Polyline line{{}, cord, 1.5, false};
      for (int i = 0; i <= 24; ++i) {
        const double along = (i / 24.0 - 0.5) * item.length_m;
        const double across = std::sin(i * 0.8) * std::max(0.02f, item.width_m / 2);
        line.points.push_back(view.place(item.x_m + along * c - across * s, item.y_m + along * s + across * c));
      }
      page.items.emplace_back(line);
      break;
    }
    case Clutter::kSock:
      page.items.emplace_back(plot::Polygon{turned_rectangle(view, item), sock});
      break;
    case Clutter::kLego:
      page.items.emplace_back(plot::Polygon{turned_rectangle(view, item), lego});
      break;
    case Clutter::kSkittles:
      for (int i = 0; i < 9; ++i) {
        const double angle = i * 2.4, far = 0.5 * std::sqrt((i + 0.5) / 9);  // a sunflower's seeds
        page.items.emplace_back(plot::Marker{view.place(item.x_m + far * item.length_m * std::cos(angle),
                                                        item.y_m + far * item.width_m * std::sin(angle)),
                                             std::max(1.5, 0.012 * view.pixels_per_m),
                                             sweets[static_cast<std::size_t>(i) % sweets.size()]});
      }
      break;
    case Clutter::kMess:
      page.items.emplace_back(plot::Marker{view.place(item.x_m, item.y_m),
                                           0.5 * std::max(item.length_m, item.width_m) * view.pixels_per_m, mess});
      break;
  }
}

std::vector<plot::Point> arc(const HomeView& view, const Pose& pose, double radius_m, double from, double to) {
  std::vector<plot::Point> points;
  for (int i = 0; i <= 40; ++i) {
    const double angle = pose.heading_rad + from + (to - from) * i / 40;
    points.push_back(view.place(pose.x_m + radius_m * std::cos(angle), pose.y_m + radius_m * std::sin(angle)));
  }
  return points;
}

}  // namespace

HomeView::HomeView(const Home& home, double most_width, double most_height) : cell_m(home.cell_m) {
  int right = 0, top = 0;
  left = home.width;
  bottom = home.height;
  for (int y = 0; y < home.height; ++y)
    for (int x = 0; x < home.width; ++x)
      if (!home.solid(x, y)) {
        left = std::min(left, x);
        right = std::max(right, x);
        bottom = std::min(bottom, y);
        top = std::max(top, y);
      }
  left -= kMargin;
  bottom -= kMargin;
  width = right + kMargin + 1 - left;
  height = top + kMargin + 1 - bottom;
  pixels_per_m = std::min(most_width / width, most_height / height) / cell_m;
}

plot::Image draw_floor(const Home& home, const HomeView& view, int columns, int rows,
                       const std::function<bool(int, int)>& dirty) {
  return HomeRaster(home, view, dirty).draw(columns, rows);
}

void draw_clutter(plot::DisplayList& page, const HomeView& view, const Home& home) {
  for (const ClutterItem& item : home.clutter) draw_clutter(page, view, item);
}

plot::DisplayList draw_home(const Home& home, const HomeView& view, const std::function<bool(int, int)>& dirty) {
  plot::DisplayList page;
  page.width = view.page_width();
  page.height = view.page_height();
  const int scale = std::clamp(kMostRasterPixels / std::max(view.width, view.height), 1, 8);
  page.items.emplace_back(draw_floor(home, view, view.width * scale, view.height * scale, dirty));
  draw_clutter(page, view, home);
  return page;
}

void draw_robot(plot::DisplayList& page, const HomeView& view, const Pose& pose) {
  const Colour body = Colour::rgb(28, 38, 60), light = Colour::rgb(255, 255, 255), front = Colour::rgb(255, 150, 30);
  page.items.emplace_back(plot::Marker{view.place(pose.x_m, pose.y_m), body::kRadius_m * view.pixels_per_m, body});
  page.items.emplace_back(plot::Polyline{arc(view, pose, body::kRadius_m * 0.9, -1.36, 1.36), front,
                                         std::max(1.5, 0.03 * view.pixels_per_m), false});
  Pose nose = pose;
  nose.x_m += 0.1f * std::cos(pose.heading_rad);
  nose.y_m += 0.1f * std::sin(pose.heading_rad);
  page.items.emplace_back(plot::Polyline{{view.place(pose.x_m, pose.y_m), view.place(nose.x_m, nose.y_m)},
                                         light,
                                         std::max(1.5, 0.025 * view.pixels_per_m),
                                         false});
}

}  // namespace handbuilt::robot_sim
