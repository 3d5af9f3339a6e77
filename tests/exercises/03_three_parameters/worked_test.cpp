// What stands above the blanks of lesson 03 as a model has to be right itself.

#include <gtest/gtest.h>

#include <numeric>

#include "core/random.hpp"
#include "tasks.hpp"

namespace {

TEST(Worked03, TheSlopeOfALineIsFound) { EXPECT_NEAR(worked::slope({1, 2, 4}, {5, 8, 14}), 3, 1e-12); }

TEST(Worked03, WhatWasTakenOutHasNoSlopeLeft) {
  const std::vector<double> driver{1, 4, 2, 9}, values{3, 1, 4, 1};
  const std::vector<double> left = worked::taken_out(driver, values);
  EXPECT_NEAR(worked::slope(driver, left), 0, 1e-12);
  EXPECT_NEAR(std::accumulate(left.begin(), left.end(), 0.0), 0, 1e-12);
}

TEST(Worked03, ADriverThatDoesNotVaryOnlyCentres) {
  EXPECT_EQ(worked::taken_out({2, 2, 2}, {1, 2, 6}), (std::vector<double>{-2, -1, 3}));
}

TEST(Worked03, CentringUsesTheTrainingMeans) {
  EXPECT_EQ(worked::centred(TensorD({2, 1}, {1, 3}), TensorD({1, 1}, {10})), TensorD({1, 1}, {8}));
}

TEST(Worked03, EliminationSolvesWhatWasMultiplied) {
  Random random(3);
  TensorD a({6, 6});
  for (double& entry : a) entry = random.normal();
  a(0, 0) = 0;  // needs an exchange of rows
  const std::vector<double> unknown{1, -2, 3, -4, 5, -6};
  std::vector<double> y(6, 0);
  for (int r = 0; r < 6; ++r)
    for (int c = 0; c < 6; ++c) y[static_cast<std::size_t>(r)] += a(r, c) * unknown[static_cast<std::size_t>(c)];
  const std::vector<double> solved = worked::solve(a, y);
  for (std::size_t k = 0; k < 6; ++k) EXPECT_NEAR(solved[k], unknown[k], 1e-9);
}

TEST(Worked03, TheFirstOfEqualSmallestIsTaken) { EXPECT_EQ(worked::place_of_smallest({3, 1, 2, 1}), 1); }

TEST(Worked03, APredictionAddsUp) {
  EXPECT_DOUBLE_EQ(worked::prediction({1, {2, -3}, 0, {0, 0}, {0, 0}, 0, 0}, {10, 100}), -279);
}

}  // namespace
