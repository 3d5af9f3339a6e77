#include "lessons/03_three_parameters/figures.hpp"

#include <algorithm>
#include <cmath>

#include "data/design.hpp"
#include "lessons/03_three_parameters/experiment.hpp"
#include "lessons/results_file.hpp"
#include "regression/baseline.hpp"
#include "regression/forward_selection.hpp"
#include "regression/guarded.hpp"
#include "regression/metrics.hpp"

namespace handbuilt::lessons::three_parameters {
namespace {

using plot::Figure;
using regression::root_mean_squared_error;

struct Country {
  Truth truth;
  Fields fields, fresh;
};

Country country_of(World world, std::uint64_t seed) {
  Random random(seed, key_of(world));
  Country country;
  country.truth = draw_truth(world, random);
  country.fields = draw_fields(country.truth, kFields, random);
  country.fresh = draw_fields(country.truth, kNewFields, random);
  return country;
}

/// Every driver's correlation with the yields; those that matter stand out, and so do some that do not.
Figure correlation_figure(const Country& country) {
  const VectorD y = country.fields.yields.array() - country.fields.yields.mean();
  std::vector<double> x, r, matter_x, matter_r;
  for (int d = 0; d < kDrivers; ++d) {
    const VectorD driver = country.fields.drivers.col(d).array() - country.fields.drivers.col(d).mean();
    const bool matters =
        std::find(country.truth.matter.begin(), country.truth.matter.end(), d) != country.truth.matter.end();
    (matters ? matter_x : x).push_back(d);
    (matters ? matter_r : r).push_back(std::abs(driver.dot(y)) / (driver.norm() * y.norm()));
  }
  Figure figure("How strongly each of 300 drivers goes with the yield of 80 fields");
  figure.axes("driver", "correlation, without sign").size(820, 340).y_range(0, 0.8);
  figure.points(x, r, "does not matter").points(matter_x, matter_r, "matters");
  figure.description(
      "300 dots, one a driver. Three that matter are marked. Most of the others lie below 0.25 though they have "
      "nothing "
      "to do with the yield, and some lie as high as the weakest of the three.");
  return figure;
}

/// Medians over all countries that were measured.
Figure estimates_figure() {
  const std::map<std::string, Number> numbers = recorded_numbers("03_three_parameters");
  std::vector<double> independent, related;
  for (auto [world, medians] : {std::pair{World::kIndependent, &independent}, {World::kRelated, &related}})
    for (const Estimate estimate : {Estimate::kFlat, Estimate::kMisSet, Estimate::kMinimumNorm, Estimate::kRidge,
                                    Estimate::kSelected, Estimate::kThreeKnown})
      medians->push_back(numbers.at("median_rmse_" + key_of(world) + "_" + key_of(estimate)).value);
  Figure figure("Off by how much on new fields, median of 100 countries");
  figure.axes("", "bushels per acre")
      .categories({"flat rate", "300 by hand", "300 shortest", "ridge", "selected", "the three"})
      .bars(independent, "drivers unrelated")
      .bars(related, "drivers related")
      .horizontal(independent.front())
      .size(820, 360);
  figure.description(
      "Bars of six estimates in two kinds of country. 300 parameters set by hand are far worse than the flat rate, the "
      "shortest perfect fit about as good as it, ridge a little better, forward selection better still, and the three "
      "that matter best.");
  return figure;
}

/// Predictions of one driver far outside what was seen: the line goes on, the guard does not.
Figure guard_figure(const Country& country) {
  const int driver = country.truth.matter.front();
  const MatrixD x = data::take_columns(country.fields.drivers, {driver});
  const regression::GuardedModel model(x, country.fields.yields);
  std::vector<double> at, plain, guarded, field_x, field_y;
  for (double value = -8; value <= 8; value += 0.05) {
    at.push_back(value);
    plain.push_back(model.model().predict_one(VectorD::Constant(1, value)));
    guarded.push_back(model.answer(VectorD::Constant(1, value)).value);
  }
  for (Eigen::Index field = 0; field < x.rows(); ++field) {
    field_x.push_back(x(field, 0));
    field_y.push_back(country.fields.yields(field));
  }
  Figure figure("A model that knows where it has been");
  figure.axes("driver", "yield")
      .points(field_x, field_y, "the 80 fields")
      .line(at, plain, "line")
      .line(at, guarded, "guarded");
  figure.size(760, 360);
  figure.description(
      "Eighty fields as dots over one driver and the line through them. The line goes on for ever in both directions; "
      "the "
      "guarded model follows it where fields were and falls back to the flat rate outside.");
  return figure;
}

}  // namespace

Errors errors_of(const Fields& fields, const Fields& fresh, const std::vector<int>& drivers) {
  const regression::SelectedFit fit = regression::fit_selected(fields.drivers, fields.yields, drivers);
  return {root_mean_squared_error(fit.predict(fields.drivers), fields.yields),
          root_mean_squared_error(fit.predict(fresh.drivers), fresh.yields)};
}

Curve curve_of(const Fields& fields, const Fields& fresh, const std::vector<int>& drivers) {
  Curve curve;
  for (std::size_t size = 0; size <= drivers.size(); ++size) {
    const Errors errors =
        errors_of(fields, fresh, {drivers.begin(), drivers.begin() + static_cast<std::ptrdiff_t>(size)});
    curve.seen.push_back(errors.seen);
    curve.unseen.push_back(errors.unseen);
  }
  return curve;
}

plot::Figure curve_figure(const Curve& curve, const std::string& title, double most) {
  Figure figure(title);
  figure.axes("parameters", "RMSE").line(curve.unseen, "new fields").line(curve.seen, "the 80 fields");
  figure.horizontal(curve.unseen.front(), "flat rate").y_range(0, most);
  figure.description(
      "Two curves over the number of parameters. The error on the fields that were fitted falls all the way to "
      "nothing; "
      "the error on new fields falls for the first few and then rises above the flat rate's.");
  return figure;
}

std::vector<TextFigure> text_figures() {
  const Country country = country_of(World::kIndependent, 1);
  const std::vector<int> path =
      regression::forward_selection(country.fields.drivers, country.fields.yields, 60).columns;
  return {{"correlations.svg", correlation_figure(country).draw()},
          {"parting.svg",
           curve_figure(curve_of(country.fields, country.fresh, path), "Training and new fields part ways", 40)
               .size(760, 380)
               .draw()},
          {"estimates.svg", estimates_figure().draw()},
          {"guard.svg", guard_figure(country).draw()}};
}

}  // namespace handbuilt::lessons::three_parameters
