#include "lessons/07_similarity/demo/view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "lessons/07_similarity/figures.hpp"
#include "robot_sim/situations/window.hpp"

namespace handbuilt::lessons::likeness {
namespace {

using plot::Colour;
using Anchor = plot::Text::Anchor;

const Colour kRemembered = Colour::of_series(0), kNew = Colour::of_series(1), kKnown = Colour::of_series(2);

void draw_header(Page& page, const Layout& layout, const Scene& scene) {
  const DemoModel& model = scene.model();
  page.text({layout.header.x, layout.header.y + 19}, "What is this like?", kTitleSize, kText, Anchor::start, true);
  page.text({layout.header.x, layout.header.y + 38},
            fmt::format("{} home {}: {:.0f} s, {:.0f} % of it new",
                        words_for(demo_kinds()[static_cast<std::size_t>(model.kind())]), model.home(),
                        5.0 * static_cast<double>(model.scores().size()), 100 * model.share_new()),
            kCaptionSize, kFaint);
  page.text_within(
      layout.help.width, {layout.help.x, layout.help.y + 15},
      {"click a dot: what is it like?    1-8: put the robot into a kind of home    n: another home    space: "
       "stop and go    right: five seconds    esc: close",
       "click: a dot    1-8: kind of home    n: next    space: stop    esc: close"},
      kCaptionSize, kFaint);
}

/// Everything remembered, the drive, and lines from what is looked at to its neighbours.
void draw_map(Page& page, const Layout& layout, const Scene& scene) {
  const SituationMap& map = scene.model().map();
  page.heading(layout.map, {fmt::format("Five seconds a dot; the two directions show {:.0f} % of all variance",
                                        100 * map.shown_share()),
                            "Five seconds a dot"});
  const MapFrame frame = scene.frame(layout);
  page.frame(frame.area, kGrid);
  page.clip(frame.area);
  const MatrixD &places = map.places(), driven = scene.model().driven_places();
  for (Eigen::Index row = 0; row < places.rows(); ++row)
    page.dot(frame.at(places(row, 0), places(row, 1)), 2.5, kRemembered.faded(0.6));
  const VectorD scores = scene.model().scores();
  for (Eigen::Index row = 0; row < driven.rows(); ++row) {
    const bool is_new = scores[row] > map.threshold();
    page.dot(frame.at(driven(row, 0), driven(row, 1)), 4.5, is_new ? kNew : kKnown,
             is_new ? plot::Marker::Kind::square : plot::Marker::Kind::circle);
  }
  if (scene.looked()) {
    const MatrixD& of = scene.looked()->is_remembered ? places : driven;
    const plot::Point here = frame.at(of(scene.looked()->row, 0), of(scene.looked()->row, 1));
    for (const int neighbour : scene.neighbours()) {
      const plot::Point there = frame.at(places(neighbour, 0), places(neighbour, 1));
      page.line({here, there}, kText, 1);
      page.dot(there, 4, kRemembered);
    }
    page.dot(here, 7, kText);
  }
  page.end_clip();
  const double x = frame.area.x + 14;
  page.dot({x, frame.area.y + 14}, 4, kRemembered);
  page.text({x + 9, frame.area.y + 18}, "remembered", kCaptionSize);
  page.dot({x, frame.area.y + 30}, 4.5, kKnown);
  page.text({x + 9, frame.area.y + 34}, "this drive, known", kCaptionSize);
  page.dot({x, frame.area.y + 46}, 4.5, kNew, plot::Marker::Kind::square);
  page.text({x + 9, frame.area.y + 50}, "this drive, new", kCaptionSize);
}

/// The readings in which what is looked at differs most from what it is most like, in standard deviations.
void draw_details(Page& page, const Layout& layout, const Scene& scene) {
  if (!scene.looked()) {
    page.heading(layout.details, {"Click a dot"});
    return;
  }
  const SituationMap& map = scene.model().map();
  const MatrixD row = scene.looked_row().transpose();
  const double score = map.score(row)[0];
  const std::string what = scene.looked()->is_remembered ? "A memory"
                           : score > map.threshold()     ? fmt::format("Never seen this: {:.1f}", score)
                                                         : fmt::format("Seen such things: {:.1f}", score);
  const Area area = page.heading(layout.details, {what + ", beside the five most like it (standard deviations)", what});
  MatrixD others(Scene::kNeighbours, row.cols());
  const std::vector<int> neighbours = scene.neighbours();
  for (int i = 0; i < Scene::kNeighbours; ++i)
    others.row(i) = map.windows().row(neighbours[static_cast<std::size_t>(i)]);
  const VectorD here = map.standardised(row).row(0), there = map.standardised(others).colwise().mean();
  std::vector<int> order(static_cast<std::size_t>(here.size()));
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(),
            [&](int a, int b) { return std::abs(here[a] - there[a]) > std::abs(here[b] - there[b]); });
  const auto lines = std::min<std::size_t>(order.size(), static_cast<std::size_t>(std::max(1.0, area.height / 20)));
  const double name = std::min(190.0, 0.5 * area.width), bar = area.width - name - 10;
  constexpr double kMost = 8;
  const auto x_of = [&](double value) {
    return area.x + name + bar * (std::clamp(value, -kMost, kMost) + kMost) / (2 * kMost);
  };
  page.line({{x_of(0), area.y}, {x_of(0), area.y + 20.0 * static_cast<double>(lines)}}, kGrid, 1);
  for (std::size_t i = 0; i < lines; ++i) {
    const double y = area.y + 20.0 * static_cast<double>(i) + 10;
    page.text_within(name, {area.x, y + 4}, {robot_sim::window_columns()[static_cast<std::size_t>(order[i])].name},
                     kCaptionSize);
    page.line({{x_of(there[order[i]]), y}, {x_of(here[order[i]]), y}}, kFaint, 2);
    page.dot({x_of(there[order[i]]), y}, 4, kRemembered);
    page.dot({x_of(here[order[i]]), y}, 4.5, kText);
  }
}

}  // namespace

plot::DisplayList draw(const Scene& scene, double width, double height) {
  const Layout layout = layout_for(width, height);
  Page page(width, height);
  page.fill({0, 0, width, height}, {Colour::Role::background});
  draw_header(page, layout, scene);
  draw_map(page, layout, scene);
  page.figure(layout.scores,
              score_figure(scene.model().scores(), scene.model().map().threshold(), "How new each five seconds are"));
  draw_details(page, layout, scene);
  plot::DisplayList list = page.take();
  list.title = "What is this like?";
  list.description =
      "The demo's window: a map of remembered stretches of driving with the drive in a new home on it, how new each of "
      "its stretches is, and the readings of the one looked at beside those of the five most like it.";
  return list;
}

}  // namespace handbuilt::lessons::likeness
