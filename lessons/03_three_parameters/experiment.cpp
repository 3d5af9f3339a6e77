#include "lessons/03_three_parameters/experiment.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>

#include "data/design.hpp"
#include "regression/forward_selection.hpp"
#include "regression/guarded.hpp"
#include "regression/metrics.hpp"

namespace handbuilt::lessons::three_parameters {
namespace {

using regression::root_mean_squared_error;

/// Cross-validated RMSE of forward selection of three, done anew in every fold.
double selection_inside(const Fields& fields, const std::vector<data::Fold>& folds) {
  return regression::cross_validate(regression::forward_selection_learner(3), fields.drivers, fields.yields, folds)
      .rmse;
}

/// The same with the three columns chosen on all rows, before the folds were dealt: leakage.
double selection_before(const Fields& fields, const std::vector<data::Fold>& folds) {
  const std::vector<int> chosen = regression::forward_selection(fields.drivers, fields.yields, 3).columns;
  return regression::cross_validate(regression::least_squares_learner(), data::take_columns(fields.drivers, chosen),
                                    fields.yields, folds)
      .rmse;
}

double found_of(const Truth& truth, const std::vector<int>& chosen) {
  return static_cast<double>(std::count_if(chosen.begin(), chosen.end(), [&](int column) {
    return std::find(truth.matter.begin(), truth.matter.end(), column) != truth.matter.end();
  }));
}

bool is_fit_there(Estimate estimate, World world) {
  return estimate != Estimate::kThreeKnown || world == World::kIndependent || world == World::kRelated;
}

/// The mean of the largest hundredth.
double worst_hundredth(const VectorD& predicted, const VectorD& actual) {
  std::vector<double> errors;
  for (Eigen::Index row = 0; row < actual.size(); ++row) errors.push_back(std::abs(predicted(row) - actual(row)));
  std::sort(errors.begin(), errors.end(), std::greater<>());
  const auto count = static_cast<std::ptrdiff_t>(errors.size() / 100);
  return std::accumulate(errors.begin(), errors.begin() + count, 0.0) / static_cast<double>(count);
}

std::string key_of(Trouble trouble) {
  constexpr std::array kKeys{"none", "stuck", "units", "blank"};
  return kKeys[static_cast<std::size_t>(trouble)];
}

/// The drivers [fields, columns read] with something gone wrong.
MatrixD troubled(MatrixD drivers, Trouble trouble, Random& random) {
  const int columns = static_cast<int>(drivers.cols()), broken = random.below(columns);
  if (trouble == Trouble::kUnits) drivers.col(broken) *= 2.54;
  for (Eigen::Index field = 0; field < drivers.rows(); ++field) {
    const bool is_hit = random.chance(0.03);
    const int column = random.below(columns);
    if (is_hit && trouble == Trouble::kStuck) drivers(field, column) = 999;
    if (is_hit && trouble == Trouble::kBlank) drivers(field, column) = std::numeric_limits<double>::quiet_NaN();
  }
  return drivers;
}

}  // namespace

std::map<std::string, double> run_experiment(std::uint64_t seed) {
  std::map<std::string, double> numbers;
  for (const World world : kWorlds) {
    Random random(seed, three_parameters::key_of(world));
    const Truth truth = draw_truth(world, random);
    const Fields fields = draw_fields(truth, kFields, random), fresh = draw_fields(truth, kNewFields, random);
    for (const Estimate estimate : kEstimates) {
      if (!is_fit_there(estimate, world)) continue;
      const auto predictor = learner_of(estimate, truth, seed)(fields.drivers, fields.yields);
      numbers["rmse_" + three_parameters::key_of(world) + "_" + key_of(estimate)] =
          root_mean_squared_error(predictor(fresh.drivers), fresh.yields);
    }
    const auto folds = data::k_fold(kFields, 10, random);
    numbers["nested_" + three_parameters::key_of(world)] = selection_inside(fields, folds);
    numbers["peeking_" + three_parameters::key_of(world)] = selection_before(fields, folds);
    const auto of_three = regression::forward_selection_learner(3)(fields.drivers, fields.yields);
    numbers["three_selected_" + three_parameters::key_of(world)] =
        root_mean_squared_error(of_three(fresh.drivers), fresh.yields);
    numbers["size_" + three_parameters::key_of(world)] =
        regression::choose_size(fields.drivers, fields.yields, kMostSelected, folds).size;
    if (!truth.matter.empty())
      numbers["found_" + three_parameters::key_of(world)] =
          found_of(truth, regression::forward_selection(fields.drivers, fields.yields, 3).columns);
  }
  return numbers;
}

std::map<std::string, double> run_guard_experiment(std::uint64_t seed) {
  Random random(seed, "guard");
  const Truth truth = draw_truth(World::kIndependent, random);
  const Fields fields = draw_fields(truth, kFields, random), fresh = draw_fields(truth, 10 * kNewFields, random);
  const auto folds = data::k_fold(kFields, kInnerFolds, random);
  const int size = std::max(1, regression::choose_size(fields.drivers, fields.yields, kMostSelected, folds).size);
  const std::vector<int> chosen = regression::forward_selection(fields.drivers, fields.yields, size).columns;
  const MatrixD x = data::take_columns(fields.drivers, chosen), x_fresh = data::take_columns(fresh.drivers, chosen);
  const regression::GuardedModel guarded(x, fields.yields);
  const regression::LinearFit plain = regression::fit_least_squares(x, fields.yields);

  std::map<std::string, double> numbers;
  for (const Trouble trouble : {Trouble::kNone, Trouble::kStuck, Trouble::kUnits, Trouble::kBlank}) {
    const MatrixD rows = troubled(x_fresh, trouble, random);
    const MatrixD readable = rows.array().isNaN().select(0.0, rows);
    const std::map<std::string, VectorD> answers{{"flat", VectorD::Constant(fresh.yields.size(), guarded.flat_rate())},
                                                 {"selected", plain.predict(readable)},
                                                 {"guarded", guarded.predict(rows)}};
    for (const auto& [name, predicted] : answers) {
      numbers["worst_" + key_of(trouble) + "_" + name] = worst_hundredth(predicted, fresh.yields);
      numbers["guard_rmse_" + key_of(trouble) + "_" + name] = root_mean_squared_error(predicted, fresh.yields);
    }
    for (const char* name : {"selected", "guarded"})
      numbers["worst_ratio_" + key_of(trouble) + "_" + name] =
          numbers["worst_" + key_of(trouble) + "_" + name] / numbers["worst_" + key_of(trouble) + "_flat"];
  }
  return numbers;
}

}  // namespace handbuilt::lessons::three_parameters
