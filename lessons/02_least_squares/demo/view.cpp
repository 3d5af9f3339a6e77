#include "lessons/02_least_squares/demo/view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace handbuilt::lessons::least_squares {
namespace {

using plot::Colour;
using Anchor = plot::Text::Anchor;

const Colour kPoint = Colour::of_series(0);
const Colour kLeftOver = Colour::of_series(1);

std::string shown(double value, int digits = 2) {
  return std::isfinite(value) ? fmt::format("{:.{}f}", value, digits) : "none";
}

void draw_header(Page& page, const Layout& layout, const Scene& scene) {
  page.text({layout.header.x, layout.header.y + 19}, "One line, four stories", kTitleSize, kText, Anchor::start, true);
  const DemoModel& model = scene.model();
  page.text({layout.header.x, layout.header.y + 38},
            fmt::format("Anscombe's set {}{}", model.points().name, model.is_moved() ? ", points moved" : ""),
            kCaptionSize, kFaint);
  page.text_within(layout.help.width, {layout.help.x, layout.help.y + 15},
                   {"drag a point, or tab and arrows    1-4: a set    r: as published    s: squares    esc: close",
                    "drag a point    1-4: a set    r: reset    s: squares    esc"},
                   kCaptionSize, kFaint);
}

void draw_axes(Page& page, const Layout& layout) {
  const Area& field = layout.field;
  for (int x = 2; x <= 20; x += 2) {
    const double at = place_of(layout, x, 0).x;
    page.line({{at, field.y}, {at, field.y + field.height}}, kGrid, 1);
    page.text({at, field.y + field.height + 15}, fmt::format("{}", x), kCaptionSize, kFaint, Anchor::middle);
  }
  for (int y = 2; y <= 14; y += 2) {
    const double at = place_of(layout, 0, y).y;
    page.line({{field.x, at}, {field.x + field.width, at}}, kGrid, 1);
    page.text({field.x - 6, at + 4}, fmt::format("{}", y), kCaptionSize, kFaint, Anchor::end);
  }
}

void draw_line(Page& page, const Layout& layout, const LineFit& fit, Colour colour, double width, bool dashed) {
  if (!std::isfinite(fit.slope)) return;
  const plot::Point from = place_of(layout, kXRange.low, fit.at(kXRange.low)),
                    to = place_of(layout, kXRange.high, fit.at(kXRange.high));
  if (!dashed) return page.line({from, to}, colour, width);
  constexpr int kDashes = 60;
  for (int dash = 0; dash < kDashes; dash += 2) {
    const auto along = [&](double share) {
      return plot::Point{from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share};
    };
    page.line({along(1.0 * dash / kDashes), along((dash + 1.0) / kDashes)}, colour, width);
  }
}

/// The points, the line, and from each point down or up to it the residual, as a stick or as the side of a square.
void draw_board(Page& page, const Layout& layout, const Scene& scene) {
  const DemoModel& model = scene.model();
  const Points& points = model.points();
  page.heading(layout.board, {scene.shows_squares() ? "Least squares: no other line makes the shaded area smaller"
                                                    : "The points, the line, and what it leaves over",
                              "The points and the line"});
  draw_axes(page, layout);
  page.clip(layout.field);
  if (model.is_moved()) draw_line(page, layout, model.published(), kFaint, 1.5, true);
  const std::vector<double> residuals = model.residuals();
  for (std::size_t n = 0; n < residuals.size(); ++n) {
    if (!std::isfinite(residuals[n])) continue;
    const plot::Point at = place_of(layout, points.x[n], points.y[n]),
                      on_line = place_of(layout, points.x[n], model.fit().at(points.x[n]));
    const double side = std::abs(at.y - on_line.y);
    if (scene.shows_squares()) {
      const bool left = points.x[n] > 12;  // to where there is room
      page.fill({left ? at.x - side : at.x, std::min(at.y, on_line.y), side, side}, kLeftOver.faded(0.2));
    }
    page.line({at, on_line}, kLeftOver, 2);
  }
  draw_line(page, layout, model.fit(), kText, 2.5, false);
  page.end_clip();
  for (std::size_t n = 0; n < points.x.size(); ++n) {
    const plot::Point at = place_of(layout, points.x[n], points.y[n]);
    const bool is_selected = static_cast<int>(n) == scene.selected();
    if (is_selected) page.dot(at, 11, kPoint.faded(0.35));
    page.dot(at, 6.5, kPoint);
  }
}

/// What a program would print: the published numbers beside those of the points as they are.
void draw_numbers(Page& page, const Layout& layout, const Scene& scene) {
  const LineFit &now = scene.model().fit(), &published = scene.model().published();
  const Area area = page.heading(layout.numbers, {"What a program prints", "Numbers"});
  struct Row {
    const char* name;
    double now, published;
  };
  const Row rows[] = {{"slope", now.slope, published.slope},       {"intercept", now.intercept, published.intercept},
                      {"R²", now.r_squared, published.r_squared},  {"RMSE", now.rmse, published.rmse},
                      {"mean of x", now.mean_x, published.mean_x}, {"mean of y", now.mean_y, published.mean_y}};
  const double step = std::min(30.0, (area.height - 18) / 6);
  const double now_x = area.x + 0.62 * area.width, published_x = area.x + 0.98 * area.width;
  page.text({now_x, area.y + 12}, "now", kCaptionSize, kFaint, Anchor::end);
  page.text({published_x, area.y + 12}, "as published", kCaptionSize, kFaint, Anchor::end);
  for (int i = 0; i < 6; ++i) {
    const double y = area.y + 16 + (i + 0.7) * step;
    page.text({area.x, y}, rows[i].name, kHeadingSize);
    page.text({now_x, y}, shown(rows[i].now), kHeadingSize + 3, kText, Anchor::end, true);
    page.text({published_x, y}, shown(rows[i].published), kHeadingSize, kFaint, Anchor::end);
  }
  if (!std::isfinite(now.slope))
    page.text_within(layout.ghost.width, {layout.ghost.x, layout.ghost.y + 16},
                     {"All points stand at one x: every slope fits as well, so there is none.", "One x: no slope."},
                     kCaptionSize + 1, kLeftOver);
  else if (scene.model().is_moved())
    page.text_within(layout.ghost.width, {layout.ghost.x, layout.ghost.y + 16},
                     {"dashed: the line of the set as it was published", "dashed: as published"}, kCaptionSize + 1,
                     kFaint);
}

void draw_residuals(Page& page, const Layout& layout, const Scene& scene) {
  plot::Figure figure("Left over: look here, not at R²");
  figure.axes("x", "y − line")
      .x_range(kXRange.low, kXRange.high)
      .y_range(-8, 8)
      .horizontal(0)
      .points(scene.model().points().x, scene.model().residuals(), "", {.colour = 1});
  page.figure(layout.residuals, std::move(figure));
}

}  // namespace

plot::DisplayList draw(const Scene& scene, double width, double height) {
  const Layout layout = layout_for(width, height);
  Page page(width, height);
  page.fill({0, 0, width, height}, {Colour::Role::background});
  draw_header(page, layout, scene);
  draw_board(page, layout, scene);
  draw_numbers(page, layout, scene);
  draw_residuals(page, layout, scene);
  plot::DisplayList list = page.take();
  list.title = "One line, four stories";
  list.description =
      "The demo's window: one of Anscombe's sets with its line and the square of every residual; beside it slope, "
      "intercept, R squared and RMSE, now and as published, and the residuals against x.";
  return list;
}

}  // namespace handbuilt::lessons::least_squares
