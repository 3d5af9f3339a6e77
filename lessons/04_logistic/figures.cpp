#include "figures.hpp"

#include <cmath>

#include "lessons/04_logistic/demo/figures.hpp"
#include "lessons/demo.hpp"
#include "plot/figure.hpp"
#include "regression/logistic.hpp"

namespace handbuilt::lessons::logistic {
namespace {

using plot::Figure;

plot::DisplayList sigmoid_figure() {
  std::vector<double> z, p, line;
  for (int step = -60; step <= 60; ++step) {
    z.push_back(step / 10.0);
    p.push_back(regression::sigmoid(z.back()));
    line.push_back(0.5 + z.back() / 4);
  }
  Figure figure("From log odds to a probability");
  figure.size(720, 320).axes("log odds z", "probability").y_range(-0.2, 1.2);
  figure.line(z, line, "a straight line, as steep in the middle", {.colour = 1, .dashed = true});
  figure.line(z, p, "1 / (1 + exp(-z))", {.colour = 0});
  figure.points({0, std::log(3.0), -std::log(3.0)}, {0.5, 0.75, 0.25}, "even odds, three to one, one to three",
                {.colour = 2});
  figure.description(
      "An S-shaped curve from 0 to 1 over log odds from -6 to 6, one half at 0, three quarters at log 3. A straight "
      "line of the same slope in the middle leaves the range of probabilities on both sides.");
  return figure.draw();
}

plot::DisplayList surprise_figure() {
  std::vector<double> p, rained, dry;
  for (int step = 1; step < 200; ++step) {
    p.push_back(step / 200.0);
    rained.push_back(-std::log(p.back()));
    dry.push_back(-std::log1p(-p.back()));
  }
  Figure figure("How surprised one is who said p");
  figure.size(720, 320).axes("probability p given to rain", "surprise, in nats").y_range(0, 5);
  figure.line(p, rained, "it rained", {.colour = 0}).line(p, dry, "it stayed dry", {.colour = 1});
  figure.horizontal(std::log(2.0), "log 2");
  figure.description(
      "Two curves over the probability given to rain. When it rained the surprise falls from infinity at 0 to nothing "
      "at 1; when it stayed dry it rises the same way. They cross at one half, at log 2.");
  return figure.draw();
}

}  // namespace

std::vector<TextFigure> text_figures() {
  constexpr std::uint64_t kSeed = 1;
  const Days days = load_days(datasets_folder() / "seattle-weather");
  const Penguins penguins = load_penguins(datasets_folder() / "penguins");
  return {{"sigmoid.svg", sigmoid_figure()},
          {"surprise.svg", surprise_figure()},
          {"days.svg", days_figure(days)},
          {"calibration.svg", calibration_figure(days)},
          {"costs.svg", cost_figure(days)},
          {"balanced.svg", balanced_figure(days)},
          {"penguins.svg", penguin_figure(penguins, kSeed)}};
}

}  // namespace handbuilt::lessons::logistic
