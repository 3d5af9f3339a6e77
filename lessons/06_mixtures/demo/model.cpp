#include "lessons/06_mixtures/demo/model.hpp"

#include <algorithm>

#include "clustering/adjusted_rand.hpp"
#include "clustering/mixture_fit.hpp"

namespace handbuilt::lessons::mixtures {
namespace {

constexpr int kRows = 240;
constexpr double kFloorShare = 1e-3, kGain = 1e-6;  // of a column's variance; nats a row

}  // namespace

DemoModel::DemoModel(std::uint64_t seed, Cloud cloud) : random_(seed, "demo"), cloud_(cloud) { choose(cloud); }

void DemoModel::choose(Cloud cloud) {
  cloud_ = cloud;
  Rows rows = draw_rows(cloud, kRows, random_);
  x_ = std::move(rows.x);
  groups_ = std::move(rows.groups);
  components_ = groups_of(cloud);
  start();
  compare();
}

void DemoModel::clear() {
  x_.resize(0, 2);
  groups_.clear();
  start();
  compare();
}

void DemoModel::add_row(double x, double y) {
  if (x_.rows() >= kMostRows) return;
  x_.conservativeResize(x_.rows() + 1, 2);
  x_.row(x_.rows() - 1) << x, y;
  groups_.clear();
  if (mixture_.components() == 0)
    start();
  else
    look_at_rows();
  compare();
}

void DemoModel::set_components(int count) {
  const int wanted = std::clamp(count, 1, kMostComponents);
  if (wanted == components_) return;
  components_ = wanted;
  start();
  compare();
}

void DemoModel::set_form(clustering::CovarianceForm form) {
  form_ = form;
  start();
}

void DemoModel::restart() { start(); }

// #region start
/// Components as wide as all rows together, around rows drawn at random.
void DemoModel::start() {
  mixture_ = {};
  on_floor_ = false;
  const auto rows = static_cast<int>(x_.rows());
  if (rows > 0) {
    const std::vector<int> all_alike(static_cast<std::size_t>(rows), 0);
    mixture_ = clustering::mixture_of_labels(x_, all_alike, 1, form_, clustering::covariance_floor(x_, kFloorShare));
    const MatrixD covariance = mixture_.covariances.front();
    const std::vector<int> order = random_.permutation(rows);
    mixture_.weights = VectorD::Constant(components_, 1.0 / components_);
    mixture_.means.resize(components_, 2);
    mixture_.covariances.assign(static_cast<std::size_t>(components_), covariance);
    for (int c = 0; c < components_; ++c) mixture_.means.row(c) = x_.row(order[static_cast<std::size_t>(c % rows)]);
  }
  look_at_rows();
}
// #endregion start

/// The rows have changed, or the mixture has: the likelihoods of before are of something else.
void DemoModel::look_at_rows() {
  log_likelihoods_.clear();
  shares_.resize(x_.rows(), mixture_.components());
  if (mixture_.components() == 0) return;
  mixture_.floor = clustering::covariance_floor(x_, kFloorShare);
  shares_ = clustering::responsibilities(mixture_, x_);
  log_likelihoods_.push_back(clustering::log_likelihood(mixture_, x_));
}

void DemoModel::step() {
  if (mixture_.components() == 0) return;
  clustering::MixtureStep next = clustering::em_step(x_, mixture_);
  mixture_ = std::move(next.mixture);
  on_floor_ = !next.on_floor.empty();
  shares_ = clustering::responsibilities(mixture_, x_);
  log_likelihoods_.push_back(clustering::log_likelihood(mixture_, x_));
}

void DemoModel::run(int most_steps) {
  for (int k = 0; k < most_steps && !has_converged(); ++k) step();
}

bool DemoModel::has_converged() const {
  const std::size_t count = log_likelihoods_.size();
  if (mixture_.components() == 0) return true;
  return count > 1 &&
         log_likelihoods_[count - 1] - log_likelihoods_[count - 2] < kGain * static_cast<double>(x_.rows());
}

double DemoModel::bic() const {
  if (mixture_.components() == 0) return 0;
  return clustering::bic(log_likelihoods_.back(), mixture_.parameters(), static_cast<double>(x_.rows()));
}

double DemoModel::agreement(const std::vector<int>& labels) const {
  return knows_groups() && labels.size() == groups_.size() ? clustering::adjusted_rand(labels, groups_) : 0;
}

std::vector<int> DemoModel::assigned() const {
  return mixture_.components() == 0 ? std::vector<int>{} : clustering::assign(mixture_, x_);
}

void DemoModel::compare() {
  by_method_.clear();
  if (x_.rows() < components_) return;
  for (const Method method : kMethods) {
    Random random(1, name_of(method));
    by_method_.push_back(found_groups(method, x_, components_, random));
  }
}

}  // namespace handbuilt::lessons::mixtures
