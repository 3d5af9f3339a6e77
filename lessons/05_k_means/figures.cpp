#include "lessons/05_k_means/figures.hpp"

#include <algorithm>
#include <string>

#include "clustering/k_means.hpp"
#include "clustering/k_means_start.hpp"
#include "lessons/05_k_means/experiment.hpp"
#include "lessons/05_k_means/groups.hpp"
#include "lessons/05_k_means/photograph.hpp"
#include "lessons/page.hpp"
#include "lessons/results_file.hpp"

namespace handbuilt::lessons::k_means {
namespace {

using plot::Figure;

std::vector<double> column_of(const MatrixD& rows, Eigen::Index column) {
  const VectorD values = rows.col(column);
  return {values.begin(), values.end()};
}

/// Three piles, started badly: what the first steps do.
plot::DisplayList steps_figure() {
  Random random(4, "steps figure");
  const Planted planted = plant(3, 30, 2, 6, random);
  const clustering::KMeansRows<double> rows(planted.rows);
  const MatrixD start = planted.rows({0, 3, 6}, Eigen::all);  // all of one pile
  clustering::KMeansSteps<double> steps(rows, start);
  std::vector<Figure> figures;
  const auto add = [&](const std::string& title, const MatrixD& centroids, bool is_assigned) {
    Figure figure(title);
    figure.size(400, 300);
    add_groups(figure, planted.rows, is_assigned ? steps.labels() : std::vector<int>(planted.groups.size(), 0),
               centroids);
    figures.push_back(figure);
  };
  add("start: three rows of one pile", start, false);
  steps.assign();
  add("assign: every row to the nearest", start, true);
  steps.step();
  add("update: every centroid to the mean", steps.centroids(), true);
  while (steps.step() != 0) {
  }
  add("again and again, until nothing moves", steps.centroids(), true);
  plot::DisplayList list = plot::page("Lloyd's algorithm", figures, 2);
  list.description =
      "Four panels of the same three piles of dots with three centroids. First all centroids sit in one pile; then "
      "every dot is coloured by the nearest of them; then each centroid has moved to the middle of its dots; at last "
      "each sits in the middle of a pile.";
  return list;
}

/// 100 runs from each kind of start, sorted.
Figure starts_figure() {
  constexpr int kRuns = 100, kGroups = 25;
  Random random(1, "starts figure");
  const Planted planted = plant(kGroups, 40, 2, 8, random);
  const clustering::KMeansRows<double> rows(planted.rows);
  std::vector<std::vector<double>> inertias(3);
  for (std::size_t kind = 0; kind < inertias.size(); ++kind) {
    for (int run = 0; run < kRuns; ++run) {
      const std::vector<int> start = kind == 0   ? clustering::random_start(rows, kGroups, random)
                                     : kind == 1 ? clustering::plus_plus_start(rows, kGroups, random, 1)
                                                 : clustering::plus_plus_start(rows, kGroups, random);
      inertias[kind].push_back(
          clustering::fit_k_means_from(planted.rows, planted.rows(start, Eigen::all), {.tolerance = 0}).inertia);
    }
    std::sort(inertias[kind].begin(), inertias[kind].end());
  }
  const double best = inertias[2].front();
  Figure figure("100 runs from each kind of start, best to worst (one world)");
  figure.axes("run, sorted", "inertia, the best being 1").size(760, 380);
  const char* const names[] = {"random rows", "k-means++", "k-means++, best of several draws"};
  for (std::size_t kind = 0; kind < inertias.size(); ++kind) {
    for (double& inertia : inertias[kind]) inertia /= best;
    figure.line(inertias[kind], names[kind]);
  }
  figure.y_range(0, 1.05 * inertias[0].back());
  figure.description(
      "Three rising curves of inertia over 100 sorted runs. From random rows no run comes near the best and the worst "
      "are many times as bad; from k-means++ a few reach it and the worst are about half as bad; from the best of "
      "several draws nearly all reach it.");
  return figure;
}

plot::DisplayList penguins_figure() {
  constexpr Eigen::Index kBeak = 0, kDepth = 1;
  const Birds birds = standard_penguins();
  Random random(1, "penguins figure");
  const auto fit = clustering::fit_k_means(birds.rows, {.clusters = 3}, random);
  const auto panel = [&](const std::string& title, const std::vector<int>& labels,
                         const std::vector<std::string>& names) {
    Figure figure(title);
    figure.axes("beak length", "beak depth").size(420, 340);
    for (int c = 0; c < 3; ++c) {
      std::vector<double> x, y;
      for (Eigen::Index n = 0; n < birds.rows.rows(); ++n)
        if (labels[static_cast<std::size_t>(n)] == c) {
          x.push_back(birds.rows(n, kBeak));
          y.push_back(birds.rows(n, kDepth));
        }
      figure.points(x, y, names[static_cast<std::size_t>(c)]);
    }
    return figure;
  };
  // A group gets the colour of the species that is most of it.
  std::vector<int> species_of(3, 0), order(birds.species.size());
  for (int c = 0; c < 3; ++c) {
    std::vector<int> counts(3, 0);
    for (std::size_t n = 0; n < order.size(); ++n)
      if (fit.labels[n] == c) ++counts[static_cast<std::size_t>(birds.species[n])];
    species_of[static_cast<std::size_t>(c)] =
        static_cast<int>(std::max_element(counts.begin(), counts.end()) - counts.begin());
  }
  for (std::size_t n = 0; n < order.size(); ++n) order[n] = species_of[static_cast<std::size_t>(fit.labels[n])];
  plot::DisplayList list = plot::page("Penguins",
                                      {panel("What k-means made of them", order, {"a group", "another", "a third"}),
                                       panel("What they were", birds.species, {"Adelie", "Chinstrap", "Gentoo"})},
                                      2);
  list.description =
      "Two panels of the same birds, beak depth over beak length. Left the three groups that k-means found, right the "
      "three species: the group below right is the Gentoo exactly, the other two are Adelie and Chinstrap but for some "
      "birds between them.";
  return list;
}

/// Silhouette and stability of the penguins over the number of groups, as measured.
Figure choice_figure() {
  const std::map<std::string, Number> numbers = recorded_numbers("05_k_means");
  std::vector<double> tried, silhouette, stability, inertia;
  for (int k = 2; k <= 9; ++k) {
    tried.push_back(k);
    silhouette.push_back(numbers.at("penguin_silhouette_" + std::to_string(k)).value);
    stability.push_back(numbers.at("penguin_stability_" + std::to_string(k)).value);
    inertia.push_back(numbers.at("penguin_inertia_" + std::to_string(k)).value);
  }
  Figure figure("Penguins: how many groups?");
  figure.axes("groups", "").size(760, 360).y_range(0, 1.05);
  figure.line(tried, stability, "stability").line(tried, silhouette, "mean silhouette");
  figure.line(tried, inertia, "inertia, one group being 1", {.dashed = true});
  figure.description(
      "Three curves over 2 to 9 groups. Inertia falls and falls. The mean silhouette is largest at 2 and falls. "
      "Stability is 1 at 2 groups, high up to 6 and lower from 7 on.");
  return figure;
}

/// The photograph as it is and with few colours, each with its palette below.
plot::DisplayList palette_figure() {
  constexpr double kWide = 240, kTall = 160.5, kStrip = 14, kCaption = 20, kGap = 14;
  const Photograph photograph = load_photograph("china");
  plot::DisplayList list;
  list.width = 3 * kWide + 4 * kGap;
  list.height = 2 * (kTall + kStrip + kCaption) + 3 * kGap;
  list.title = "A photograph with 2, 4, 8, 16 and 64 colours";
  list.description =
      "A Chinese pavilion above a lake, as photographed and with 2, 4, 8, 16 and 64 colours that k-means chose, each "
      "with its palette. With 8 the roof and the trees are there, with 16 the lake; the red of the pillars comes back "
      "only with 64.";
  int place = 0;
  for (const int colours : {0, 2, 4, 8, 16, 64}) {
    const double x = kGap + place % 3 * (kWide + kGap), y = kGap + place / 3 * (kTall + kStrip + kCaption + kGap);
    ++place;
    plot::Image image{x, y, kWide, kTall, photograph.columns, photograph.rows, bytes_of(photograph.colours)};
    std::string caption = "as photographed";
    if (colours > 0) {
      Random random(1, "palette figure");
      auto fit = clustering::fit_k_means(photograph.colours, {.clusters = colours, .starts = 3}, random);
      image.rgb = recoloured(fit.centroids, fit.labels);
      caption = std::to_string(colours) + " colours";
      std::vector<int> by_light(static_cast<std::size_t>(colours));
      for (int c = 0; c < colours; ++c) by_light[static_cast<std::size_t>(c)] = c;
      const VectorD light = fit.centroids.rowwise().sum();
      std::sort(by_light.begin(), by_light.end(), [&](int a, int b) { return light[a] < light[b]; });
      for (int c = 0; c < colours; ++c) {
        const auto rgb = bytes_of(fit.centroids.row(by_light[static_cast<std::size_t>(c)]));
        list.items.emplace_back(plot::Rectangle{x + c * kWide / colours, y + kTall + 2, kWide / colours, kStrip - 2,
                                                plot::Colour::rgb(rgb[0], rgb[1], rgb[2])});
      }
    }
    list.items.emplace_back(std::move(image));
    list.items.emplace_back(
        plot::Text{{x, y + kTall + kStrip + 14}, caption, 12, plot::Text::Anchor::start, false, false, kText});
  }
  return list;
}

}  // namespace

void add_groups(Figure& figure, const MatrixD& rows, const std::vector<int>& labels, const MatrixD& centroids) {
  for (int c = 0; c < centroids.rows(); ++c) {
    std::vector<double> x, y;
    for (Eigen::Index n = 0; n < rows.rows(); ++n)
      if (labels[static_cast<std::size_t>(n)] == c) {
        x.push_back(rows(n, 0));
        y.push_back(rows(n, 1));
      }
    if (!x.empty()) figure.points(x, y, "", {.colour = c});
  }
  figure.points(column_of(centroids, 0), column_of(centroids, 1), "centroids",
                {.colour = static_cast<int>(centroids.rows())});
}

std::vector<TextFigure> text_figures() {
  return {{"steps.svg", steps_figure()},
          {"starts.svg", starts_figure().draw()},
          {"penguins.svg", penguins_figure()},
          {"choice.svg", choice_figure().draw()},
          {"palette.svg", palette_figure()}};
}

}  // namespace handbuilt::lessons::k_means
