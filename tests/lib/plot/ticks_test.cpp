#include "plot/ticks.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <string>

#include "core/random.hpp"

namespace {

using handbuilt::Random;
using handbuilt::plot::Ends;
using handbuilt::plot::linear_ticks;
using handbuilt::plot::logarithmic_ticks;
using handbuilt::plot::Range;
using handbuilt::plot::short_number;
using handbuilt::plot::Ticks;
using testing::ElementsAre;

/// Ranges of every size and place that a chart may meet.
Range any_range(Random& random) {
  const double width = std::pow(10, random.uniform(-12, 12));
  const double middle = width * random.uniform(-1000, 1000);
  return {middle - width / 2, middle + width / 2};
}

bool is_round(double step) {
  const double mantissa = step / std::pow(10, std::floor(std::log10(step) + 1e-6));
  return std::any_of(std::begin({1.0, 2.0, 5.0}), std::end({1.0, 2.0, 5.0}),
                     [&](double nice) { return std::abs(mantissa - nice) < 1e-4; });
}

double number_in(std::string label) {
  label.erase(std::remove(label.begin(), label.end(), ','), label.end());
  return std::stod(label);
}

TEST(LinearTicks, CoverTheData) {
  Random random(1);
  for (int trial = 0; trial < 1000; ++trial) {
    const Range data = any_range(random);
    const Ticks ticks = linear_ticks(data, 10, Ends::loose);
    const double slack = 1e-6 * (data.high - data.low);
    EXPECT_LE(ticks.major.front(), data.low + slack);
    EXPECT_GE(ticks.major.back(), data.high - slack);
    EXPECT_EQ(ticks.range.low, ticks.major.front());
    EXPECT_EQ(ticks.range.high, ticks.major.back());
  }
}

TEST(LinearTicks, NumberBetweenFourAndTheMostAskedFor) {
  Random random(2);
  for (int trial = 0; trial < 1000; ++trial) {
    const int at_most = 7 + random.below(4);
    const Ticks ticks = linear_ticks(any_range(random), at_most, Ends::loose);
    EXPECT_GE(ticks.major.size(), 4u);
    EXPECT_LE(ticks.major.size(), static_cast<std::size_t>(at_most));
  }
}

TEST(LinearTicks, StepByOneTwoOrFiveTimesAPowerOfTen) {
  Random random(3);
  for (int trial = 0; trial < 1000; ++trial) {
    const Ticks ticks = linear_ticks(any_range(random), 8, Ends::loose);
    const double step = (ticks.major.back() - ticks.major.front()) / static_cast<double>(ticks.major.size() - 1);
    EXPECT_TRUE(is_round(step)) << step;
  }
}

TEST(LinearTicks, StayWithinFixedEnds) {
  Random random(4);
  for (int trial = 0; trial < 1000; ++trial) {
    const Range range = any_range(random);
    const Ticks ticks = linear_ticks(range, 8, Ends::fixed);
    const double slack = 1e-6 * (range.high - range.low);
    for (const double tick : ticks.major) {
      EXPECT_GE(tick, range.low - slack);
      EXPECT_LE(tick, range.high + slack);
    }
    EXPECT_EQ(ticks.range.low, range.low);
    EXPECT_EQ(ticks.range.high, range.high);
  }
}

TEST(LinearTicks, SayInTheirLabelsWhereTheyStand) {
  Random random(5);
  for (int trial = 0; trial < 1000; ++trial) {
    const Ticks ticks = linear_ticks(any_range(random), 8, Ends::loose);
    const double step = ticks.major[1] - ticks.major[0];
    for (std::size_t i = 0; i < ticks.major.size(); ++i)
      EXPECT_NEAR(number_in(ticks.labels[i]), ticks.major[i], 1e-3 * step) << ticks.labels[i];
    const std::set<std::string> different(ticks.labels.begin(), ticks.labels.end());
    EXPECT_EQ(different.size(), ticks.labels.size());
  }
}

TEST(LinearTicks, ReadLikeABook) {
  EXPECT_THAT(linear_ticks({0, 1}, 7, Ends::loose).labels, ElementsAre("0", "0.2", "0.4", "0.6", "0.8", "1.0"));
  EXPECT_THAT(linear_ticks({0, 60000}, 5, Ends::loose).labels, ElementsAre("0", "20,000", "40,000", "60,000"));
  EXPECT_THAT(linear_ticks({-3e-9, 3e-9}, 4, Ends::loose).labels, ElementsAre("-5e-9", "0", "5e-9"));
}

TEST(LinearTicks, MakeRoomAroundASingleValue) {
  for (const double value : {0.0, 5.0, -0.003, 1e300, -1e300, 1e-308}) {
    const Ticks ticks = linear_ticks({value, value}, 8, Ends::loose);
    EXPECT_LT(ticks.range.low, value);
    EXPECT_GT(ticks.range.high, value);
    EXPECT_GE(ticks.major.size(), 2u);
  }
}

TEST(LinearTicks, SurviveTheWidestRange) {
  const Ticks ticks = linear_ticks({-1e300, 1e300}, 8, Ends::loose);
  EXPECT_LE(ticks.major.front(), -1e300);
  EXPECT_GE(ticks.major.back(), 1e300);
  EXPECT_LE(ticks.major.size(), 8u);
}

TEST(LogarithmicTicks, StandAtPowersOfTenWithMinorOnesBetween) {
  const Ticks ticks = logarithmic_ticks({0.3, 700}, 8, Ends::loose);
  EXPECT_THAT(ticks.labels, ElementsAre("0.1", "1", "10", "100", "1000"));
  EXPECT_EQ(ticks.minor.size(), 4u * 8u);
}

TEST(LogarithmicTicks, AreAlsoTwosAndFivesOverFewDecades) {
  EXPECT_THAT(logarithmic_ticks({1.5, 30}, 8, Ends::loose).labels, ElementsAre("1", "2", "5", "10", "20", "50"));
}

TEST(LogarithmicTicks, AreAtLeastTwoHoweverSmallTheChart) {
  for (const int at_most : {2, 3, 4}) {
    EXPECT_GE(logarithmic_ticks({0.25, 1.8}, at_most, Ends::loose).labels.size(), 2u);
    EXPECT_GE(logarithmic_ticks({0.25, 1.8}, at_most, Ends::fixed).labels.size(), 2u);
  }
}

TEST(LogarithmicTicks, CoverTheDataAndStayFew) {
  Random random(6);
  for (int trial = 0; trial < 1000; ++trial) {
    const double low = std::pow(10, random.uniform(-250, 200));
    const double high = low * std::pow(10, random.uniform(0, 50));
    const Ticks ticks = logarithmic_ticks({low, high}, 8, Ends::loose);
    EXPECT_LE(ticks.range.low, low * (1 + 1e-6));
    EXPECT_GE(ticks.range.high, high * (1 - 1e-6));
    EXPECT_GT(ticks.range.low, 0);
    EXPECT_GE(ticks.major.size(), 2u) << low << " to " << high;
    EXPECT_LE(ticks.major.size(), 8u) << low << " to " << high;
  }
}

TEST(ShortNumber, KeepsWhatMatters) {
  EXPECT_EQ(short_number(0), "0");
  EXPECT_EQ(short_number(0.75), "0.75");
  EXPECT_EQ(short_number(-12000), "-12,000");
  EXPECT_EQ(short_number(1234567), "1,234,567");
  EXPECT_EQ(short_number(3.0e-7), "3e-7");
  EXPECT_EQ(short_number(2.5e12), "2.5e12");
  EXPECT_EQ(short_number(std::nan("")), "n/a");
}

}  // namespace
