// The small tables of datasets/ are what their READMEs say.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <numeric>
#include <string>

#include "data/csv.hpp"
#include "data/groups.hpp"

namespace handbuilt::data {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Eq;

Table dataset(const std::string& name) {
  return read_csv(std::filesystem::path(HANDBUILT_SOURCE_DIR) / "datasets" / name / (name + ".csv"));
}

double mean(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

TEST(Datasets, BarleyHasEveryVarietySiteAndYearOnce) {
  const Table barley = dataset("barley");
  EXPECT_EQ(barley.rows(), 120);
  EXPECT_EQ(barley.complete_rows().rows(), 120);
  EXPECT_EQ(group_by(barley, {"variety", "site", "year"}).count(), 120);
  EXPECT_EQ(group_by(barley, {"variety"}).count(), 10);
  EXPECT_EQ(group_by(barley, {"site", "year"}).count(), 12);
}

TEST(Datasets, CarsLackEightMileagesAndSixHorsepowersOnDifferentRows) {
  const Table cars = dataset("cars");
  EXPECT_EQ(cars.rows(), 406);
  EXPECT_EQ(cars.complete_rows({"miles_per_gallon"}).rows(), 398);
  EXPECT_EQ(cars.complete_rows({"horsepower"}).rows(), 400);
  EXPECT_EQ(cars.complete_rows().rows(), 392);
  EXPECT_THAT(group_by(cars, {"origin"}).labels, ElementsAre("USA", "Europe", "Japan"));
}

TEST(Datasets, PenguinsAreThreeSpeciesAnd333OfThemComplete) {
  const Table penguins = dataset("penguins");
  EXPECT_EQ(penguins.rows(), 344);
  EXPECT_EQ(penguins.complete_rows().rows(), 333);
  EXPECT_EQ(penguins.complete_rows({"body_mass_g"}).rows(), 342);
  EXPECT_THAT(group_by(penguins, {"species"}).labels, ElementsAre("Adelie", "Chinstrap", "Gentoo"));
}

TEST(Datasets, SeattleHasEveryDayOfFourYears) {
  const Table weather = dataset("seattle-weather").complete_rows();
  EXPECT_EQ(weather.rows(), 1461);
  EXPECT_EQ(weather.column("date").type, ColumnType::kDate);
  const std::vector<std::string>& dates = weather.texts("date");
  EXPECT_EQ(dates.front(), "2012-01-01");
  EXPECT_EQ(dates.back(), "2015-12-31");
  EXPECT_TRUE(std::is_sorted(dates.begin(), dates.end()));
}

TEST(Datasets, GlobalTemperatureHasEveryYear) {
  const Table climate = dataset("global-temp").complete_rows();
  ASSERT_EQ(climate.rows(), 144);
  for (int row = 0; row < 144; ++row) EXPECT_EQ(climate.numbers("year")[static_cast<std::size_t>(row)], 1880 + row);
}

TEST(Datasets, AnscombesFourAgreeInTheirMeans) {
  const Table anscombe = dataset("anscombe");
  const Groups series = group_by(anscombe, {"series"});
  EXPECT_THAT(series.labels, ElementsAre("I", "II", "III", "IV"));
  for (int group = 0; group < 4; ++group) {
    std::vector<int> rows;
    for (int row = 0; row < anscombe.rows(); ++row)
      if (series.of_row[static_cast<std::size_t>(row)] == group) rows.push_back(row);
    const Table points = anscombe.take(rows);
    EXPECT_EQ(points.rows(), 11);
    EXPECT_EQ(mean(points.numbers("x")), 9);
    EXPECT_NEAR(mean(points.numbers("y")), 7.5, 0.002);  // 7.50 to the paper's two decimals, 7.5009 at most
  }
}

}  // namespace
}  // namespace handbuilt::data
