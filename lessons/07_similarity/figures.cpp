#include "lessons/07_similarity/figures.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "lessons/page.hpp"
#include "lessons/results_file.hpp"
#include "robot_sim/situations/novelty_experiment.hpp"

namespace handbuilt::lessons::likeness {
namespace {

using plot::Colour;
using plot::Figure;
using robot_sim::Kind;

std::vector<double> column(const MatrixD& table, Eigen::Index index) {
  const VectorD values = table.col(index);
  return {values.begin(), values.end()};
}

/// Six memories on paper and a situation between them: how much each speaks.
plot::DisplayList weights_picture() {
  struct Memory {
    double x, y;
    bool left;
    const char* gain;
  };
  const Memory memories[] = {{244, 130, true, "1.9 m"},  {350, 196, true, "1.5 m"}, {360, 92, false, "0.2 m"},
                             {238, 218, false, "0.6 m"}, {150, 60, false, "2.1 m"}, {520, 236, true, "0.1 m"}};
  constexpr double kX = 300, kY = 150, kWidth = 70, kFamiliar = 140;
  Page page(640, 330);
  const Colour blue = Colour::of_series(0), red = Colour::of_series(1);
  for (const double radius : {kWidth, kFamiliar}) {
    std::vector<plot::Point> ring;
    for (int i = 0; i <= 90; ++i)
      ring.push_back({kX + radius * std::cos(i * M_PI / 45), kY + radius * std::sin(i * M_PI / 45)});
    page.line(ring, radius == kWidth ? kFaint : kText, radius == kWidth ? 1 : 1.5);
  }
  for (const Memory& memory : memories) {
    const double distance = std::hypot(memory.x - kX, memory.y - kY);
    const bool speaks = distance <= kFamiliar;
    const double weight = std::exp(-distance * distance / (2 * kWidth * kWidth));
    const Colour colour = memory.left ? blue : red;
    page.dot({memory.x, memory.y}, speaks ? 4 + 9 * weight : 4, speaks ? colour : kFaint,
             memory.left ? plot::Marker::Kind::circle : plot::Marker::Kind::square);
    const bool label_left = memory.x < kX;
    page.text({memory.x + (label_left ? -18 : 18), memory.y + 5}, memory.gain, 13, speaks ? kText : kFaint,
              label_left ? plot::Text::Anchor::end : plot::Text::Anchor::start);
  }
  page.dot({kX, kY}, 6, kText);
  page.text({kX + 10, kY - 10}, "now", 14, kText, plot::Text::Anchor::start, true);
  page.text({kX, kY + kWidth + 15}, "one width", kCaptionSize, kFaint, plot::Text::Anchor::middle);
  page.text({kX, kY + kFamiliar + 16}, "familiar distance", kCaptionSize, kText, plot::Text::Anchor::middle);
  page.dot({470, 40}, 6, blue);
  page.text({484, 45}, "turned left", 13);
  page.dot({470, 62}, 6, red, plot::Marker::Kind::square);
  page.text({484, 67}, "turned right", 13);
  page.dot({470, 84}, 4, kFaint);
  page.text({484, 89}, "too far away to speak", 13, kFaint);
  plot::DisplayList list = page.take();
  list.title = "Six memories and a situation between them";
  list.description =
      "A situation in the middle with two rings around it, at one width and at the familiar distance. Four memories "
      "lie within: two of left turns that gained 1.9 and 1.5 metres, two of right turns that gained 0.2 and 0.6; the "
      "nearer, the larger the dot. Two lie outside and say nothing, however much was gained there.";
  return list;
}

Figure novelty_by_kind() {
  const std::map<std::string, Number> numbers = recorded_numbers("07_similarity");
  std::vector<std::string> names;
  std::vector<double> neighbour, mean;
  for (const Kind kind : robot_sim::kStrangeKinds) {
    const std::string name = robot_sim::name_of(kind);
    if (!numbers.contains("at95_neighbour_" + name)) continue;
    names.push_back(words_for(kind));
    neighbour.push_back(100 * numbers.at("at95_neighbour_" + name).value);
    mean.push_back(100 * numbers.at("at95_mean_" + name).value);
  }
  Figure figure("False alarms when 95 % of the strange windows are found");
  figure.axes("", "% of ordinary windows").categories(names).size(900, 340);
  figure.bars(neighbour, "distance to the fifth neighbour").bars(mean, "distance to the mean");
  figure.description(
      "Two bars for each of eleven kinds of strange situation. For most kinds both scores need next to no false "
      "alarms; for thin legs and a stuck range sensor they need many.");
  return figure;
}

Figure promises_figure() {
  const std::map<std::string, Number> numbers = recorded_numbers("07_similarity");
  std::vector<double> promised, known, fresh;
  for (const std::string name : {"fixed", "place", "nearest", "recall"}) {
    promised.push_back(numbers.at("promised_known_" + name).value);
    known.push_back(numbers.at("kept_known_" + name).value);
    fresh.push_back(numbers.at("kept_new_" + name).value);
  }
  Figure figure("Metres gained after a bump: on bumps remembered, and in new homes");
  figure.axes("", "m").categories({"one turn for all", "by place", "one nearest", "40 nearest"}).size(760, 340);
  figure.bars(promised, "promised, on remembered bumps")
      .bars(known, "kept, on remembered bumps")
      .bars(fresh, "kept, in new homes");
  figure.description(
      "Three bars for each of four methods. By one nearest memory, remembered bumps promise and seem to keep far more "
      "than in new homes, where the mean of 40 neighbours is best.");
  return figure;
}

}  // namespace

std::string words_for(Kind kind) {
  switch (kind) {
    case Kind::kOrdinary:
      return "ordinary";
    case Kind::kRug:
      return "rug";
    case Kind::kStairs:
      return "stairs";
    case Kind::kLegs:
      return "thin legs";
    case Kind::kSkittles:
      return "skittles";
    case Kind::kCatRides:
      return "cat rides";
    case Kind::kGyroStuck:
      return "gyro";
    case Kind::kEncoderWrong:
      return "encoder";
    case Kind::kRangeStuck:
      return "range";
    case Kind::kCurrentGarbage:
      return "current";
    case Kind::kCliffOff:
      return "cliff";
    case Kind::kWheelWeak:
      return "weak wheel";
  }
  return "?";
}

Figure map_figure(const SituationMap& map, const std::vector<Kind>& kinds) {
  Figure figure("Five seconds a dot: what a robot remembers, and what is new to it");
  figure.axes("first component", "second component").size(760, 480);
  figure.points(column(map.places(), 0), column(map.places(), 1), "remembered");
  for (const Kind kind : kinds) {
    const MatrixD places = map.place(robot_sim::windows_of(kind, 77'000, 200));
    figure.points(column(places, 0), column(places, 1), words_for(kind));
  }
  figure.description(
      "Dots on a plane of two principal components. Remembered windows of ordinary homes form a cloud, dense at the "
      "left and thin at the right. Those of a home full of rug lie at the right, some of them below and beyond the "
      "cloud, others within it. Those of the other kinds of home lie mostly among the remembered.");
  return figure;
}

Figure score_figure(const VectorD& scores, double threshold, const std::string& title) {
  std::vector<double> seconds, values;
  for (Eigen::Index i = 0; i < scores.size(); ++i) {
    seconds.push_back(5.0 * static_cast<double>(i + 1));
    values.push_back(scores[i]);
  }
  Figure figure(title);
  figure.axes("seconds in this home", "novelty").horizontal(threshold, "threshold");
  if (!values.empty()) figure.points(seconds, values, "a window");
  figure.y_range(0, std::max(2 * threshold, scores.size() > 0 ? 1.05 * scores.maxCoeff() : 0));
  figure.x_range(0, 200);
  figure.description(
      "The novelty score of each five seconds of a drive, with a level line above which it counts as new.");
  return figure;
}

std::vector<TextFigure> text_figures() {
  const SituationMap map({});
  return {{"weights.svg", weights_picture()},
          {"map.svg", map_figure(map, {Kind::kRug, Kind::kCatRides, Kind::kLegs}).draw()},
          {"kinds.svg", novelty_by_kind().draw()},
          {"promises.svg", promises_figure().draw()}};
}

}  // namespace handbuilt::lessons::likeness
