#include "lessons/01_flat_rate/figures.hpp"

#include <cmath>

#include "lessons/01_flat_rate/experiment.hpp"
#include "lessons/demo.hpp"
#include "lessons/page.hpp"
#include "regression/baseline.hpp"
#include "regression/metrics.hpp"

namespace handbuilt::lessons::flat_rate {
namespace {

using plot::Colour;
using plot::Figure;
using Anchor = plot::Text::Anchor;

/// The names under the bars, short.
std::vector<std::string> bar_names() {
  return {"flat", "year", "variety", "site", "sum", "site-year", "other year", "cell", "cell, shortest"};
}

/// Mean RMSE over twenty dealings, and on the rows it was fitted on.
std::pair<std::vector<double>, std::vector<double>> seen_and_unseen(const Barley& barley) {
  std::vector<int> all;
  for (int row = 0; row < barley.rows(); ++row) all.push_back(row);
  constexpr int kSeeds = 20;
  std::vector<double> seen, unseen;
  for (const Model model : kModels) {
    seen.push_back(regression::root_mean_squared_error(predict(model, barley, all, all), barley.yields));
    double sum = 0;
    for (int seed = 1; seed <= kSeeds; ++seed) {
      Random random(static_cast<std::uint64_t>(seed), "folds");
      sum += regression::root_mean_squared_error(predict_held_out(model, barley, random), barley.yields);
    }
    unseen.push_back(sum / kSeeds);
  }
  return {seen, unseen};
}

/// A cube of eight plots: a variety or another, a site or another, a year or another. Seven are known.
plot::DisplayList hole() {
  constexpr double kWidth = 640, kHeight = 310;
  Page page(kWidth, kHeight);
  const Colour blue = Colour::of_series(0), red = Colour::of_series(1);
  const auto corner = [](int variety, int site, int year) {
    return plot::Point{120 + 250.0 * variety + 90.0 * site, 230 - 130.0 * year - 50.0 * site};
  };
  for (int a = 0; a < 8; ++a)
    for (int bit = 0; bit < 3; ++bit) {
      const int b = a | (1 << bit);
      if (a == b) continue;
      page.line({corner(a & 1, a >> 1 & 1, a >> 2 & 1), corner(b & 1, b >> 1 & 1, b >> 2 & 1)}, kGrid, 1.5);
    }
  for (int a = 0; a < 8; ++a) {
    const int differences = (a & 1) + (a >> 1 & 1) + (a >> 2 & 1);
    const plot::Point at = corner(a & 1, a >> 1 & 1, a >> 2 & 1);
    if (differences == 3) {
      page.fill({at.x - 15, at.y - 15, 30, 30}, {Colour::Role::background});
      page.frame({at.x - 15, at.y - 15, 30, 30}, kText, 2);
      page.text({at.x, at.y + 6}, "?", 18, kText, Anchor::middle, true);
      continue;
    }
    const bool is_added = differences % 2 == 0;
    page.dot(at, 15, is_added ? red : blue);
    page.text({at.x, at.y + 6}, is_added ? "+" : "−", 18, {Colour::Role::background}, Anchor::middle, true);
  }
  page.text({corner(0, 0, 0).x, 262}, "the reference plot", 13, kText, Anchor::middle);
  page.text({corner(1, 0, 0).x, 262}, "another variety", 13, kText, Anchor::middle);
  page.text({corner(1, 1, 0).x + 24, corner(1, 1, 0).y + 5}, "and site", 13);
  page.text({corner(1, 1, 1).x + 24, corner(1, 1, 1).y + 5}, "and year", 13);
  page.text({20, 296}, "? is made of seven plots, added (+) and subtracted (−), each with its own luck", 13, kFaint);
  plot::DisplayList list = page.take();
  list.title = "Filling a hole with differences";
  list.description =
      "A cube whose eight corners are plots. The missing one differs from the reference plot in variety, site and "
      "year. "
      "The full model fills it from the other seven: three that differ in two ways are added, three that differ in one "
      "way are subtracted, and the reference plot is added.";
  return list;
}

Figure morris_figure(const Barley& barley) {
  Figure figure("What each site gave, mean of ten varieties");
  figure.axes("", "bushels per acre").categories(barley.years).size(560, 380);
  figure.description(
      "Six lines from 1931 to 1932, the mean yield of each station. Five fall by 5 to 13 bushels; that of Morris rises "
      "by 12.");
  for (std::size_t site = 0; site < barley.sites.size(); ++site) {
    double sums[2] = {0, 0};
    for (int row = 0; row < barley.rows(); ++row) {
      const auto r = static_cast<std::size_t>(row);
      if (barley.site[r] == static_cast<int>(site)) sums[barley.year[r]] += barley.yields(row);
    }
    const bool is_morris = barley.sites[site] == "Morris";
    figure.line({0, 1}, {sums[0] / 10, sums[1] / 10}, barley.sites[site],
                {.colour = static_cast<int>(site), .dashed = !is_morris});
  }
  figure.x_range(-0.3, 1.3);
  return figure;
}

}  // namespace

Figure yields_figure(const Barley& barley, double rate) {
  Figure figure("120 plots of barley and one rate for all");
  figure.axes("", "bushels per acre").categories(barley.sites).size(760, 380);
  figure.description(
      "The yields of ten varieties at six stations in two years as dots, between 14 and 66 bushels per acre, with a "
      "level line for one rate. Stations differ by more than varieties; Morris alone did better in 1932.");
  for (int year = 0; year < 2; ++year) {
    std::vector<double> x, y;
    for (int row = 0; row < barley.rows(); ++row) {
      const auto r = static_cast<std::size_t>(row);
      if (barley.year[r] != year) continue;
      x.push_back(barley.site[r] + (year == 0 ? -0.17 : 0.17) + 0.022 * (barley.variety[r] - 4.5));
      y.push_back(barley.yields(row));
    }
    figure.points(x, y, barley.years[static_cast<std::size_t>(year)]);
  }
  figure.horizontal(rate, "flat rate").x_range(-0.5, 5.5);
  return figure;
}

Figure error_figure(const Barley& barley, double rate) {
  std::vector<double> rates, absolute, squared;
  for (double r = 14; r <= 66; r += 0.25) {
    const VectorD predicted = VectorD::Constant(barley.rows(), r);
    rates.push_back(r);
    absolute.push_back(regression::mean_absolute_error(predicted, barley.yields));
    squared.push_back(regression::root_mean_squared_error(predicted, barley.yields));
  }
  Figure figure("How far off every flat rate is");
  figure.axes("flat rate", "error").line(rates, squared, "RMSE").line(rates, absolute, "MAE");
  figure.vertical(rate).y_range(0, 34);
  figure.description(
      "Two curves over the flat rate, mean absolute and root mean squared error. Each has one lowest place, at the "
      "median "
      "and at the mean; they are shallow there and steep far from it.");
  return figure;
}

Figure models_figure(const std::vector<double>& seen, const std::vector<double>& unseen) {
  Figure figure("Off by how much, root mean squared");
  figure.axes("", "bushels per acre").categories(bar_names()).size(860, 360);
  figure.bars(unseen, "plots it has not seen").bars(seen, "plots it was fitted on");
  figure.horizontal(unseen.front());
  figure.description(
      "Two bars for each of nine estimates. The errors on plots that they were fitted on fall to nothing as parameters "
      "are added; those on plots not seen fall to a rate a site and year and are above the flat rate's for a parameter "
      "a "
      "cell.");
  return figure;
}

Figure residual_figure(const Barley& barley, const VectorD& predicted, const std::string& title) {
  plot::Grid grid;
  grid.rows = static_cast<int>(barley.varieties.size());
  grid.columns = static_cast<int>(2 * barley.sites.size());
  grid.values.assign(static_cast<std::size_t>(grid.rows * grid.columns), 0);
  for (int row = 0; row < barley.rows(); ++row) {
    const auto r = static_cast<std::size_t>(row);
    const int column = 2 * barley.site[r] + barley.year[r];
    grid.values[static_cast<std::size_t>(barley.variety[r] * grid.columns + column)] =
        barley.yields(row) - predicted(row);
  }
  std::vector<std::string> columns;
  for (const std::string& site : barley.sites)
    for (const std::string& year : barley.years)
      columns.push_back(site.substr(0, site.find(' ')) + " '" + year.substr(2));
  Figure figure(title);
  figure.description(
      "A table of colours, a row a variety and a column a site and year: red where more came than was predicted, blue "
      "where less did.");
  figure.size(900, 400).matrix(grid, {.map = plot::ColourMap::diverging,
                                      .range = plot::Range{-20, 20},
                                      .unit = "bushels per acre",
                                      .row_names = barley.varieties,
                                      .column_names = columns});
  return figure;
}

std::vector<TextFigure> text_figures() {
  const Barley barley = load_barley(datasets_folder() / "barley/barley.csv");
  const double mean = regression::flat_mean(barley.yields);
  Random random(1, "folds");
  const VectorD additive = predict_held_out(Model::kAdditive, barley, random);
  const auto [seen, unseen] = seen_and_unseen(barley);
  return {
      {"yields.svg", yields_figure(barley, mean).draw()},
      {"flat_rate_errors.svg", error_figure(barley, mean).size(620, 360).draw()},
      {"models.svg", models_figure(seen, unseen).draw()},
      {"hole.svg", hole()},
      {"residuals.svg",
       residual_figure(barley, additive, "What came minus what site + variety + year said, on plots held out").draw()},
      {"morris.svg", morris_figure(barley).draw()}};
}

}  // namespace handbuilt::lessons::flat_rate
