#include "lessons/01_flat_rate/experiment.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <numeric>

#include "core/error.hpp"
#include "core/file.hpp"

namespace handbuilt::lessons::flat_rate {
namespace {

Barley barley() { return load_barley(datasets_folder() / "barley/barley.csv"); }

std::vector<int> rows_but(const Barley& barley, int left_out) {
  std::vector<int> rows(static_cast<std::size_t>(barley.rows()));
  std::iota(rows.begin(), rows.end(), 0);
  rows.erase(rows.begin() + left_out);
  return rows;
}

nlohmann::json recorded() {
  return nlohmann::json::parse(read_file(HANDBUILT_SOURCE_DIR "/lessons/01_flat_rate/results.json"))["numbers"];
}

TEST(Lesson01Results, OfOneSeedAreThoseRecorded) {
  const nlohmann::json numbers = recorded();
  for (const auto& [name, value] : run_experiment(barley(), 1))
    EXPECT_NEAR(value, numbers["seed_1_" + name]["value"].get<double>(), 1e-6) << name;
}

TEST(Lesson01Results, OfTheWholeTableAreThoseRecorded) {
  const nlohmann::json numbers = recorded();
  for (const auto& [name, number] : whole_table_numbers(barley()))
    EXPECT_NEAR(number.value, numbers[name]["value"].get<double>(), 1e-9) << name;
}

TEST(Lesson01Results, TheFullModelIsWorseThanTheFlatRateClearOfOneOverTheDealings) {
  const nlohmann::json ratio = recorded()["ratio_full"];
  EXPECT_GE(ratio["n"].get<int>(), 20);
  EXPECT_GT(ratio["low"].get<double>(), 1);
}

TEST(FullModel, FillsAHoleWithSevenPlotsAddedAndSubtracted) {
  const Barley all = barley();
  const auto yield = [&](int variety, int site, int year) {
    for (int row = 0; row < all.rows(); ++row) {
      const auto r = static_cast<std::size_t>(row);
      if (all.variety[r] == variety && all.site[r] == site && all.year[r] == year) return all.yields(row);
    }
    throw ValueError("no such plot");
  };
  const int reference = 0, hole = 119;
  const int v = all.variety[119], s = all.site[119], t = all.year[119];
  const int v0 = all.variety[0], s0 = all.site[0], t0 = all.year[0];
  ASSERT_TRUE(v != v0 && s != s0 && t != t0);
  const double expected = yield(v, s, t0) + yield(v, s0, t) + yield(v0, s, t) - yield(v, s0, t0) - yield(v0, s, t0) -
                          yield(v0, s0, t) + yield(v0, s0, t0);
  EXPECT_NEAR(predict(Model::kFull, all, rows_but(all, hole), {hole}, reference)(0), expected, 1e-8);
}

TEST(FullModel, FitsWhatItHasSeenExactly) {
  const Barley all = barley();
  const std::vector<int> seen = rows_but(all, 5);
  for (const Model model : {Model::kFull, Model::kFullShared}) {
    const VectorD predicted = predict(model, all, seen, seen);
    for (std::size_t k = 0; k < seen.size(); ++k)
      ASSERT_NEAR(predicted(static_cast<Eigen::Index>(k)), all.yields(seen[k]), 1e-8) << name_of(model);
  }
}

TEST(Models, PredictAPlotWithoutItsYield) {
  const Barley all = barley();
  Barley changed = all;
  changed.yields(7) += 100;
  for (const Model model : kModels)
    EXPECT_DOUBLE_EQ(predict(model, changed, rows_but(all, 7), {7})(0), predict(model, all, rows_but(all, 7), {7})(0))
        << name_of(model);
}

TEST(Barley, ExchangingTheYearsTwiceChangesNothing) {
  const Barley all = barley();
  const int morris = all.site_named("Morris");
  const Barley once = with_years_exchanged(all, morris);
  EXPECT_NE(once.year, all.year);
  EXPECT_EQ(with_years_exchanged(once, morris).year, all.year);
}

TEST(Barley, ASiteThatIsNotThereIsRefused) { EXPECT_THROW((void)barley().site_named("Moris"), ValueError); }

TEST(SiteResiduals, AreLargestAtMorrisAndAddUpToNothing) {
  double sum = 0, largest = 0;
  std::string site;
  for (const SiteResidual& residual : site_residuals(barley())) {
    EXPECT_NEAR(residual.first_year + residual.second_year, 0, 1e-9);
    sum += residual.second_year;
    if (std::abs(residual.second_year) <= largest) continue;
    largest = std::abs(residual.second_year);
    site = residual.site;
  }
  EXPECT_NEAR(sum, 0, 1e-9);
  EXPECT_EQ(site, "Morris");
}

}  // namespace
}  // namespace handbuilt::lessons::flat_rate
