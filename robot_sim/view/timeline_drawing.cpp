#include "robot_sim/view/timeline_drawing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "plot/palette.hpp"
#include "plot/text_width.hpp"
#include "robot_sim/view/robot_drawing.hpp"
#include "robot_sim/view/shapes.hpp"

namespace handbuilt::robot_sim {

namespace {

using plot::Colour;
using shapes::kFaint;
using shapes::kGrid;
using shapes::kText;
using Kind = Timeline::Incident::Kind;

constexpr double kHeading = 17, kCurve = 40, kGap = 4, kModes = 13, kLane = 12, kSuspects = 10, kIncidents = 13,
                 kSmall = 11;
constexpr int kLanes = 3;

struct IncidentLook {
  std::string_view name;
  plot::Marker::Kind shape;
  Colour colour;
};

const IncidentLook& look_of(Kind kind) {
  using Shape = plot::Marker::Kind;
  static const std::array<IncidentLook, 6> all = {{{"hard collision", Shape::cross, Colour::rgb(214, 30, 40)},
                                                   {"fall", Shape::triangle, Colour::rgb(20, 20, 20)},
                                                   {"smear", Shape::diamond, Colour::rgb(110, 72, 30)},
                                                   {"brush stall", Shape::square, Colour::rgb(120, 70, 190)},
                                                   {"cat bumped", Shape::circle, paint::kCat},
                                                   {"cat dropped", Shape::triangle, paint::kCat}}};
  return all[static_cast<std::size_t>(kind)];
}

/// One row of the time line after another.
class Rows {
 public:
  Rows(plot::DisplayList& page, const Layout& layout, const Player& player)
      : page_(page), layout_(layout), player_(player), y_(layout.timeline.y) {}

  void draw() {
    draw_heading();
    top_ = y_;
    draw_curve();
    draw_modes();
    draw_faults();
    draw_suspicions();
    draw_incidents();
    draw_axis();
    draw_cursor();
  }

 private:
  [[nodiscard]] double x_of(double tick) const { return layout_.x_of(tick, player_.end()); }
  [[nodiscard]] double x_of_seconds(double seconds) const {
    return x_of(std::clamp(seconds * kTicksPerSecond, 0.0, static_cast<double>(player_.end())));
  }
  void label(double baseline, const std::string& words) {
    shapes::text_right(page_, {layout_.time_left - 8, baseline}, words, kSmall, kFaint);
  }
  [[nodiscard]] Area row(double height) const {
    return {layout_.time_left, y_, layout_.time_right - layout_.time_left, height};
  }
  /// The row's ground; paler where the run is not known yet.
  void lay_ground(const Area& area) {
    const double known = x_of(player_.known()) - area.x;
    shapes::fill(page_, {area.x, area.y, known, area.height}, kGrid.faded(0.4));
    shapes::fill(page_, {area.x + known, area.y, area.width - known, area.height}, kGrid.faded(0.12));
  }
  void next(double height) { y_ += height + kGap; }

  /// What the signs mean, as far as they occur.
  void draw_heading() {
    const double baseline = y_ + 11;
    shapes::text(page_, {layout_.timeline.x, baseline}, "Time line", 13, kText, true);
    double x = layout_.time_left + 16;
    const auto explain = [&](const std::string& words, double sign_width, const auto& draw_sign) {
      const double wide = sign_width + 5 + plot::text_width(words, kSmall) + 16;
      if (x + wide > layout_.time_right) return;
      draw_sign(x);
      shapes::text(page_, {x + sign_width + 5, baseline}, words, kSmall, kFaint);
      x += wide;
    };
    const double middle = baseline - 4;
    const auto stroke = [&](int series, bool dashed) {
      return [=, this](double at) {
        page_.items.emplace_back(
            plot::Polyline{{{at, middle}, {at + 18, middle}}, Colour::of_series(series), 1.8, dashed});
      };
    };
    explain("floor clean", 18, stroke(0, false));
    explain("edges clean", 18, stroke(1, true));
    std::set<std::uint8_t> modes;
    for (const Timeline::Mode& mode : player_.timeline().modes()) modes.insert(mode.mode);
    for (const std::uint8_t mode : modes)
      explain(mode_name(player_.controller(), mode), 10, [&](double at) {
        shapes::fill(page_, {at, middle - 5, 10, 10}, colour_of_mode(mode));
      });
    std::set<Kind> kinds;
    for (const Timeline::Incident& incident : player_.timeline().incidents()) kinds.insert(incident.kind);
    for (const Kind kind : kinds)
      explain(std::string(look_of(kind).name), 10, [&](double at) {
        page_.items.emplace_back(plot::Marker{{at + 5, middle}, 4, look_of(kind).colour, look_of(kind).shape});
      });
    y_ += kHeading;
  }

  void draw_curve() {
    const Area area = row(kCurve);
    lay_ground(area);
    for (const double share : {0.0, 0.5, 1.0}) {
      const double y = area.y + area.height * (1 - share);
      shapes::line(page_, {area.x, y}, {area.x + area.width, y}, kGrid, 0.6);
    }
    label(area.y + 9, "100 %");
    label(area.y + area.height, "0 %");
    const std::vector<Cleanliness>& curve = player_.timeline().curve();
    // At most a point a pixel.
    const std::size_t stride =
        std::max<std::size_t>(1, curve.size() / static_cast<std::size_t>(std::max(1.0, area.width)));
    plot::Polyline floor{{}, Colour::of_series(0), 1.8, false}, edges{{}, Colour::of_series(1), 1.4, true};
    for (std::size_t i = 0; i < curve.size(); i += stride) {
      const double x = x_of(static_cast<double>(i) * Timeline::kCurveTicks);
      floor.points.push_back({x, area.y + area.height * (1 - curve[i].coverage)});
      edges.points.push_back({x, area.y + area.height * (1 - curve[i].edge_coverage)});
    }
    page_.items.emplace_back(std::move(edges));
    page_.items.emplace_back(std::move(floor));
    next(kCurve);
  }

  /// A pixel a column: short modes would be too many rectangles.
  void draw_modes() {
    const Area area = row(kModes);
    lay_ground(area);
    label(area.y + 10.5, "mode");
    const int columns = static_cast<int>(
        std::ceil(area.width * std::min(1.0, static_cast<double>(player_.known()) / std::max(1u, player_.end()))));
    if (columns > 0) {
      plot::Image strip{area.x, area.y, static_cast<double>(columns), area.height, columns, 1, {}};
      for (int column = 0; column < columns; ++column) {
        const double tick = (column + 0.5) / area.width * player_.end();
        const plot::Rgb rgb = plot::rgb_of(colour_of_mode(player_.timeline().mode_at(static_cast<std::uint32_t>(tick))),
                                           plot::Theme::light);
        strip.rgb.insert(strip.rgb.end(), {rgb.red, rgb.green, rgb.blue});
      }
      page_.items.emplace_back(std::move(strip));
    }
    next(kModes);
  }

  /// Each in the first lane that is free, with its name where there is room.
  void draw_faults() {
    label(y_ + 9.5, "faults");
    std::array<double, kLanes> free_from{};
    free_from.fill(layout_.time_left - 1);
    int left_out = 0;
    lay_ground(row(kLanes * kLane));
    for (const Timeline::Breakage& breakage : player_.timeline().faults()) {
      const Fault& fault = breakage.fault;
      const double from = x_of_seconds(fault.start_s), to = std::max(from + 3, x_of_seconds(fault.end_s));
      const auto lane = std::find_if(free_from.begin(), free_from.end(), [&](double x) { return x <= from; });
      if (lane == free_from.end()) {
        ++left_out;
        continue;
      }
      std::string name = to_string({fault});
      name.resize(name.find('@'));
      const double wide = plot::text_width(name, kSmall) + 8;
      const double y = y_ + kLane * static_cast<double>(lane - free_from.begin());
      const bool inside = to - from >= wide, after = to + wide <= layout_.time_right;
      shapes::fill(page_, {from, y + 1, to - from, kLane - 2}, paint::kBroken.faded(0.22));
      shapes::fill(page_, {from, y + 1, 2, kLane - 2}, paint::kBroken);
      if (inside || after)
        shapes::text(page_, {(inside ? from : to) + 5, y + 9.5}, name, kSmall, kText);
      else
        shapes::text_right(page_, {from - 4, y + 9.5}, name, kSmall, kText);
      *lane = inside ? to : after ? to + wide : to;
    }
    if (left_out > 0) label(y_ + 2 * kLane + 9.5, fmt::format("{} more", left_out));
    next(kLanes * kLane);
  }

  void draw_suspicions() {
    const Area area = row(kSuspects);
    lay_ground(area);
    label(area.y + 8.5, "suspects");
    const std::vector<Timeline::Suspicion>& all = player_.timeline().suspicions();
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (all[i].component == 0) continue;
      const double from = x_of(all[i].tick), to = x_of(i + 1 < all.size() ? all[i + 1].tick : player_.known());
      shapes::fill(page_, {from, area.y, std::max(1.5, to - from), area.height}, paint::kBelieved.faded(0.6));
    }
    next(kSuspects);
  }

  void draw_incidents() {
    const Area area = row(kIncidents);
    label(area.y + 10, "incidents");
    std::set<std::pair<int, Kind>> drawn;  // one of a kind a few pixels
    for (const Timeline::Incident& incident : player_.timeline().incidents()) {
      const double x = x_of(incident.tick);
      if (!drawn.insert({static_cast<int>(x / 3), incident.kind}).second) continue;
      const IncidentLook& look = look_of(incident.kind);
      page_.items.emplace_back(plot::Marker{{x, area.y + area.height / 2}, 3.6, look.colour, look.shape});
    }
    next(kIncidents - kGap);
  }

  void draw_axis() {
    const double minutes = player_.end() / (60.0 * kTicksPerSecond);
    double step = 1.0 / 6;
    for (const double wider : {0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 120.0, 600.0, 6000.0})
      if (minutes / step > 16) step = wider;
    shapes::line(page_, {layout_.time_left, y_}, {layout_.time_right, y_}, kFaint, 0.8);
    for (double minute = 0; minute <= minutes + 1e-9; minute += step) {
      const double x = x_of_seconds(60 * minute);
      shapes::line(page_, {x, y_}, {x, y_ + 4}, kFaint, 0.8);
      shapes::text(page_, {x, y_ + 14},
                   step < 1 ? fmt::format("{}:{:02.0f}", std::floor(minute + 1e-9),
                                          60 * (minute + 1e-9 - std::floor(minute + 1e-9)))
                            : fmt::format("{:.0f}", minute),
                   kSmall, kFaint, false, plot::Text::Anchor::middle);
    }
    shapes::text(page_, {layout_.timeline.x, y_ + 14}, step < 1 ? "min:s" : "minutes", kSmall, kFaint);
  }

  void draw_cursor() {
    const double x = x_of(player_.tick());
    shapes::line(page_, {x, top_ - 2}, {x, y_ + 2}, kText, 1.4);
    page_.items.emplace_back(plot::Polygon{{{x - 5, top_ - 6}, {x + 5, top_ - 6}, {x, top_ + 2}}, kText});
  }

  plot::DisplayList& page_;
  const Layout& layout_;
  const Player& player_;
  double y_, top_ = 0;
};

}  // namespace

Colour colour_of_mode(std::uint8_t mode) {
  static const std::array<Colour, 8> all = {
      Colour::rgb(120, 172, 226), Colour::rgb(96, 186, 148),  Colour::rgb(232, 126, 88),  Colour::rgb(240, 204, 110),
      Colour::rgb(176, 142, 214), Colour::rgb(150, 160, 172), Colour::rgb(222, 130, 180), Colour::rgb(110, 110, 160)};
  return all[mode % all.size()];
}

void draw_timeline(plot::DisplayList& page, const Layout& layout, const Player& player) {
  Rows(page, layout, player).draw();
}

}  // namespace handbuilt::robot_sim
