#include "figures.hpp"

#include <cmath>
#include <utility>

#include "cloud_picture.hpp"
#include "demo/model.hpp"
#include "experiment.hpp"
#include "lessons/page.hpp"
#include "lessons/results_file.hpp"
#include "plot/figure.hpp"

namespace handbuilt::lessons::mixtures {
namespace {

using plot::Figure;

constexpr std::uint64_t kSeed = 1;
constexpr double kGap = 14, kDot = 2.6;

/// Square panels side by side under headings, `side` wide each.
template <class Draw>
plot::DisplayList panels(const std::vector<std::string>& headings, double side, Draw&& draw) {
  const auto count = static_cast<double>(headings.size());
  Page page(count * side + (count + 1) * kGap, side + kHeadingHeight + 2 * kGap);
  for (std::size_t k = 0; k < headings.size(); ++k) {
    const Area area{kGap + static_cast<double>(k) * (side + kGap), kGap, side, side + kHeadingHeight};
    const Plane plane(page.heading(area, {headings[k]}));
    page.frame(plane.area, kGrid);
    page.clip(plane.area);
    draw(page, plane, k);
    page.end_clip();
  }
  return page.take();
}

/// Two groups under those names with which they agree more.
std::vector<int> named_like(std::vector<int> labels, const std::vector<int>& truth) {
  std::size_t alike = 0;
  for (std::size_t n = 0; n < labels.size(); ++n) alike += labels[n] == truth[n] ? 1 : 0;
  if (2 * alike < labels.size())
    for (int& label : labels) label = 1 - label;
  return labels;
}

plot::DisplayList floors_figure() {
  DemoModel model(kSeed, Cloud::kFloors);
  model.run();
  std::vector<int> truth;  // drawn in turn
  for (Eigen::Index n = 0; n < model.x().rows(); ++n) truth.push_back(static_cast<int>(n % 2));
  Random random(kSeed, "figure");
  const std::vector<int> cut = named_like(found_groups(Method::kKMeans, model.x(), 2, random), truth);
  // The tight component first, as in the other two panels.
  clustering::GaussianMixture mixture = model.mixture();
  if (mixture.covariances[0](0, 0) > mixture.covariances[1](0, 0)) {
    std::swap(mixture.covariances[0], mixture.covariances[1]);
    mixture.means.row(0).swap(mixture.means.row(1));
    std::swap(mixture.weights[0], mixture.weights[1]);
  }
  plot::DisplayList picture =
      panels({"What the rows are", "k-means: the nearer centre", "A mixture: shares"}, 250,
             [&](Page& page, const Plane& plane, std::size_t k) {
               if (k < 2) return draw_rows(page, plane, model.x(), k == 0 ? truth : cut, kDot);
               draw_components(page, plane, mixture);
               draw_shares(page, plane, model.x(), clustering::responsibilities(mixture, model.x()), kDot);
             });
  picture.title = "Tiles and carpet";
  picture.description =
      "Three times the same rows: a tight group in the skirts of a wide one. k-means gives a part of the wide group to "
      "the "
      "tight one. The mixture draws a small ellipse around the tight group and a large one around the other.";
  return picture;
}

plot::DisplayList steps_figure() {
  DemoModel model(kSeed, Cloud::kStretched);
  std::vector<DemoModel> states;
  for (int step = 0; !model.has_converged() && step < 300; ++step) {
    if (step == 0 || step == 5 || step == 15) states.push_back(model);
    model.step();
  }
  const int last = static_cast<int>(model.log_likelihoods().size()) - 1;
  states.push_back(model);
  std::vector<std::string> headings{"The start", "After 5 steps", "After 15 steps"};
  headings.resize(states.size() - 1);
  headings.push_back("At rest: " + std::to_string(last) + " steps");
  plot::DisplayList picture = panels(headings, 190, [&](Page& page, const Plane& plane, std::size_t k) {
    draw_components(page, plane, states[k].mixture());
    draw_shares(page, plane, states[k].x(), states[k].shares(), 2);
  });
  picture.title = "EM step by step";
  picture.description =
      "Rows of three long groups side by side. At the start three wide ellipses lie over all rows and every row is a "
      "mix "
      "of their colours; step by step each ellipse narrows onto one group.";
  return picture;
}

plot::DisplayList likelihood_figure_of_starts() {
  Figure figure("The log likelihood climbs from any start, and not always to the same height");
  figure.size(760, 320).axes("step of EM", "log likelihood").x_range(0, 60);
  DemoModel model(kSeed, Cloud::kStretched);
  for (int start = 0; start < 6; ++start) {
    model.restart();
    for (int step = 0; step < 60; ++step) model.step();
    figure.line(model.log_likelihoods(), start == 0 ? "six starts" : "", {.colour = start});
  }
  figure.description(
      "Six curves of log likelihood over 60 steps of EM on the same rows. None ever falls; some stay flat for many "
      "steps "
      "before they climb again, and they end at different heights.");
  return figure.draw();
}

plot::DisplayList number_figure() {
  const auto numbers = recorded_numbers("06_mixtures");
  Figure figure("Was the planted number of components found?");
  figure.size(760, 320).axes("least distance between two means", "share of trials").y_range(0, 1.05);
  for (const std::string criterion : {"bic", "aic"}) {
    std::vector<double> share, low, high;
    for (const double apart : kApart) {
      const Number& number = numbers.at(criterion + "_found_" + key_of_apart(apart));
      share.push_back(number.value);
      low.push_back(number.low.value_or(number.value));
      high.push_back(number.high.value_or(number.value));
    }
    figure.line(kApart, share, criterion == "bic" ? "BIC" : "AIC").error_bars(kApart, low, high);
  }
  figure.description(
      "The share of trials in which the number was found, over how far the means are apart at least. BIC rises to "
      "nearly "
      "all trials; AIC stays at a minority, however far apart they are.");
  return figure.draw();
}

plot::DisplayList shapes_figure() {
  constexpr int kRows = 150;
  constexpr double kSide = 112, kNames = 74;
  const auto columns = static_cast<double>(kMethods.size()), rows = static_cast<double>(kClouds.size());
  Page page(kNames + columns * (kSide + 6) + kGap, kHeadingHeight + rows * (kSide + 6) + kGap);
  for (std::size_t k = 0; k < kMethods.size(); ++k)
    page.text({kNames + static_cast<double>(k) * (kSide + 6), 14}, name_of(kMethods.at(k)), kHeadingSize, kText,
              plot::Text::Anchor::start, true);
  for (std::size_t row = 0; row < kClouds.size(); ++row) {
    const Cloud cloud = kClouds.at(row);
    Random random(kSeed, name_of(cloud));
    const Rows drawn = draw_rows(cloud, kRows, random);
    const double y = kHeadingHeight + static_cast<double>(row) * (kSide + 6);
    page.text({4, y + kSide / 2}, name_of(cloud), kHeadingSize);
    for (std::size_t k = 0; k < kMethods.size(); ++k) {
      const Plane plane({kNames + static_cast<double>(k) * (kSide + 6), y, kSide, kSide});
      page.frame(plane.area, kGrid);
      page.clip(plane.area);
      draw_rows(page, plane, drawn.x, found_groups(kMethods.at(k), drawn.x, groups_of(cloud), random), 1.5);
      page.end_clip();
    }
  }
  plot::DisplayList picture = page.take();
  picture.title = "Six clouds, six methods";
  picture.description =
      "A table of small pictures: a row a cloud, a column a method, colours for the groups found. k-means and ward cut "
      "moons and ring in straight halves; single linkage and DBSCAN follow the moons; only the mixture finds the "
      "floors "
      "and the stretched groups.";
  return picture;
}

plot::DisplayList density_figure() {
  std::vector<double> x, narrow, wide, sum;
  const auto density = [](double at, double mean, double deviation) {
    return std::exp(-0.5 * std::pow((at - mean) / deviation, 2)) / (deviation * 2.5066282746310002);
  };
  for (int step = -90; step <= 110; ++step) {
    x.push_back(step / 20.0);
    narrow.push_back(0.4 * density(x.back(), -1, 0.4));
    wide.push_back(0.6 * density(x.back(), 1, 1.3));
    sum.push_back(narrow.back() + wide.back());
  }
  Figure figure("Two bells, and their sum");
  figure.size(760, 320).axes("x", "weight times density");
  figure.line(x, narrow, "0.4 of the rows: mean -1, variance 0.16").line(x, wide, "0.6: mean 1, variance 1.69");
  figure.line(x, sum, "the mixture", {.dashed = true});
  figure.description(
      "A narrow bell of weight 0.4 around -1, a wide one of weight 0.6 around 1, and their sum dashed. Where a row "
      "stands, "
      "its shares are the heights of the two bells over the height of the sum.");
  return figure.draw();
}

}  // namespace

std::vector<TextFigure> text_figures() {
  return {{"floors.svg", floors_figure()}, {"bells.svg", density_figure()},
          {"steps.svg", steps_figure()},   {"likelihood.svg", likelihood_figure_of_starts()},
          {"number.svg", number_figure()}, {"shapes.svg", shapes_figure()}};
}

}  // namespace handbuilt::lessons::mixtures
