#include "lessons/05_k_means/demo/view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "plot/palette.hpp"

namespace handbuilt::lessons::k_means {
namespace {

using plot::Colour;
using plot::Marker;
using plot::Point;
using Anchor = plot::Text::Anchor;

Colour colour_of(int group) { return Colour::of_series(group % plot::kSeriesColours); }

/// Groups of one colour differ in shape.
Marker::Kind shape_of(int group) {
  constexpr Marker::Kind kShapes[] = {Marker::Kind::circle, Marker::Kind::square, Marker::Kind::triangle};
  return kShapes[group / plot::kSeriesColours % 3];
}

std::string what_next(const Play& play) {
  if (play.centroids().rows() == 0) return "click to drop points";
  if (play.is_settled()) return "nothing moves any more";
  return play.is_assign_next() ? "next: every row to the nearest centroid" : "next: every centroid to its rows' mean";
}

void draw_header(Page& page, const Layout& layout, const Scene& scene) {
  const Play& play = scene.play();
  page.text({layout.header.x, layout.header.y + 19}, "Groups without names", kTitleSize, kText, Anchor::start, true);
  std::string state = fmt::format("{} rows, {} centroids", play.rows().rows(), play.centroids().rows());
  if (!play.trace().empty()) state += fmt::format(", inertia {:.0f}", play.trace().back());
  if (play.repaired() > 0) state += fmt::format(", {} empty ones repaired", play.repaired());
  page.text_within(layout.header.width, {layout.header.x, layout.header.y + 38},
                   {state + "; " + what_next(play), what_next(play)}, kCaptionSize, kFaint);
  const bool is_points = scene.subject() == Scene::Subject::kPoints;
  page.text_within(
      layout.help.width, {layout.help.x, layout.help.y + 15},
      {is_points ? "click: drop a point    drag a centroid    space: half a step    r: run    a: any rows    p: "
                   "k-means++    z: one corner    + -: groups    h: how many?    n: new    c: clear    m: a photograph"
                 : "drag: turn    space: half a step    r: run    a: any pixels    p: k-means++    z: darkest    + -: "
                   "colours    o: the original    m: the next    esc: close",
       "space: step    r: run    a: any    p: k-means++    + -: groups    m: points or photograph"},
      kCaptionSize, kFaint);
}

void draw_way(Page& page, const Play& play, int c, const std::function<Point(const MatrixD&, int)>& place) {
  std::vector<Point> way;
  for (const MatrixD& station : play.way()) way.push_back(place(station, c));
  if (way.size() > 1) page.line(way, kText.faded(0.5), 1.5);
}

void draw_points(Page& page, const Layout& layout, const Play& play) {
  page.heading(layout.space, {"Points: click to drop one, drag a centroid", "Points"});
  const Area field = field_of(layout);
  page.fill(field, kGrid.faded(0.25));
  page.clip(field);
  const MatrixD& centroids = play.centroids();
  // Whose land is whose: a tile takes the colour of its nearest centroid.
  constexpr int kTiles = 48;
  if (!play.labels().empty())
    for (int tx = 0; tx < kTiles; ++tx)
      for (int ty = 0; ty < kTiles; ++ty) {
        const Eigen::RowVector2d middle((tx + 0.5) * 100 / kTiles, (ty + 0.5) * 100 / kTiles);
        Eigen::Index nearest = 0;
        (centroids.rowwise() - middle).rowwise().squaredNorm().minCoeff(&nearest);
        const Point corner = on_page(layout, tx * 100.0 / kTiles, (ty + 1) * 100.0 / kTiles);
        page.fill({corner.x, corner.y, field.width / kTiles, field.height / kTiles},
                  colour_of(static_cast<int>(nearest)).faded(0.13));
      }
  for (Eigen::Index n = 0; n < play.rows().rows(); ++n) {
    const int label = play.labels().empty() ? -1 : play.labels()[static_cast<std::size_t>(n)];
    page.dot(on_page(layout, play.rows()(n, 0), play.rows()(n, 1)), 3.5, label < 0 ? kFaint : colour_of(label),
             label < 0 ? Marker::Kind::circle : shape_of(label));
  }
  const auto place = [&](const MatrixD& station, int c) { return on_page(layout, station(c, 0), station(c, 1)); };
  for (int c = 0; c < centroids.rows(); ++c) {
    draw_way(page, play, c, place);
    page.dot(place(centroids, c), 10, kText, shape_of(c));
    page.dot(place(centroids, c), 7.5, colour_of(c), shape_of(c));
  }
  page.end_clip();
}

/// Colours seen from the side: light above, dark below, and the wheel of hues turned by `turn`.
Point in_space(const Area& area, double turn, double red, double green, double blue) {
  const double light = (red + green + blue) / 3, warm = (red - green) / std::sqrt(2.0),
               yellow = (red + green - 2 * blue) / std::sqrt(6.0);
  const double across = warm * std::cos(turn) + yellow * std::sin(turn);
  return {area.x + area.width * (0.5 + across / 360), area.y + area.height * (0.97 - 0.94 * light / 255)};
}

Area strip_of(const Layout& layout) {
  const Area field = field_of(layout);
  return {field.x, field.y + field.height - 26, field.width, 26};
}

void draw_colours(Page& page, const Layout& layout, const Scene& scene) {
  constexpr Eigen::Index kDots = 2500;
  const Play& play = scene.play();
  page.heading(layout.space, {"Every pixel where its colour is: light above, dark below. Drag to turn", "Colours"});
  Area field = field_of(layout);
  const Area strip = strip_of(layout);
  field.height -= strip.height + 6;
  page.fill(field, kGrid.faded(0.25));
  page.clip(field);
  const auto rgb = [](const MatrixD& table, Eigen::Index row) {
    const auto level = [&](int j) {
      return static_cast<std::uint8_t>(std::clamp(std::lround(table(row, j)), 0L, 255L));
    };
    return Colour::rgb(level(0), level(1), level(2));
  };
  const Eigen::Index every = std::max<Eigen::Index>(1, play.rows().rows() / kDots);
  for (Eigen::Index n = 0; n < play.rows().rows(); n += every)
    page.dot(in_space(field, scene.turn(), play.rows()(n, 0), play.rows()(n, 1), play.rows()(n, 2)), 1.8,
             rgb(play.rows(), n));
  const auto place = [&](const MatrixD& station, int c) {
    return in_space(field, scene.turn(), station(c, 0), station(c, 1), station(c, 2));
  };
  for (int c = 0; c < play.centroids().rows(); ++c) draw_way(page, play, c, place);
  for (int c = 0; c < play.centroids().rows(); ++c) {
    page.dot(place(play.centroids(), c), 11, kText);
    page.dot(place(play.centroids(), c), 9, rgb(play.centroids(), c));
  }
  page.end_clip();
  // The palette, each entry as wide as its share of the pixels.
  std::vector<double> shares(static_cast<std::size_t>(play.centroids().rows()),
                             play.labels().empty() ? 1.0 / static_cast<double>(play.centroids().rows()) : 0.0);
  for (const int label : play.labels())
    shares[static_cast<std::size_t>(label)] += 1 / static_cast<double>(play.labels().size());
  double x = strip.x;
  for (std::size_t c = 0; c < shares.size(); ++c) {
    page.fill({x, strip.y, shares[c] * strip.width, strip.height}, rgb(play.centroids(), static_cast<Eigen::Index>(c)));
    x += shares[c] * strip.width;
  }
}

void draw_photograph(plot::DisplayList& list, const Layout& layout, const Scene& scene) {
  const Photograph& photograph = scene.photograph();
  const Area& area = layout.upper;
  const double tall = area.height - kHeadingHeight - 6;
  const double scale = std::min(area.width / photograph.columns, tall / photograph.rows);
  plot::Image image{area.x,
                    area.y + kHeadingHeight,
                    scale * photograph.columns,
                    scale * photograph.rows,
                    photograph.columns,
                    photograph.rows,
                    {}};
  const bool is_plain = scene.is_original() || scene.play().labels().empty();
  image.rgb = is_plain ? bytes_of(photograph.colours) : recoloured(scene.play().centroids(), scene.play().labels());
  list.items.emplace_back(std::move(image));
}

}  // namespace

plot::Figure inertia_figure(const Play& play) {
  plot::Figure figure("Inertia, assignment by assignment");
  figure.axes("assignment", "inertia");
  if (!play.trace().empty()) {
    std::vector<double> at;
    for (std::size_t k = 0; k < play.trace().size(); ++k) at.push_back(static_cast<double>(k + 1));
    figure.line(at, play.trace(), "").points(at, play.trace(), "", {.colour = 0});
    figure.x_range(1, std::max<double>(8, at.back())).y_range(0, 1.05 * play.trace().front() + 1e-9);
  }
  figure.description("The inertia at each assignment since the start. It never rises, unless somebody drags.");
  return figure;
}

plot::Figure how_many_figure(const HowMany& how_many) {
  plot::Figure figure(how_many.clusters.empty()
                          ? "How many? Press h (with 20 points or more)"
                          : fmt::format("How many? {} come back in other samples", how_many.chosen));
  figure.axes("groups", "").y_range(0, 1.05);
  if (!how_many.clusters.empty())
    figure.line(how_many.clusters, how_many.stability, "stability")
        .line(how_many.clusters, how_many.silhouette, "mean silhouette");
  figure.description("Stability under resampling and the mean silhouette over the number of groups.");
  return figure;
}

plot::DisplayList draw(const Scene& scene, double width, double height) {
  const Layout layout = layout_for(width, height);
  Page page(width, height);
  page.fill({0, 0, width, height}, {Colour::Role::background});
  draw_header(page, layout, scene);
  const bool is_points = scene.subject() == Scene::Subject::kPoints;
  if (is_points) {
    draw_points(page, layout, scene.play());
    page.figure(layout.upper, inertia_figure(scene.play()));
    page.figure(layout.lower, how_many_figure(scene.how_many()));
  } else {
    draw_colours(page, layout, scene);
    page.heading(layout.upper, {scene.is_original() || scene.play().labels().empty()
                                    ? "The photograph"
                                    : fmt::format("The photograph in {} colours", scene.play().centroids().rows())});
    page.figure(layout.lower, inertia_figure(scene.play()));
  }
  plot::DisplayList list = page.take();
  if (!is_points) draw_photograph(list, layout, scene);
  list.title = "Groups without names";
  list.description =
      "The demo's window: rows as dots in the colour of their centroid, the ways that the centroids have gone, and the "
      "inertia at each assignment; for a photograph its pixels in the space of colours and the recoloured picture.";
  return list;
}

}  // namespace handbuilt::lessons::k_means
