#include "regression/gradient_descent.hpp"

#include <algorithm>
#include <cmath>
#include <sstream>

#include "core/error.hpp"

namespace handbuilt::regression {

using Eigen::Index;

namespace {

constexpr const char* kWhere = "gradient descent";

/// The design with its column of ones, and what it costs to be wrong.
class Problem {
 public:
  Problem(const MatrixView& x, const VectorView& y, bool intercept, double ridge)
      : design_(x.rows(), x.cols() + (intercept ? 1 : 0)), y_(y), first_(intercept ? 1 : 0), ridge_(ridge) {
    if (intercept) design_.col(0).setOnes();
    design_.rightCols(x.cols()) = x;
  }

  [[nodiscard]] Index parameters() const { return design_.cols(); }
  [[nodiscard]] int rows() const { return static_cast<int>(design_.rows()); }

  [[nodiscard]] double loss(const VectorD& b) const {
    return ((design_ * b - y_).squaredNorm() + ridge_ * penalised(b).squaredNorm()) / rows();
  }

  // #region gradient
  /// The gradient of half the mean squared error over all rows.
  [[nodiscard]] VectorD gradient(const VectorD& b) const {
    const VectorD residuals = design_ * b - y_;
    return (design_.transpose() * residuals + ridge_ * penalised(b)) / rows();
  }
  // #endregion gradient

  /// The same over some of the rows, which is right on average.
  [[nodiscard]] VectorD gradient(const VectorD& b, const int* first, int count) const {
    VectorD sum = VectorD::Zero(b.size());
    for (int i = 0; i < count; ++i)
      sum += (design_.row(first[i]).dot(b) - y_[first[i]]) * design_.row(first[i]).transpose();
    return sum / count + ridge_ / rows() * penalised(b);
  }

  /// The largest eigenvalue of the matrix of second derivatives.
  [[nodiscard]] double largest_curvature() const {
    VectorD direction = design_.cwiseAbs().colwise().sum().transpose();
    double curvature = 0;
    for (int i = 0; i < 100 && direction.norm() > 0; ++i) {
      direction.normalize();
      const VectorD image = (design_.transpose() * (design_ * direction) + ridge_ * penalised(direction)) / rows();
      curvature = image.norm();
      direction = image;
    }
    return curvature;
  }

 private:
  [[nodiscard]] VectorD penalised(const VectorD& b) const {
    VectorD weights = b;
    weights.head(first_).setZero();
    return weights;
  }

  MatrixD design_;
  VectorD y_;
  Index first_;
  double ridge_;
};

void check(const MatrixView& x, const VectorView& y, const GradientDescentOptions& options) {
  require_same_rows(kWhere, x, y.size());
  if (x.rows() == 0 || x.cols() + options.intercept == 0)
    throw ShapeError(std::string(kWhere) + ": expected at least one row and one coefficient, got x " + shape_of(x));
  const auto not_negative = [](double value) { return value >= 0 && std::isfinite(value); };
  require_option(not_negative(options.learning_rate), kWhere, "learning_rate", "of at least 0", options.learning_rate);
  require_option(options.momentum >= 0 && options.momentum < 1, kWhere, "momentum", "in [0, 1)", options.momentum);
  require_option(options.batch_rows >= 0, kWhere, "batch_rows", "of at least 0", options.batch_rows);
  require_option(options.epochs >= 0, kWhere, "epochs", "of at least 0", options.epochs);
  require_option(not_negative(options.tolerance), kWhere, "tolerance", "of at least 0", options.tolerance);
  require_option(not_negative(options.decay), kWhere, "decay", "of at least 0", options.decay);
  require_option(not_negative(options.ridge), kWhere, "ridge", "of at least 0", options.ridge);
  require_finite(kWhere, x, y, column_names(kWhere, {}, x.cols()));
}

[[noreturn]] void diverged(double rate, double curvature) {
  std::ostringstream message;
  message << kWhere << ": diverged with learning_rate " << rate << "; expected less than 2 / " << curvature << " = "
          << 2 / curvature << " (scaling the columns alike allows for larger ones)";
  throw ValueError(message.str());
}

}  // namespace

VectorD GradientDescentFit::predict(const MatrixView& x) const {
  require_columns(kWhere, x, coefficients.size());
  return (x * coefficients).array() + intercept;
}

GradientDescentFit fit_by_gradient_descent(const MatrixView& x, const VectorView& y,
                                           const GradientDescentOptions& options, Random& random) {
  check(x, y, options);
  const Problem problem(x, y, options.intercept, options.ridge);
  const double curvature = problem.largest_curvature();
  GradientDescentFit fit;
  fit.learning_rate = options.learning_rate > 0 ? options.learning_rate : curvature > 0 ? 1 / curvature : 1;

  const int rows = problem.rows(), batch = options.batch_rows > 0 ? std::min(options.batch_rows, rows) : rows;
  VectorD b = VectorD::Zero(problem.parameters()), step = b;
  const double first_slope = problem.gradient(b).norm();
  const auto note = [&] {
    fit.loss.push_back(problem.loss(b));
    if (options.keep_path) fit.path.push_back(b);
    if (!std::isfinite(fit.loss.back())) diverged(fit.learning_rate, curvature);
  };
  note();
  for (int epoch = 0; epoch < options.epochs; ++epoch) {
    const double rate = fit.learning_rate / (1 + options.decay * epoch);
    const VectorD slope = problem.gradient(b);
    fit.converged = slope.norm() <= options.tolerance * first_slope;
    if (fit.converged) break;
    if (batch == rows) {
      step = options.momentum * step - rate * slope;
      b += step;
    } else {
      const std::vector<int> order = random.permutation(rows);
      for (int first = 0; first < rows; first += batch) {
        step =
            options.momentum * step - rate * problem.gradient(b, order.data() + first, std::min(batch, rows - first));
        b += step;
      }
    }
    note();
  }
  fit.intercept = options.intercept ? b[0] : 0;
  fit.coefficients = b.tail(x.cols());
  return fit;
}

}  // namespace handbuilt::regression
