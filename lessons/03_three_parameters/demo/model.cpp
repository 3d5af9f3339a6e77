#include "lessons/03_three_parameters/demo/model.hpp"

#include <algorithm>
#include <cmath>

#include "regression/forward_selection.hpp"

namespace handbuilt::lessons::three_parameters {

DemoModel::DemoModel(std::uint64_t seed, World world) : random_(seed, "demo"), world_(world) { draw_new(world); }

void DemoModel::draw_new(World world) {
  constexpr int kFresh = 1000;
  world_ = world;
  truth_ = draw_truth(world, random_);
  fields_ = draw_fields(truth_, kFields, random_);
  fresh_ = draw_fields(truth_, kFresh, random_);
  curve_ = {};
  drawn_.clear();
  clear();
}

bool DemoModel::is_chosen(int driver) const {
  return std::find(chosen_.begin(), chosen_.end(), driver) != chosen_.end();
}

void DemoModel::add(int driver) {
  if (driver < 0 || driver >= kDrivers || is_chosen(driver)) return;
  if (static_cast<int>(chosen_.size()) >= kMostInTheFit) return;
  chosen_.push_back(driver);
}

void DemoModel::toggle(int driver) {
  const auto found = std::find(chosen_.begin(), chosen_.end(), driver);
  found == chosen_.end() ? add(driver) : void(chosen_.erase(found));
  refresh();
}

void DemoModel::add_best() {
  add(static_cast<int>(std::max_element(promise_.begin(), promise_.end()) - promise_.begin()));
  refresh();
}

void DemoModel::add_random() {
  int driver = random_.below(kDrivers);
  while (is_chosen(driver)) driver = random_.below(kDrivers);
  add(driver);
  refresh();
}

void DemoModel::take_out_last() {
  if (chosen_.empty()) return;
  chosen_.pop_back();
  refresh();
}

void DemoModel::clear() {
  chosen_.clear();
  refresh();
}

void DemoModel::take_the_three() {
  if (truth_.matter.empty()) return;
  chosen_ = truth_.matter;
  refresh();
}

void DemoModel::refresh() {
  // The part of the curve that belongs to the drivers that were there before stays.
  const auto kept = static_cast<std::size_t>(
      std::mismatch(chosen_.begin(), chosen_.end(), drawn_.begin(), drawn_.end()).first - chosen_.begin());
  const std::size_t known = curve_.seen.empty() ? 0 : kept + 1;
  curve_.seen.resize(known);
  curve_.unseen.resize(known);
  for (std::size_t size = known; size <= chosen_.size(); ++size) {
    const Errors errors =
        errors_of(fields_, fresh_, {chosen_.begin(), chosen_.begin() + static_cast<std::ptrdiff_t>(size)});
    curve_.seen.push_back(errors.seen);
    curve_.unseen.push_back(errors.unseen);
  }
  drawn_ = chosen_;
  predicted_ = regression::fit_selected(fields_.drivers, fields_.yields, chosen_).predict(fresh_.drivers);

  // Take the chosen out of the yields and of the drivers; what is left of both is compared.
  MatrixD left = fields_.drivers.rowwise() - fields_.drivers.colwise().mean();
  VectorD rest = fields_.yields.array() - fields_.yields.mean();
  for (const int driver : chosen_) {
    const VectorD direction = left.col(driver).normalized();
    const Eigen::RowVectorXd shares = direction.transpose() * left;
    left -= direction * shares;
    rest -= direction.dot(rest) * direction;
  }
  promise_.assign(kDrivers, 0);
  for (int driver = 0; driver < kDrivers; ++driver) {
    const double length = left.col(driver).norm();
    if (!is_chosen(driver) && length > 1e-9 && rest.norm() > 1e-9)
      promise_[static_cast<std::size_t>(driver)] = std::abs(left.col(driver).dot(rest)) / (length * rest.norm());
  }
}

}  // namespace handbuilt::lessons::three_parameters
