#include "regression/forward_selection.hpp"

#include <algorithm>
#include <cmath>

#include "core/error.hpp"
#include "data/design.hpp"
#include "regression/least_squares.hpp"
#include "regression/triangular.hpp"

namespace handbuilt::regression {

using Eigen::Index;

namespace {

constexpr const char* kWhere = "forward selection";

/// What is left of y and of the columns after those chosen have been taken out of them.
class Remainder {
 public:
  Remainder(const MatrixD& x, const VectorD& y)
      : columns_(x.rowwise() - x.colwise().mean()),
        y_(y.array() - y.mean()),
        free_(static_cast<std::size_t>(x.cols()), true) {
    first_squares_ = columns_.colwise().squaredNorm();
    tolerance_ = rank_tolerance(x.rows(), x.cols());
  }

  [[nodiscard]] double residual_squares() const { return y_.squaredNorm(); }

  /// The column that takes most of what is left of y with it, or -1 when there is nothing left of any.
  [[nodiscard]] int best() const {
    const Eigen::RowVectorXd products = y_.transpose() * columns_;
    const Eigen::RowVectorXd squares = columns_.colwise().squaredNorm();
    int best = -1;
    double best_gain = -1;
    for (Index j = 0; j < columns_.cols(); ++j) {
      if (!free_[static_cast<std::size_t>(j)] || !(squares[j] > tolerance_ * first_squares_[j])) continue;
      const double gain = products[j] * products[j] / squares[j];
      if (gain > best_gain) {
        best_gain = gain;
        best = static_cast<int>(j);
      }
    }
    return best;
  }

  void take_out(int column) {
    const VectorD direction = columns_.col(column).normalized();
    const Eigen::RowVectorXd shares = direction.transpose() * columns_;
    columns_.noalias() -= direction * shares;
    y_ -= direction.dot(y_) * direction;
    free_[static_cast<std::size_t>(column)] = false;
  }

 private:
  MatrixD columns_;
  VectorD y_;
  std::vector<bool> free_;
  Eigen::RowVectorXd first_squares_;
  double tolerance_ = 0;
};

}  // namespace

SelectionPath forward_selection(const MatrixD& x, const VectorD& y, int most) {
  require_same_rows(kWhere, x, y.size());
  require_option(most >= 0, kWhere, "most", "of at least 0", most);
  if (x.rows() == 0) throw ShapeError(std::string(kWhere) + ": expected at least one row, got " + shape_of(x));
  require_finite(kWhere, x, y, column_names(kWhere, {}, x.cols()));
  Remainder left(x, y);
  SelectionPath path;
  path.residual_squares.push_back(left.residual_squares());
  const Index largest = std::min<Index>({most, x.cols(), x.rows() - 1});
  while (std::ssize(path.columns) < largest) {
    const int column = left.best();
    if (column < 0) break;
    left.take_out(column);
    path.columns.push_back(column);
    path.residual_squares.push_back(left.residual_squares());
  }
  return path;
}

SelectedFit fit_selected(const MatrixD& x, const VectorD& y, const std::vector<int>& columns,
                         const std::vector<std::string>& names) {
  const std::vector<std::string> all = column_names(kWhere, names, x.cols());
  return {columns, fit_least_squares(data::take_columns(x, columns), y, {.names = data::take(all, columns)})};
}

VectorD SelectedFit::predict(const MatrixD& x) const { return fit.predict(data::take_columns(x, columns)); }

SizeChoice choose_size(const MatrixD& x, const VectorD& y, int most, const std::vector<data::Fold>& folds,
                       bool one_standard_error) {
  if (folds.empty()) throw ValueError(std::string(kWhere) + ": expected at least one fold, got none");
  // [folds][sizes] mean squared error on the rows held out.
  std::vector<std::vector<double>> errors;
  std::size_t sizes = static_cast<std::size_t>(most) + 1;
  for (const data::Fold& fold : folds) {
    const MatrixD x_train = data::take(x, fold.train), x_held_out = data::take(x, fold.validation);
    const VectorD y_train = data::take(y, fold.train), y_held_out = data::take(y, fold.validation);
    const SelectionPath path = forward_selection(x_train, y_train, most);
    sizes = std::min(sizes, path.residual_squares.size());
    std::vector<double>& of_fold = errors.emplace_back();
    for (std::size_t size = 0; size < path.residual_squares.size(); ++size) {
      const std::vector<int> chosen(path.columns.begin(), path.columns.begin() + static_cast<std::ptrdiff_t>(size));
      const VectorD predicted = fit_selected(x_train, y_train, chosen).predict(x_held_out);
      of_fold.push_back((predicted - y_held_out).squaredNorm() / static_cast<double>(y_held_out.size()));
    }
  }

  SizeChoice choice;
  const auto count = static_cast<double>(folds.size());
  std::vector<double> means;
  for (std::size_t size = 0; size < sizes; ++size) {
    double weighted = 0, rows = 0;
    for (std::size_t fold = 0; fold < folds.size(); ++fold) {
      weighted += errors[fold][size] * static_cast<double>(folds[fold].validation.size());
      rows += static_cast<double>(folds[fold].validation.size());
    }
    means.push_back(weighted / rows);
    choice.rmse.push_back(std::sqrt(means.back()));
  }
  const std::size_t best = static_cast<std::size_t>(std::min_element(means.begin(), means.end()) - means.begin());
  double allowed = means[best];
  if (one_standard_error && folds.size() > 1) {
    double squares = 0;
    for (const std::vector<double>& of_fold : errors)
      squares += (of_fold[best] - means[best]) * (of_fold[best] - means[best]);
    allowed += std::sqrt(squares / (count - 1) / count);
  }
  choice.size = static_cast<int>(
      std::find_if(means.begin(), means.end(), [&](double mean) { return mean <= allowed; }) - means.begin());
  return choice;
}

namespace {

Predictor learn_with(const MatrixD& x, const VectorD& y, int size) {
  const SelectionPath path = forward_selection(x, y, size);
  return [fit = fit_selected(x, y, path.columns)](const MatrixD& rows) { return fit.predict(rows); };
}

}  // namespace

Learner forward_selection_learner(int size) {
  return [size](const MatrixD& x, const VectorD& y) { return learn_with(x, y, size); };
}

Learner forward_selection_learner(int most, int folds, std::uint64_t seed, bool one_standard_error) {
  return [=](const MatrixD& x, const VectorD& y) {
    Random random(seed, "forward selection folds");
    const std::vector<data::Fold> inner = data::k_fold(static_cast<int>(x.rows()), folds, random);
    return learn_with(x, y, choose_size(x, y, most, inner, one_standard_error).size);
  };
}

}  // namespace handbuilt::regression
