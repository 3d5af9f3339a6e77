#include "lessons/02_least_squares/figures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>

#include "lessons/02_least_squares/line.hpp"
#include "plot/figure.hpp"

namespace handbuilt::lessons::least_squares {
namespace {

using plot::Colour;
using plot::DisplayList;
using plot::Figure;
using plot::Point;
using plot::Polyline;
using plot::Text;

const Colour kInk{Colour::Role::text};
const Colour kPale{Colour::Role::faint};
const Colour kBlue = Colour::of_series(0);
const Colour kRed = Colour::of_series(1);

/// A quantile of some values, between ranks by proportion.
double quantile(std::vector<double> values, double share) {
  std::sort(values.begin(), values.end());
  const double place = share * static_cast<double>(values.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, values.size() - 1);
  return values[below] + (place - static_cast<double>(below)) * (values[above] - values[below]);
}

struct Band {
  std::vector<double> low, middle, high;
};
Band band_of(const std::vector<DigitsLost>& seeds, std::vector<double> DigitsLost::*series) {
  Band band;
  for (std::size_t k = 0; k < seeds.front().conditions.size(); ++k) {
    std::vector<double> values;
    for (const DigitsLost& seed : seeds) values.push_back((seed.*series)[k]);
    band.low.push_back(quantile(values, 0.1));
    band.middle.push_back(quantile(values, 0.5));
    band.high.push_back(quantile(values, 0.9));
  }
  return band;
}

/// Points, a line and the square of every residual, in a panel of a sketch.
void draw_squares(DisplayList& list, const Points& points, const std::function<double(double)>& line, double left,
                  const std::string& title) {
  constexpr double kTop = 52, kSide = 300, kUnit = kSide / 12;
  const auto place = [&](double x, double y) { return Point{left + (x - 3) * kUnit, kTop + kSide - (y - 2) * kUnit}; };
  double total = 0;
  for (std::size_t n = 0; n < points.x.size(); ++n) {
    const double predicted = line(points.x[n]), residual = std::abs(points.y[n] - predicted);
    total += residual * residual;
    const double away = points.x[n] < 9 ? residual : -residual;  // to where there is room
    const Point a = place(points.x[n], predicted), b = place(points.x[n] + away, points.y[n]);
    list.items.emplace_back(plot::Rectangle{std::min(a.x, b.x), std::min(a.y, b.y), std::abs(a.x - b.x),
                                            std::abs(a.y - b.y), kRed.faded(0.22)});
    list.items.emplace_back(Polyline{{a, {a.x, b.y}}, kRed, 1.5});
  }
  list.items.emplace_back(Polyline{{place(3, line(3)), place(15, line(15))}, kInk, 2});
  for (std::size_t n = 0; n < points.x.size(); ++n)
    list.items.emplace_back(plot::Marker{place(points.x[n], points.y[n]), 4.5, kBlue});
  list.items.emplace_back(Polyline{{place(3, 14), place(3, 2), place(15, 2)}, kPale, 1});
  const double middle = left + kSide / 2;
  list.items.emplace_back(Text{{middle, 24}, title, 14, Text::Anchor::middle, true, false, kInk});
  list.items.emplace_back(Text{{middle, kTop + kSide + 24},
                               fmt::format("shaded area in all: {:.1f}", total),
                               13,
                               Text::Anchor::middle,
                               false,
                               false,
                               kInk});
}

DisplayList squares_figure(const Points& points) {
  const LineFit fit = fit_line(points);
  DisplayList list;
  list.width = 720;
  list.height = 392;
  list.title = "Least squares makes the shaded area smallest";
  list.description =
      "Anscombe's first eleven points twice. Left, a level line at their mean, and at each point the square of its "
      "distance to the line, some of them large. Right, the line of least squares: the squares are smaller.";
  draw_squares(
      list, points, [&](double) { return fit.mean_y; }, 30, "the mean");
  draw_squares(
      list, points, [&](double x) { return fit.at(x); }, 390, "the line of least squares");
  return list;
}

/// A column and its mirror image on the first axis.
DisplayList mirror_figure() {
  constexpr double kUnit = 38;
  const Point origin{310, 230};
  const auto place = [&](double x, double y) { return Point{origin.x + kUnit * x, origin.y - kUnit * y}; };
  const double a = 3, b = 4, length = std::hypot(a, b);
  DisplayList list;
  list.width = 620;
  list.height = 300;
  list.title = "Folding a column onto its first entry";
  list.description =
      "The column (3, 4) of length 5, and its image (-5, 0) on the first axis. The mirror halves the angle between "
      "them; "
      "its normal runs from the image to the column and is (8, 4).";
  const auto line = [&](Point from, Point to, Colour colour, double width, bool dashed = false) {
    list.items.emplace_back(Polyline{{from, to}, colour, width, dashed});
  };
  const auto arrow = [&](Point from, Point to, Colour colour) {
    const double size = std::hypot(to.x - from.x, to.y - from.y), head = 10;
    const double x = (to.x - from.x) / size, y = (to.y - from.y) / size;
    const Point neck{to.x - head * x, to.y - head * y};
    line(from, neck, colour, 2.5);
    list.items.emplace_back(plot::Polygon{
        {to, {neck.x - head / 2 * y, neck.y + head / 2 * x}, {neck.x + head / 2 * y, neck.y - head / 2 * x}}, colour});
  };
  const auto text = [&](Point at, const std::string& words, Colour colour, Text::Anchor anchor = Text::Anchor::middle) {
    list.items.emplace_back(Text{at, words, 13, anchor, false, false, colour});
  };
  line(place(-6.6, 0), place(6.6, 0), kPale, 1);
  line(place(0, -1.6), place(0, 5.4), kPale, 1);
  // The arc of all columns as long as this one.
  Polyline arc{{}, kPale, 1, true};
  for (int k = 0; k <= 40; ++k) {
    const double angle = std::numbers::pi * k / 40;
    arc.points.push_back(place(length * std::cos(angle), length * std::sin(angle)));
  }
  list.items.emplace_back(arc);
  // The mirror is at right angles to the normal (a + length, b).
  const double size = std::hypot(a + length, b), mirror_x = -b / size, mirror_y = (a + length) / size;
  line(place(-1.7 * mirror_x, -1.7 * mirror_y), place(5.6 * mirror_x, 5.6 * mirror_y), kInk, 2, true);
  arrow(place(-length, 0), place(a, b), kPale);
  arrow(place(0, 0), place(a, b), kBlue);
  arrow(place(0, 0), place(-length, 0), kRed);
  text(place(a + 0.25, b + 0.1), "column (3, 4)", kBlue, Text::Anchor::start);
  text(place(-length, -0.55), "image (−5, 0)", kRed);
  text(place(5.75 * mirror_x - 0.1, 5.75 * mirror_y - 0.3), "mirror", kInk, Text::Anchor::end);
  text(place(-1.7, 2.5), "normal (8, 4)", kPale, Text::Anchor::end);
  text(place(5.3, -0.55), "first entry", kPale);
  return list;
}

/// Where gradient descent goes on half the mean squared residual of a line, in (intercept, slope).
struct Path {
  std::vector<double> intercept{0}, slope{0};
};
Path walk(const Points& points, double rate, int steps) {
  Path path;
  const auto count = static_cast<double>(points.x.size());
  for (int step = 0; step < steps; ++step) {
    double d_intercept = 0, d_slope = 0;
    for (std::size_t n = 0; n < points.x.size(); ++n) {
      const double error = path.intercept.back() + path.slope.back() * points.x[n] - points.y[n];
      d_intercept += error / count;
      d_slope += error * points.x[n] / count;
    }
    path.intercept.push_back(path.intercept.back() - rate * d_intercept);
    path.slope.push_back(path.slope.back() - rate * d_slope);
  }
  return path;
}

/// The valley of a line's loss over a range of intercepts and slopes, and a walk in it.
Figure valley(const Points& points, const std::string& title, plot::Range intercepts, plot::Range slopes, double rate,
              int steps) {
  constexpr int kCells = 80;
  std::vector<double> losses;
  for (int row = 0; row < kCells; ++row)
    for (int column = 0; column < kCells; ++column) {
      const double slope = slopes.low + (slopes.high - slopes.low) * (row + 0.5) / kCells;
      const double intercept = intercepts.low + (intercepts.high - intercepts.low) * (column + 0.5) / kCells;
      double sum = 0;
      for (std::size_t n = 0; n < points.x.size(); ++n)
        sum += std::pow(intercept + slope * points.x[n] - points.y[n], 2);
      losses.push_back(std::log10(sum / (2.0 * static_cast<double>(points.x.size()))));
    }
  const Path path = walk(points, rate, steps);
  const LineFit fit = fit_line(points);
  Figure figure(title);
  figure.size(480, 420)
      .axes("intercept", "slope")
      .field({kCells, kCells, losses}, intercepts, slopes, {.unit = "log10 of the loss"})
      .line(path.intercept, path.slope, fmt::format("{} steps", steps), {.colour = 1})
      .points(std::vector<double>{fit.intercept}, std::vector<double>{fit.slope}, "the bottom", {.colour = 3});
  return figure;
}

}  // namespace

DisplayList anscombe_figure(const std::vector<Points>& sets) {
  std::vector<Figure> figures;
  for (const Points& set : sets) {
    const LineFit fit = fit_line(set);
    figures.push_back(Figure(fmt::format("{}:  y = {:.2f} + {:.2f} x,  R² = {:.2f}", set.name, fit.intercept, fit.slope,
                                         fit.r_squared))
                          .size(440, 280)
                          .axes("x", "y")
                          .x_range(2, 20)
                          .y_range(2, 14)
                          .points(set.x, set.y, "")
                          .line({2, 20}, {fit.at(2), fit.at(20)}, ""));
  }
  DisplayList list = plot::page("One line, four stories", figures, 2);
  list.description =
      "Anscombe's four sets with their lines of least squares, which are the same to two digits. Set I scatters about "
      "the line; set II is a curve; set III is a steeper line with one point far off; set IV stands at one x but for a "
      "single point that alone decides the slope.";
  return list;
}

DisplayList cars_figure(const HeldOut& held_out) {
  const auto panel = [&](const std::string& title, const std::vector<double>& predicted) {
    return Figure(title)
        .size(440, 400)
        .axes("predicted, miles per gallon", "measured")
        .x_range(5, 45)
        .y_range(5, 50)
        .points(predicted, held_out.actual, "")
        .line({5, 45}, {5, 45}, "", {.colour = 1, .dashed = true});
  };
  DisplayList list = plot::page("Cars that the fit has not seen",
                                {panel("Mileage from three columns", held_out.by_three),
                                 panel("Gallons a mile from the same, turned round", held_out.by_inverse)},
                                2);
  list.description =
      "Measured against predicted mileage of held-out cars, with the diagonal. Left, the linear fit: the thirstiest "
      "and "
      "the thriftiest cars both lie above the diagonal, a bend. Right, gallons a mile fitted instead: the bend is "
      "gone.";
  return list;
}

DisplayList digits_figure(const std::vector<DigitsLost>& seeds) {
  const std::vector<double>& conditions = seeds.front().conditions;
  Figure figure("Digits lost, of sixteen");
  figure.size(720, 440).axes("condition number", "digits").log_x().y_range(0, 16.5);
  const auto draw = [&](std::vector<double> DigitsLost::*series, const std::string& label, plot::SeriesStyle style) {
    const Band band = band_of(seeds, series);
    figure.line(conditions, band.middle, label, style).band(conditions, band.low, band.high);
  };
  draw(&DigitsLost::normal_equations, "normal equations", {.colour = 1});
  draw(&DigitsLost::qr_with_scatter, "QR, points that scatter", {.colour = 3, .dashed = true});
  draw(&DigitsLost::qr, "QR", {.colour = 0});
  draw(&DigitsLost::normal_equations_badly_scaled, "normal equations, units only", {.colour = 2});
  figure.description(
      "Digits of the coefficients lost against the condition number from 1 to a million million. The normal equations "
      "lose two digits for each power of ten and have none left at ten to the eighth. QR loses one. QR with points "
      "that "
      "scatter about the plane loses two as well, from a lower start. Normal equations whose columns differ only in "
      "their units lose none.");
  return figure.draw();
}

DisplayList valley_figure(const Points& points) {
  Points standardised = points;
  const LineFit fit = fit_line(points);
  double mean_square = 0, variance = 0;
  for (double& x : standardised.x) {
    mean_square += x * x / static_cast<double>(points.x.size());
    x -= fit.mean_x;
    variance += x * x / static_cast<double>(points.x.size());
  }
  for (double& x : standardised.x) x /= std::sqrt(variance);
  DisplayList list =
      plot::page("The same line, two valleys",
                 {valley(points, "x as it is", {-2, 8}, {-0.4, 1.6}, 1 / (mean_square + 1), 100),
                  valley(standardised, "x from its mean, in standard deviations", {-2, 12}, {-4, 7}, 0.5, 10)},
                 2);
  list.description =
      "The loss of a line over intercept and slope, with the path of gradient descent from zero. Left, for x as it is, "
      "a "
      "long slanted valley: after 100 steps the path is still far from the bottom. Right, for x measured from its mean "
      "in standard deviations, a round bowl: 10 steps lead straight to the bottom.";
  return list;
}

std::vector<TextFigure> text_figures() {
  const std::vector<Points> sets = load_anscombe(datasets_folder() / "anscombe/anscombe.csv");
  const Cars cars = load_cars(datasets_folder() / "cars/cars.csv");
  constexpr std::uint64_t kSeeds = 20;
  std::vector<DigitsLost> seeds;
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) seeds.push_back(run_conditioning(seed));
  return {{"anscombe.svg", anscombe_figure(sets)},
          {"squares.svg", squares_figure(sets.front())},
          {"mirror.svg", mirror_figure()},
          {"valley.svg", valley_figure(sets.front())},
          {"cars.svg", cars_figure(predict_held_out(cars, 1))},
          {"digits_lost.svg", digits_figure(seeds)}};
}

}  // namespace handbuilt::lessons::least_squares
