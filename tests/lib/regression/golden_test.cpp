// The figures of golden/make_golden.py, which other libraries computed, from ours.
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <map>
#include <set>
#include <string>

#include "core/distributions.hpp"
#include "data/csv.hpp"
#include "data/design.hpp"
#include "data/standardizer.hpp"
#include "regression/classification_metrics.hpp"
#include "regression/least_squares.hpp"
#include "regression/logistic.hpp"
#include "regression/softmax.hpp"
#include "support/golden.hpp"

namespace handbuilt::regression {
namespace {

const std::filesystem::path kRoot = HANDBUILT_SOURCE_DIR;

data::Table dataset(const std::string& name) { return data::read_csv(kRoot / "datasets" / name / (name + ".csv")); }

class Golden : public test::Golden {
 public:
  explicit Golden(const std::string& name) : test::Golden(kRoot / "tests/lib/regression/golden/golden.csv", name) {}

  /// `relative` is the error that the other library's method and tolerance leave: of a figure, or of a thousandth of
  /// the largest beside it.
  void expect(const std::string& name, const VectorD& got, double relative = 1e-9) {
    test::Golden::expect(name, got, relative, got.size() == 1 ? 1e-12 : 1e-3 * got.cwiseAbs().maxCoeff());
  }
  void expect(const std::string& name, double got, double relative = 1e-9) { expect(name, VectorD{{got}}, relative); }
};

VectorD lows(const std::vector<Interval>& intervals) {
  VectorD values(std::ssize(intervals));
  for (Eigen::Index i = 0; i < values.size(); ++i) values[i] = intervals[static_cast<std::size_t>(i)].low;
  return values;
}

VectorD highs(const std::vector<Interval>& intervals) {
  VectorD values(std::ssize(intervals));
  for (Eigen::Index i = 0; i < values.size(); ++i) values[i] = intervals[static_cast<std::size_t>(i)].high;
  return values;
}

class GoldenCars : public ::testing::TestWithParam<Solver> {};
INSTANTIATE_TEST_SUITE_P(Solvers, GoldenCars, ::testing::Values(Solver::kQr, Solver::kNormalEquations));

TEST_P(GoldenCars, CoefficientsErrorsIntervalsAndLikelihood) {
  Golden golden("cars");
  const data::Table cars = dataset("cars").complete_rows();
  const data::DesignMatrix x = data::Design(cars, {"weight_lbs", "horsepower", "year"})(cars);
  const VectorD y = data::target(cars, "miles_per_gallon");
  const LinearFit fit = fit_least_squares(x.values, y, {.solver = GetParam(), .names = x.names});
  // The normal equations of columns that are not centred: half of the digits of a condition number of 1.6e3.
  const double digits = GetParam() == Solver::kQr ? 1e-10 : 1e-8;
  golden.expect("coefficient", fit.coefficients, digits);
  golden.expect("standard_error", fit.standard_errors().tail(3), digits);
  golden.expect("interval_low", lows(fit.coefficient_intervals()).tail(3), digits);
  golden.expect("interval_high", highs(fit.coefficient_intervals()).tail(3), digits);
  golden.expect("intercept", fit.intercept, digits);
  golden.expect("r_squared", fit.r_squared(), digits);
  golden.expect("adjusted_r_squared", fit.adjusted_r_squared(), digits);
  golden.expect("log_likelihood", fit.log_likelihood(), digits);
  golden.expect("residual_variance", fit.residual_variance(), digits);
  const VectorD row{{3000, 100, 1976}};
  golden.expect("prediction", fit.predict_one(row), digits);
  golden.expect("mean_low", fit.confidence_interval(row, 0.9).low, digits);
  golden.expect("mean_high", fit.confidence_interval(row, 0.9).high, digits);
  golden.expect("next_low", fit.prediction_interval(row, 0.9).low, digits);
  golden.expect("next_high", fit.prediction_interval(row, 0.9).high, digits);
  const MatrixD standard = data::Standardizer(x.values)(x.values);
  for (const int ridge : {1, 100})
    golden.expect(
        "ridge" + std::to_string(ridge) + "_coefficient",
        fit_least_squares(standard, y, {.solver = GetParam(), .ridge = static_cast<double>(ridge)}).coefficients,
        digits);
}

TEST(GoldenRain, CoefficientsErrorsLikelihoodAndMetrics) {
  Golden golden("rain");
  const data::Table weather = dataset("seattle-weather");
  std::vector<std::string> names{"precipitation_mm", "temp_max_celsius", "temp_min_celsius", "wind_mps"};
  const MatrixD all = data::Design(weather, names)(weather).values;
  const MatrixD x = all.topRows(all.rows() - 1);
  std::vector<int> labels;
  for (Eigen::Index day = 1; day < all.rows(); ++day) labels.push_back(all(day, 0) > 0 ? 1 : 0);
  const LogisticFit fit = fit_logistic(x, labels, {.tolerance = 1e-12, .names = names});
  VectorD parameters(5);
  parameters << fit.intercept, fit.coefficients;
  golden.expect("parameter", parameters);
  golden.expect("standard_error", fit.standard_errors());
  golden.expect("log_likelihood", fit.log_likelihood);
  golden.expect("null_log_likelihood", fit.null_log_likelihood);
  golden.expect("interval_low", lows(fit.coefficient_intervals()));
  const VectorD probability = fit.probabilities(x);
  golden.expect("log_loss", log_loss(probability, labels));
  golden.expect("brier", brier_score(probability, labels));
  golden.expect("area", area_under_roc(probability, labels));

  const MatrixD standard = data::Standardizer(x)(x);
  const LogisticFit penalised = fit_logistic(standard, labels, {.l2 = 10, .tolerance = 1e-12});
  golden.expect("l2_coefficient", penalised.coefficients, 1e-8);
  golden.expect("l2_intercept", penalised.intercept, 1e-8);
}

TEST(GoldenPenguins, SoftmaxCoefficientsAndLikelihood) {
  Golden golden("penguins");
  const data::Table birds = dataset("penguins").complete_rows();
  const data::Design design(birds, {"beak_length_mm", "beak_depth_mm", "flipper_length_mm", "body_mass_g"});
  const MatrixD x = design(birds).values;
  const std::set<std::string> species(birds.texts("species").begin(), birds.texts("species").end());
  std::vector<int> labels;
  for (const std::string& name : birds.texts("species"))
    labels.push_back(static_cast<int>(std::distance(species.begin(), species.find(name))));
  const SoftmaxFit fit = fit_softmax(data::Standardizer(x)(x), labels, {.l2 = 1, .tolerance = 1e-12});
  for (int k = 0; k < 3; ++k)
    golden.expect("coefficient_" + std::to_string(k) + "_", fit.coefficients.row(k).transpose(), 1e-6);
  golden.expect("log_likelihood", fit.log_likelihood, 1e-7);
}

TEST(GoldenDistributions, QuantilesAndTails) {
  Golden normal("normal"), student("student"), f("f");
  for (const auto& [text, p] : std::map<std::string, double>{
           {"0.5", 0.5}, {"0.9", 0.9}, {"0.975", 0.975}, {"0.9999", 0.9999}, {"1e-10", 1e-10}}) {
    normal.expect("quantile(" + text + ")", normal_quantile(p), 1e-12);
    if (text == "0.5" || text == "1e-10") continue;
    for (const auto& [freedom_text, freedom] :
         std::map<std::string, double>{{"1", 1}, {"2.5", 2.5}, {"9", 9}, {"388", 388}, {"1000000.0", 1e6}})
      student.expect("quantile(" + text + "," + freedom_text + ")", student_t_quantile(p, freedom), 1e-9);
  }
  EXPECT_EQ(student_t_quantile(0.5, 7), 0);
  EXPECT_NEAR(student_t_cdf(1e-9, 1e6) - 0.5, 1e-9 / std::sqrt(2 * 3.14159265358979), 1e-16);
  EXPECT_NEAR(student_t_cdf(student_t_quantile(1e-10, 388), 388), 1e-10, 1e-22);
  for (const auto& [text, value] : std::map<std::string, double>{{"0.1", 0.1}, {"1.0", 1}, {"543.5", 543.5}})
    f.expect("tail(" + text + ",3,388)", f_tail(value, 3, 388), 1e-9);
}

}  // namespace
}  // namespace handbuilt::regression
