#include "lessons/05_k_means/experiment.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "clustering/check.hpp"
#include "core/error.hpp"
#include "core/file.hpp"
#include "lessons/05_k_means/groups.hpp"
#include "lessons/05_k_means/photograph.hpp"

namespace handbuilt::lessons::k_means {
namespace {

nlohmann::json recorded() {
  return nlohmann::json::parse(read_file(HANDBUILT_SOURCE_DIR "/lessons/05_k_means/results.json"))["numbers"];
}

void expect_recorded(const Found& numbers, const std::string& prefix = "seed_1_") {
  const nlohmann::json all = recorded();
  for (const auto& [name, value] : numbers) {
    const double expected = all[prefix + name]["value"];
    EXPECT_NEAR(value, expected, 1e-9 * std::abs(expected)) << name;
  }
}

TEST(Lesson05Results, OfOneSeedAreThoseRecorded) {
  expect_recorded(start_experiment(1));
  expect_recorded(choice_experiment(1));
  expect_recorded(penguin_experiment(1));
  expect_recorded(palette_experiment(1), "");
}

TEST(Lesson05Results, TellTheStoryOfTheText) {
  const nlohmann::json all = recorded();
  const auto value = [&](const std::string& name) { return all[name]["value"].get<double>(); };
  EXPECT_GE(all["worst_ratio"]["n"].get<int>(), 20);
  // k-means++ halves the worst of 100, and the best of several draws nearly always finds all piles.
  EXPECT_GT(all["worst_ratio"]["low"], 2);
  EXPECT_GT(all["found_greedy"]["low"], 0.8);
  EXPECT_LT(value("found_random"), 0.01);
  // Stability finds planted groups that lie apart in nine worlds of ten, and more, and not where they touch.
  EXPECT_GE(all["stability_apart"]["low"], 0.9);
  EXPECT_LT(all["stability_near"]["high"], 0.9);
  // It sees groups where there are none; the gap statistic does not.
  EXPECT_GT(value("nothing_agreement"), 0.8);
  EXPECT_GT(value("nothing_gap_one"), 0.9);
  // Penguins: scaled groups beat boxes, and boxes beat raw units.
  EXPECT_GT(all["ari_three"]["low"], all["ari_boxes"]["high"]);
  EXPECT_GT(all["ari_boxes"]["low"], all["ari_raw"]["high"]);
  EXPECT_EQ(value("penguin_chosen"), 2);
  // Eight colours chosen are better than 64 spread evenly.
  for (const std::string name : {"china", "flower"}) EXPECT_LT(value(name + "_8"), value(name + "_even_64")) << name;
}

TEST(Planted, PilesKeepTheirDistanceAndTheirSpread) {
  Random random(3);
  const Planted planted = plant(6, 400, 2, 5, random);
  MatrixD means = MatrixD::Zero(6, 2);
  for (Eigen::Index n = 0; n < 2400; ++n)
    means.row(planted.groups[static_cast<std::size_t>(n)]) += planted.rows.row(n) / 400;
  for (int a = 0; a < 6; ++a)
    for (int b = 0; b < a; ++b) EXPECT_GT((means.row(a) - means.row(b)).norm(), 4.6);
  double squares = 0;
  for (Eigen::Index n = 0; n < 2400; ++n)
    squares += (planted.rows.row(n) - means.row(planted.groups[static_cast<std::size_t>(n)])).squaredNorm();
  EXPECT_NEAR(squares / 4800, 1, 0.08);
  EXPECT_THROW(plant(0, 5, 2, 1, random), ValueError);
  EXPECT_THROW(plant(3, 5, 2, 0, random), ValueError);
}

TEST(Photographs, AreReadAsBytesAndFollowTheirPalette) {
  const Photograph flower = load_photograph("flower");
  EXPECT_EQ(flower.columns, 160);
  EXPECT_EQ(flower.rows, 107);
  EXPECT_GE(flower.colours.minCoeff(), 0);
  EXPECT_LE(flower.colours.maxCoeff(), 255);
  EXPECT_TRUE((flower.colours.array() == flower.colours.array().round()).all());
  const MatrixD palette = even_palette(2);
  EXPECT_EQ(palette.row(5), (Eigen::RowVector3d(191.25, 63.75, 191.25)));
  const std::vector<int> labels = nearest_entries(flower.colours, palette);
  // The nearest of the eight is told by whether each channel lies in the upper half.
  for (const int n : {0, 5000, 8000, 17119}) {
    const auto c = flower.colours.row(n);
    EXPECT_EQ(labels[static_cast<std::size_t>(n)], 4 * (c[0] > 127.5) + 2 * (c[1] > 127.5) + (c[2] > 127.5));
  }
  const std::vector<std::uint8_t> bytes = recoloured(palette, {5});
  EXPECT_EQ(bytes, (std::vector<std::uint8_t>{191, 64, 191}));
  EXPECT_DOUBLE_EQ(colour_error(MatrixD{{0, 0, 0}}, MatrixD{{3, 4, 12}}, {0}), 13 / std::sqrt(3.0));
  EXPECT_THROW(load_photograph("nowhere"), DataError);
}

}  // namespace
}  // namespace handbuilt::lessons::k_means
