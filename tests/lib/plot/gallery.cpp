// Draws every kind of chart that docs/plotting.md shows: `plot_gallery DIR` writes one SVG each.

#include <cmath>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <vector>

#include "core/random.hpp"
#include "plot/figure.hpp"

namespace {

using handbuilt::Random;
using handbuilt::Tensor;
using handbuilt::TensorD;
using namespace handbuilt::plot;

Figure lines() {
  const std::vector<double> training{0.62, 0.81, 0.885, 0.921, 0.943, 0.957, 0.967, 0.975, 0.981, 0.986};
  const std::vector<double> validation{0.60, 0.79, 0.86, 0.889, 0.906, 0.916, 0.922, 0.925, 0.926, 0.926};
  // #region lines
  Figure figure("Accuracy while training");
  figure.axes("epoch", "accuracy").line(training, "training").line(validation, "validation");
  figure.horizontal(0.1, "guessing");
  // #endregion lines
  return figure;
}

Figure points() {
  Random random(7);
  std::vector<std::vector<double>> x(3), y(3);
  for (int kind = 0; kind < 3; ++kind)
    for (int i = 0; i < 40; ++i) {
      const auto k = static_cast<std::size_t>(kind);
      x[k].push_back(38 + 5 * kind + 2.2 * random.normal());
      y[k].push_back((kind == 1 ? 18.5 : 16 - kind) + 0.9 * random.normal());
    }
  // #region points
  Figure figure("Three kinds of penguin");
  figure.axes("bill length (mm)", "bill depth (mm)");
  figure.points(x[0], y[0], "Adelie").points(x[1], y[1], "Chinstrap").points(x[2], y[2], "Gentoo");
  // #endregion points
  return figure;
}

Figure bars() {
  // #region bars
  Figure figure("Three parameters beat three hundred");
  figure.axes("", "error").categories({"flat rate", "three fitted", "300 fitted", "300 with ridge"});
  figure.bars({23.0, 15.1, 2.2, 11.0}, "seen").bars({23.4, 17.2, 31.0, 21.3}, "not seen", {1.1, 0.9, 4.5, 1.3});
  // #endregion bars
  return figure;
}

Figure band() {
  std::vector<double> step, mean, low, high;
  for (int i = 0; i <= 200; ++i) {
    step.push_back(i * 10);
    mean.push_back(2.3 * std::exp(-i / 45.0) + 0.08);
    low.push_back(mean.back() * 0.8);
    high.push_back(mean.back() * 1.3);
  }
  // #region band
  Figure figure("Loss over twenty seeds");
  figure.axes("step", "loss").line(step, mean, "mean of 20 seeds").band(step, low, high);
  figure.log_y().vertical(800, "learning rate halved");
  // #endregion band
  return figure;
}

Figure log_axes() {
  std::vector<double> size, naive, fast;
  for (double n = 16; n <= 4096; n *= 2) {
    size.push_back(n);
    naive.push_back(2.1e-9 * n * n * n);
    fast.push_back(1.2e-11 * n * n * n + 2e-6);
  }
  // #region log_axes
  Figure figure("A matrix product, naive and blocked");
  figure.axes("rows", "seconds").log_x().log_y().line(size, naive, "three loops").line(size, fast, "blocked");
  figure.note(1024, 2.1e-9 * 1024 * 1024 * 1024, "2.3 s");
  // #endregion log_axes
  return figure;
}

Figure error_bars() {
  const std::vector<double> k{2, 3, 4, 5, 6, 7, 8}, score{0.41, 0.58, 0.52, 0.46, 0.43, 0.40, 0.38};
  const std::vector<double> low{0.39, 0.55, 0.47, 0.42, 0.38, 0.35, 0.34},
      high{0.43, 0.60, 0.56, 0.50, 0.47, 0.45, 0.42};
  // #region error_bars
  Figure figure("Three clusters fit best");
  figure.axes("clusters", "silhouette").line(k, score, "").error_bars(k, low, high);
  figure.note(3, 0.58, "the best");
  // #endregion error_bars
  return figure;
}

TensorD hill() {
  TensorD height({60, 90});
  for (int row = 0; row < 60; ++row)
    for (int column = 0; column < 90; ++column) {
      const double x = column / 15.0 - 3, y = row / 15.0 - 2;
      height(row, column) = (x * x * x - x) * std::exp(-x * x - y * y);
    }
  return height;
}

Figure field() {
  const TensorD height = hill();
  const std::vector<double> path_x{2.2, 1.5, 0.9, 0.7, 0.62, 0.6}, path_y{1.4, 1.1, 0.7, 0.3, 0.1, 0.02};
  // #region field
  Figure figure("Down into the valley");
  figure.axes("first weight", "second weight").field(height, {-3, 3}, {-2, 2}, {.unit = "loss"});
  figure.line(path_x, path_y, "gradient descent", {.colour = 1});
  // #endregion field
  return figure;
}

Figure matrix() {
  Random random(3);
  TensorD weights({12, 20});
  for (double& weight : weights) weight = random.normal() * 0.4;
  weights(3, 4) = std::nan("");
  // #region matrix
  Figure figure("Weights of the last layer");
  figure.axes("input", "output").matrix(weights, {.map = ColourMap::diverging, .unit = "weight"});
  // #endregion matrix
  return figure;
}

Figure confusion() {
  TensorD counts({10, 10});
  Random random(5);
  for (int was = 0; was < 10; ++was)
    for (int said = 0; said < 10; ++said)
      counts(was, said) = was == said ? 180 + random.below(20) : (random.below(4) == 0 ? random.below(6) : 0);
  // #region confusion
  Figure figure("Which digits are mistaken for which");
  figure.axes("said", "was").confusion(counts, {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"}).size(640, 460);
  // #endregion confusion
  return figure;
}

Tensor ring(double radius, double width) {
  Tensor image({28, 28});
  for (int row = 0; row < 28; ++row)
    for (int column = 0; column < 28; ++column) {
      const double distance = std::hypot(row - 13.5, (column - 13.5) * 1.2) - radius;
      image(row, column) = static_cast<float>(std::exp(-distance * distance / width));
    }
  return image;
}

Figure images() {
  std::vector<Tensor> digits;
  for (int i = 0; i < 12; ++i) digits.push_back(ring(3 + 0.6 * i, 3 + i % 3));
  // #region images
  std::vector<Picture> pictures;
  for (const Tensor& digit : digits) pictures.push_back({digit, "was 0, said 6"});
  pictures[3].marked = true;
  Figure figure("Mistakes");
  figure.images(pictures);
  // #endregion images
  return figure;
}

/// Two figures on one page.
DisplayList panels() {
  const Figure left = lines().size(400, 320), right = band().size(400, 320);
  // #region page
  return page("One run and twenty", {left, right}, 2);
  // #endregion page
}

}  // namespace

int main(int argument_count, char** arguments) try {
  if (argument_count != 2) {
    std::fprintf(stderr, "usage: plot_gallery DIR\n");
    return 2;
  }
  const std::filesystem::path folder = arguments[1];
  std::filesystem::create_directories(folder);
  lines().save(folder / "lines.svg");
  points().save(folder / "points.svg");
  bars().save(folder / "bars.svg");
  band().save(folder / "band.svg");
  log_axes().save(folder / "log_axes.svg");
  error_bars().save(folder / "error_bars.svg");
  field().save(folder / "field.svg");
  matrix().save(folder / "matrix.svg");
  confusion().save(folder / "confusion.svg");
  images().save(folder / "images.svg");
  save_svg(panels(), folder / "page.svg");
  return 0;
} catch (const std::exception& error) {
  std::fprintf(stderr, "plot_gallery: %s\n", error.what());
  return 2;
}
