#include "lessons/04_logistic/numbers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "core/file.hpp"

namespace handbuilt::lessons::logistic {
namespace {

const Days& days() {
  static const Days loaded = load_days(datasets_folder() / "seattle-weather");
  return loaded;
}

TEST(Days, HoldTodayAndTomorrowAndNothingElse) {
  ASSERT_EQ(days().count(), 1459);
  EXPECT_EQ(days().dates.front(), "2012-01-03");
  EXPECT_EQ(days().dates.back(), "2015-12-31");
  // The file's second day: 10.9 mm, 10.6 and 2.8 degrees, 4.5 m/s, after a dry day of 12.8; the third had 0.8 mm.
  EXPECT_EQ(days().x.row(0), (Eigen::RowVectorXd(7) << 1, std::log1p(10.9), 10.6, 2.8, 4.5, 0, 10.6 - 12.8).finished());
  EXPECT_EQ(days().rain_mm.front(), 0.8);
}

TEST(Days, ThatLeaveOneOutAreRefused) {
  const std::filesystem::path folder = std::filesystem::path(::testing::TempDir()) / "lesson_04_gap";
  std::filesystem::create_directories(folder);
  write_file(folder / "seattle-weather.csv",
             "date,precipitation_mm,temp_max_celsius,temp_min_celsius,wind_mps,weather\n"
             "2012-02-27,0,1,1,1,sun\n2012-02-28,0,1,1,1,sun\n2012-03-01,0,1,1,1,sun\n");
  EXPECT_THROW(load_days(folder), DataError) << "2012 has a 29th of February";
  std::filesystem::remove_all(folder);
}

TEST(Forecasters, DoNotKnowTheYearTheyForecast) {
  Days changed = days();
  for (const int row : rows_of_years(changed, 2015, 2015)) changed.rain_mm[static_cast<std::size_t>(row)] = 99;
  const Question question;
  EXPECT_EQ(base_rate(changed, question).probability, base_rate(days(), question).probability);
  EXPECT_EQ(month_rates(changed, question).probability, month_rates(days(), question).probability);
  EXPECT_EQ(like_today(changed, question).probability, like_today(days(), question).probability);
  EXPECT_EQ(logistic_forecast(changed, question).probability, logistic_forecast(days(), question).probability);
}

TEST(Forecasters, SayTheSameOfADayWhateverComesAfterIt) {
  // No number of tomorrow is in today's row: change the last day of all, and no other day's forecast moves.
  Days changed = days();
  changed.x.row(days().count() - 1).setConstant(50);
  const VectorD before = logistic_forecast(days(), {}).probability, after = logistic_forecast(changed, {}).probability;
  EXPECT_EQ(before.head(364), after.head(364));
}

TEST(BalancedLabels, RaiseTheProbabilitiesOfARareEventToAboutHalf) {
  const Question heavy{.more_than_mm = kHeavyMm};
  EXPECT_LT(logistic_forecast(days(), heavy).probability.mean(), 0.15);
  EXPECT_GT(logistic_forecast(days(), heavy, {.balanced = true}).probability.mean(), 0.3);
}

TEST(WeekInterval, UsesEveryDayAndKeepsWeeksWhole) {
  Random random(1);
  std::size_t calls = 0;
  week_interval(
      30,
      [&](const std::vector<int>& rows) {
        ++calls;
        for (std::size_t i = 0; i < rows.size(); ++i)
          if (rows[i] % 7 != 0 || rows[i] > 27) {
            EXPECT_EQ(rows[i], rows[i - 1] + 1);
          }
        return 0.0;
      },
      random, 50);
  EXPECT_GE(calls, 50U);
}

TEST(WeekInterval, IsWiderThanThatOfDaysWhenNeighboursAreAlike) {
  const auto mean = [](const std::vector<int>& rows) {
    double sum = 0;
    for (const int row : rows) sum += (row / 14) % 2;  // a fortnight of one kind, then one of the other
    return sum / static_cast<double>(rows.size());
  };
  Random random(1);
  const Interval weeks = week_interval(364, mean, random);
  const Interval days = wilson_interval(182, 364);
  EXPECT_GT(weeks.high - weeks.low, 1.5 * (days.high - days.low));
}

TEST(ThresholdByTheory, IsTheShareOfAFalseAlarm) {
  EXPECT_DOUBLE_EQ(threshold_for(1), 0.5);
  EXPECT_DOUBLE_EQ(threshold_for(9), 0.1);
}

TEST(Penguins, AreThoseThatWereMeasured) {
  const Penguins penguins = load_penguins(datasets_folder() / "penguins");
  EXPECT_EQ(penguins.x.rows(), 342);
  EXPECT_EQ(penguins.classes, (std::vector<std::string>{"Adelie", "Chinstrap", "Gentoo"}));
  EXPECT_EQ(std::count(penguins.species.begin(), penguins.species.end(), 1), 68);
}

TEST(Penguins, ArePartedByPlanesSoThatWithoutAPenaltyThereIsNoBestFit) {
  const Penguins penguins = load_penguins(datasets_folder() / "penguins");
  try {
    regression::fit_softmax(penguins.x, penguins.species, {});
    FAIL() << "found one";
  } catch (const ValueError& error) {
    EXPECT_THAT(error.what(), ::testing::HasSubstr("larger coefficients are always better"));
  }
}

TEST(RecordedNumbers, AreWhatSeed1MeasuresToday) {
  const auto recorded = nlohmann::json::parse(read_file(HANDBUILT_SOURCE_DIR "/lessons/04_logistic/results.json"));
  const std::map<std::string, Number> today =
      measure(days(), load_penguins(datasets_folder() / "penguins"), recorded.at("seed"));
  ASSERT_EQ(recorded.at("numbers").size(), today.size());
  for (const auto& [name, number] : today) {
    const auto& before = recorded.at("numbers").at(name);
    // Counts of days may move by one when rounding moves a probability across a threshold.
    const double tolerance = number.unit == "days" ? 1 : 0.004;
    EXPECT_NEAR(number.value, before.at("value"), tolerance) << name;
    if (number.low) {
      EXPECT_NEAR(*number.low, before.at("low"), tolerance) << name;
    }
    if (number.high) {
      EXPECT_NEAR(*number.high, before.at("high"), tolerance) << name;
    }
  }
}

TEST(RecordedNumbers, ProveTheLessonsPoint) {
  const auto numbers =
      nlohmann::json::parse(read_file(HANDBUILT_SOURCE_DIR "/lessons/04_logistic/results.json"))["numbers"];
  EXPECT_GT(numbers["gain_logistic"]["low"], 0) << "better than the base rate, clear of zero";
  EXPECT_TRUE(numbers["calibration_error_logistic"].contains("low"));
  EXPECT_EQ(numbers["penguins_right"]["n"], 20);
}

}  // namespace
}  // namespace handbuilt::lessons::logistic
