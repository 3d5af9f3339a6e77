#include "lessons/06_mixtures/experiment.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/file.hpp"
#include "lessons/demo.hpp"

namespace handbuilt::lessons::mixtures {
namespace {

nlohmann::json recorded() {
  return nlohmann::json::parse(read_file(HANDBUILT_SOURCE_DIR "/lessons/06_mixtures/results.json"))["numbers"];
}

void expect_recorded(const Found& found, const std::string& prefix = "seed_1_", const std::string& suffix = "") {
  const nlohmann::json all = recorded();
  for (const auto& [name, value] : found) {
    ASSERT_TRUE(all.contains(prefix + name + suffix)) << name;
    const double expected = all[prefix + name + suffix]["value"];
    EXPECT_NEAR(value, expected, 1e-6 * (1 + std::abs(expected))) << name;
  }
}

TEST(Lesson06Results, OfOneSeedAreThoseRecorded) {
  expect_recorded(compare_methods(1));
  expect_recorded(tell_floors(1));
  expect_recorded(watch_em(1));
  expect_recorded(collapse(1));
  for (const double apart : kApart)
    expect_recorded(choose_number(1, apart), "seed_1_", "_found_" + key_of_apart(apart));
}

TEST(Lesson06Results, OfThePenguinsAreThoseRecorded) {
  expect_recorded(group_penguins(datasets_folder() / "penguins", 1), "");
}

TEST(Lesson06Results, TellTheStoryOfTheText) {
  const nlohmann::json all = recorded();
  const auto low = [&](const std::string& name) { return all[name]["low"].get<double>(); };
  const auto high = [&](const std::string& name) { return all[name]["high"].get<double>(); };
  EXPECT_GE(all["right_mixture"]["n"].get<int>(), 20);
  EXPECT_GT(low("right_mixture"), high("right_k_means") + 0.1);
  EXPECT_GT(all["em_steps"]["value"].get<double>(), 10'000);
  EXPECT_EQ(all["em_falls"]["value"], 0);
  EXPECT_GT(low("bic_found_3"), 0.9);
  EXPECT_GT(low("bic_found_4"), 0.9);
  EXPECT_LT(high("aic_found_4"), 0.5);
  EXPECT_GT(low("collapsed_without_floor"), 0.5);
  EXPECT_NEAR(all["unsure_said"]["value"], all["unsure_right"]["value"], 0.02);
  // Each shape has a method that k-means loses to; blobs and bridge have none.
  EXPECT_GT(low("rand_floors_mixture"), high("rand_floors_k_means"));
  EXPECT_GT(low("rand_stretched_mixture"), high("rand_stretched_k_means"));
  EXPECT_GT(low("rand_moons_single"), high("rand_moons_k_means"));
  EXPECT_GT(low("rand_ring_dbscan"), high("rand_ring_k_means"));
  EXPECT_GT(low("rand_bridge_k_means"), high("rand_bridge_single"));
}

TEST(Clouds, AreTheGroupsTheyAreSaidToBe) {
  for (const Cloud cloud : kClouds) {
    Random random(7, name_of(cloud));
    const Rows rows = draw_rows(cloud, 600, random);
    ASSERT_EQ(rows.groups.size(), 600U);
    for (int group = 0; group < groups_of(cloud); ++group)
      EXPECT_EQ(std::count(rows.groups.begin(), rows.groups.end(), group), 600 / groups_of(cloud)) << name_of(cloud);
    EXPECT_LT(rows.x.cwiseAbs().maxCoeff(), 6) << name_of(cloud);
  }
}

TEST(Clouds, UsualDistanceIsTheOneMostRowsNeedForTheirFifth) {
  MatrixD line(40, 2);
  for (int n = 0; n < 40; ++n) line.row(n) << 0.5 * n, 0;
  // In the middle of a line the fifth row, oneself counted, is two steps away; only the ends reach farther.
  EXPECT_NEAR(usual_distance(line), 1.5, 1e-12);
  EXPECT_GT(usual_distance(MatrixD::Zero(3, 2)), 0);
}

}  // namespace
}  // namespace handbuilt::lessons::mixtures
