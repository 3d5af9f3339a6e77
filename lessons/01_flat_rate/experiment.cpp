#include "lessons/01_flat_rate/experiment.hpp"

#include <algorithm>

#include "data/design.hpp"
#include "regression/baseline.hpp"
#include "regression/metrics.hpp"

namespace handbuilt::lessons::flat_rate {
namespace {

/// Each plot's variety-and-site mean over the whole table, the plot itself included.
VectorD means_made_before_the_split(const Barley& barley) {
  std::vector<int> all;
  for (int row = 0; row < barley.rows(); ++row) all.push_back(row);
  return predict(Model::kOtherYear, barley, all, all);
}

/// [sites, years] the mean yield.
MatrixD site_year_means(const Barley& barley) {
  MatrixD sums = MatrixD::Zero(static_cast<Eigen::Index>(barley.sites.size()), 2), counts = sums;
  for (int row = 0; row < barley.rows(); ++row) {
    const auto r = static_cast<std::size_t>(row);
    sums(barley.site[r], barley.year[r]) += barley.yields(row);
    counts(barley.site[r], barley.year[r]) += 1;
  }
  return sums.cwiseQuotient(counts);
}

}  // namespace

std::map<std::string, double> run_experiment(const Barley& barley, std::uint64_t seed) {
  std::map<std::string, double> numbers;
  for (const Model model : kModels) {
    Random random(seed, "folds");  // the same folds for every model
    const VectorD predicted = predict_held_out(model, barley, random);
    numbers["rmse_" + key_of(model)] = regression::root_mean_squared_error(predicted, barley.yields);
    numbers["mae_" + key_of(model)] = regression::mean_absolute_error(predicted, barley.yields);
  }
  for (const Model model : kModels)
    numbers["ratio_" + key_of(model)] = numbers["rmse_" + key_of(model)] / numbers["rmse_flat"];
  const Barley exchanged = with_years_exchanged(barley, barley.site_named("Morris"));
  Random random(seed, "folds");
  numbers["rmse_additive_exchanged"] =
      regression::root_mean_squared_error(predict_held_out(Model::kAdditive, exchanged, random), exchanged.yields);
  numbers["leaking_other_year"] =
      regression::root_mean_squared_error(means_made_before_the_split(barley), barley.yields);
  return numbers;
}

std::map<std::string, Number> whole_table_numbers(const Barley& barley) {
  const std::string unit = "bushels per acre";
  const double mean = regression::flat_mean(barley.yields);
  std::map<std::string, Number> numbers;
  const auto put = [&](const std::string& name, double value) {
    numbers[name] = {.value = value, .n = barley.rows(), .unit = unit};
  };
  put("yield_mean", mean);
  put("yield_median", regression::flat_median(barley.yields));
  put("yield_least", barley.yields.minCoeff());
  put("yield_most", barley.yields.maxCoeff());

  // From one year to the other, both ways.
  std::vector<int> first, second;
  for (int row = 0; row < barley.rows(); ++row)
    (barley.year[static_cast<std::size_t>(row)] == 0 ? first : second).push_back(row);
  const auto rmse = [&](Model model, const std::vector<int>& train, const std::vector<int>& test) {
    return regression::root_mean_squared_error(predict(model, barley, train, test), data::take(barley.yields, test));
  };
  put("next_year_flat", rmse(Model::kFlat, first, second));
  put("next_year_cell", rmse(Model::kOtherYear, first, second));
  put("next_year_site", rmse(Model::kSite, first, second));

  const std::vector<int> better = better_in_the_second_year(barley);
  int better_elsewhere = 0;
  for (const SiteResidual& site : site_residuals(barley)) {
    std::string key = site.site;
    std::replace(key.begin(), key.end(), ' ', '_');
    put("residual_" + key, site.second_year);
    const int count = better[static_cast<std::size_t>(barley.site_named(site.site))];
    if (site.site == "Morris")
      put("better_at_Morris", count);
    else
      better_elsewhere += count;
  }
  put("better_elsewhere", better_elsewhere);

  return numbers;
}

std::vector<SiteResidual> site_residuals(const Barley& barley) {
  const MatrixD means = site_year_means(barley);
  std::vector<SiteResidual> residuals;
  for (Eigen::Index s = 0; s < means.rows(); ++s) {
    const auto residual = [&](Eigen::Index year) {
      return means(s, year) - means.row(s).mean() - means.col(year).mean() + means.mean();
    };
    residuals.push_back({barley.sites[static_cast<std::size_t>(s)], residual(0), residual(1)});
  }
  return residuals;
}

std::vector<int> better_in_the_second_year(const Barley& barley) {
  std::vector<int> better(barley.sites.size(), 0);
  for (int a = 0; a < barley.rows(); ++a)
    for (int b = 0; b < barley.rows(); ++b) {
      const auto first = static_cast<std::size_t>(a), second = static_cast<std::size_t>(b);
      const bool is_pair = barley.site[first] == barley.site[second] &&
                           barley.variety[first] == barley.variety[second] && barley.year[first] == 0 &&
                           barley.year[second] == 1;
      if (is_pair && barley.yields(b) > barley.yields(a)) ++better[static_cast<std::size_t>(barley.site[first])];
    }
  return better;
}

}  // namespace handbuilt::lessons::flat_rate
