#include "regression/logistic.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/distributions.hpp"
#include "core/error.hpp"
#include "core/gram_simd.hpp"
#include "core/parallel.hpp"
#include "core/random.hpp"
#include "regression/formatted.hpp"
#include "regression/lbfgs.hpp"
#include "regression/logistic_simd.hpp"
#include "regression/scaled_parameters.hpp"
#include "regression/triangular.hpp"

namespace handbuilt::regression {

using Eigen::Index;

double sigmoid(double z) {
  const double e = std::exp(-std::abs(z));
  return z >= 0 ? 1 / (1 + e) : e / (1 + e);
}

double softplus(double z) { return std::max(z, 0.0) + std::log1p(std::exp(-std::abs(z))); }

// #region sums
detail::LogisticSums detail::logistic_sums_plain(const MatrixView& x, const std::vector<int>& labels, bool intercept,
                                                 const VectorD& b, bool with_hessian) {
  const Index p = b.size();
  LogisticSums sums{0, VectorD::Zero(p), with_hessian ? MatrixD::Zero(p, p) : MatrixD()};
  VectorD row(p);
  for (Index i = 0; i < x.rows(); ++i) {
    if (intercept) row[0] = 1;
    row.tail(x.cols()) = x.row(i).transpose();
    const double z = row.dot(b), label = labels[static_cast<std::size_t>(i)];
    const double probability = sigmoid(z);
    sums.loss += softplus(z) - label * z;
    sums.gradient += (probability - label) * row;
    if (!with_hessian) continue;
    const double weight = probability * (1 - probability);
    for (Index j = 0; j < p; ++j) sums.hessian.row(j).tail(p - j) += weight * row[j] * row.tail(p - j).transpose();
  }
  return sums;
}
// #endregion sums

detail::LogisticSums detail::logistic_sums(const MatrixView& x, const std::vector<int>& labels, bool intercept,
                                           const VectorD& b, bool with_hessian, int threads) {
  constexpr int kChunkNumbers = 48 * 1024;  // 384 KiB
  const Index columns = x.cols(), first = intercept ? 1 : 0, size = columns + first;
  Workers workers(threads);
  struct Share {
    bool has_rows = false;
    double loss = 0, gradient_of_intercept = 0;
    VectorD gradient;
    MatrixD hessian;
  };
  std::vector<Share> shares(static_cast<std::size_t>(workers.count()));
  const VectorD weights = b.tail(columns);
  workers.parallel_for(static_cast<int>(x.rows()), [&](int begin, int end, int worker) {
    Share& share = shares[static_cast<std::size_t>(worker)];
    share.has_rows = true;
    share.gradient = VectorD::Zero(columns);
    if (with_hessian) share.hessian = MatrixD::Zero(size, size);
    // A chunk of rows goes through both kernels while it lies in the second-level cache.
    const int chunk = std::max(256, kChunkNumbers / std::max(1, static_cast<int>(columns)));
    std::vector<double> curvature(with_hessian ? static_cast<std::size_t>(chunk) : 0);
    for (int from = begin; from < end; from += chunk) {
      const Rows rows{x.data() + from * x.outerStride(), x.outerStride(), std::min(chunk, end - from),
                      static_cast<int>(columns)};
      share.loss +=
          logistic_pass(rows, labels.data() + from, intercept ? b[0] : 0, weights.data(), share.gradient.data(),
                        share.gradient_of_intercept, with_hessian ? curvature.data() : nullptr);
      if (with_hessian)
        handbuilt::detail::add_products(rows, nullptr, intercept, curvature.data(), share.hessian.data());
    }
  });

  LogisticSums sums{0, VectorD::Zero(size), with_hessian ? MatrixD::Zero(size, size) : MatrixD()};
  for (const Share& share : shares) {
    if (!share.has_rows) continue;  // more threads than rows
    sums.loss += share.loss;
    sums.gradient.tail(columns) += share.gradient;
    if (intercept) sums.gradient[0] += share.gradient_of_intercept;
    if (!with_hessian) continue;
    // The products have the ones last; here the intercept stands first.
    sums.hessian.bottomRightCorner(columns, columns) += share.hessian.topLeftCorner(columns, columns);
    if (intercept) {
      sums.hessian(0, 0) += share.hessian(columns, columns);
      sums.hessian.row(0).tail(columns) += share.hessian.col(columns).head(columns).transpose();
    }
  }
  return sums;
}

namespace {

constexpr const char* kWhere = "logistic regression";

/// The penalised loss over all rows.
class Loss {
 public:
  Loss(const MatrixView& x, const std::vector<int>& labels, const ClassifierOptions& options)
      : x_(x), labels_(labels), options_(options) {}

  [[nodiscard]] Index rows() const { return x_.rows(); }
  [[nodiscard]] Index parameters() const { return x_.cols() + first(); }
  [[nodiscard]] Index first() const { return options_.intercept ? 1 : 0; }

  [[nodiscard]] detail::LogisticSums operator()(const VectorD& b, bool with_hessian) const {
    detail::LogisticSums sums =
        detail::logistic_sums(x_, labels_, options_.intercept, b, with_hessian, options_.threads);
    const auto weights = b.tail(x_.cols());
    sums.loss += options_.l2 / 2 * weights.squaredNorm();
    sums.gradient.tail(x_.cols()) += options_.l2 * weights;
    if (with_hessian) sums.hessian.diagonal().tail(x_.cols()).array() += options_.l2;
    return sums;
  }

 private:
  const MatrixView& x_;
  const std::vector<int>& labels_;
  const ClassifierOptions& options_;
};

struct Found {
  VectorD b;
  int iterations = 0;
  bool converged = false;
  double loss = 0;
  MatrixD hessian = {};  // by Newton's method only: of the last look at the rows, a step below the tolerance before b
  bool singular = false, separated = false;
};

void check(const MatrixView& x, const std::vector<int>& labels, const ClassifierOptions& options,
           const std::vector<std::string>& names) {
  require_classifier_input(kWhere, x, labels, options);
  for (std::size_t row = 0; row < labels.size(); ++row)
    if (labels[row] != 0 && labels[row] != 1)
      throw ValueError(std::string(kWhere) + ": row " + std::to_string(row) + ": expected the label 0 or 1, got " +
                       std::to_string(labels[row]));
  const auto ones = std::count(labels.begin(), labels.end(), 1);
  if (ones == 0 || ones == std::ssize(labels))
    throw ValueError(std::string(kWhere) + ": expected rows of both classes, got " + std::to_string(labels.size()) +
                     " rows of class " + std::to_string(labels.front()));
  require_finite(kWhere, x, VectorD(), names);
}

bool separates(const VectorD& b, const MatrixView& x, const std::vector<int>& labels, Index first) {
  for (Index i = 0; i < x.rows(); ++i) {
    const double z = (first == 1 ? b[0] : 0) + x.row(i).dot(b.tail(x.cols()));
    if ((labels[static_cast<std::size_t>(i)] == 1) != (z > 0) || z == 0) return false;
  }
  return true;
}

[[noreturn]] void refuse_separated() {
  throw ValueError(
      std::string(kWhere) +
      ": expected classes that overlap, got ones that a plane separates: without l2 larger coefficients are "
      "always better (set l2 above 0)");
}

[[noreturn]] void refuse_dependent(const MatrixView& x, bool intercept, const std::vector<std::string>& names) {
  // The same columns, orthogonalised: which of them are made of which.
  MatrixD gram(x.cols() + intercept, x.cols() + intercept);
  VectorD scale = x.cwiseAbs().colwise().maxCoeff().transpose();
  for (double& s : scale) s = s > 0 ? 1 / s : 1;
  gram.bottomRightCorner(x.cols(), x.cols()) = scale.asDiagonal() * (x.transpose() * x) * scale.asDiagonal();
  if (intercept) {
    gram.col(0).tail(x.cols()) = scale.cwiseProduct(x.colwise().sum().transpose());
    gram.row(0) = gram.col(0).transpose();
    gram(0, 0) = static_cast<double>(x.rows());
  }
  const Cholesky decomposition = cholesky(gram, rank_tolerance(x.rows(), gram.rows()));
  std::string what = "some that do";
  if (decomposition.stopped_at >= 0) {
    const Index column = decomposition.stopped_at - intercept;
    what = "column \"" + (column < 0 ? std::string("intercept") : names[static_cast<std::size_t>(column)]) +
           "\", which is, to rounding, a combination of those before it";
  }
  throw ValueError(std::string(kWhere) + ": expected columns that do not depend on each other, got " + what +
                   " (drop it, or set l2 above 0)");
}

// #region newton
/// Steps to where a parabola with the loss's slope and curvature is least, and halves steps that do not help, until
/// what is left to gain is below `enough`.
Found newton_from(VectorD b, const Loss& loss, double enough, const ClassifierOptions& options) {
  constexpr int kMostHalvings = 30;
  constexpr double kPerfect = 1e-3;  // so small a loss has every row on its side of the plane
  Found found{.b = std::move(b)};
  detail::LogisticSums here = loss(found.b, true);
  if (!found.b.isZero(0) && !(here.loss < static_cast<double>(loss.rows()) * std::log(2.0))) {  // worse than zero
    found.b.setZero();
    here = loss(found.b, true);
  }
  const double tolerance = options.l2 > 0 ? 0 : rank_tolerance(loss.rows(), loss.parameters());
  while (found.iterations < options.max_iterations) {
    const Cholesky curvature = cholesky(here.hessian, tolerance);
    found.singular = curvature.stopped_at >= 0;
    if (found.singular) break;
    const VectorD step = solve_upper(curvature.r, solve_upper_transposed(curvature.r, here.gradient));
    const double to_gain = here.gradient.dot(step) / 2;
    found.converged = to_gain <= enough;
    // The last step is as good as any and costs no look at the rows.
    if (found.converged) {
      found.b -= step;
      here.loss -= to_gain;  // up to terms of third order
      break;
    }
    double share = 1;
    for (int halvings = 0;; ++halvings, share /= 2) {
      const VectorD there = found.b - share * step;
      detail::LogisticSums sums = loss(there, true);
      if (sums.loss < here.loss || halvings == kMostHalvings) {
        found.b = there;
        here = std::move(sums);
        break;
      }
    }
    ++found.iterations;
    found.separated = options.l2 == 0 && here.loss < kPerfect;
    if (found.separated) break;
  }
  found.loss = here.loss;
  found.hessian = std::move(here.hessian);
  return found;
}
// #endregion newton

/// Where Newton's method starts: at the fit of every fourth row, if that leaves rows enough, which itself starts at
/// that of every fourth of those. It costs a third of a look at all rows, and saves most of the steps there. Zero is
/// safe.
VectorD start_for_newton(const MatrixView& x, const std::vector<int>& labels, const ClassifierOptions& options) {
  constexpr Index kEvery = 4, kFewest = 1000, kRowsPerParameter = 25;
  const Index parameters = x.cols() + options.intercept, kept = x.rows() / kEvery;
  VectorD zero = VectorD::Zero(parameters);
  if (options.max_iterations == 0 || kept < std::max(kFewest, kRowsPerParameter * parameters)) return zero;

  const Eigen::Map<const MatrixD, 0, Eigen::OuterStride<>> sample(x.data(), kept, x.cols(),
                                                                  Eigen::OuterStride<>(kEvery * x.outerStride()));
  std::vector<int> sample_labels(static_cast<std::size_t>(kept));
  for (std::size_t i = 0; i < sample_labels.size(); ++i) sample_labels[i] = labels[kEvery * i];
  ClassifierOptions of_sample = options;
  of_sample.l2 = options.l2 / kEvery;
  of_sample.max_iterations = 20;
  // Chance moves the fit of a sample by about half a nat a parameter: no more is asked for.
  const double enough = 0.05 * static_cast<double>(parameters);
  const MatrixView view = sample;
  Found found = newton_from(start_for_newton(view, sample_labels, of_sample), Loss(view, sample_labels, of_sample),
                            enough, of_sample);
  return found.converged && found.b.allFinite() ? std::move(found.b) : std::move(zero);
}

Found by_newton(const Loss& loss, const MatrixView& x, const std::vector<int>& labels, const ClassifierOptions& options,
                const std::vector<std::string>& names) {
  Found found = newton_from(start_for_newton(x, labels, options), loss, options.tolerance, options);
  if (found.separated || (found.singular && separates(found.b, x, labels, loss.first()))) refuse_separated();
  if (found.singular) refuse_dependent(x, options.intercept, names);
  return found;
}

Found by_lbfgs(const Loss& loss, const MatrixView& x, const ClassifierOptions& options) {
  const ScaledParameters scaled(x, options.intercept);
  const Objective objective = [&](const VectorD& at, VectorD& gradient) {
    const detail::LogisticSums sums = loss(scaled.to_columns(at), false);
    gradient = scaled.gradient_to_scaled(sums.gradient);
    return sums.loss;
  };
  const Minimum minimum = minimise_lbfgs(objective, VectorD::Zero(scaled.size()),
                                         {.max_iterations = options.max_iterations, .tolerance = options.tolerance});
  return {scaled.to_columns(minimum.at), minimum.iterations, minimum.converged};
}

Found by_sgd(const MatrixView& x, const std::vector<int>& labels, const ClassifierOptions& options) {
  const ScaledParameters scaled(x, options.intercept);
  Random random(options.seed, "logistic batches");
  const int rows = static_cast<int>(x.rows());
  const Index first = options.intercept ? 1 : 0;
  VectorD at = VectorD::Zero(scaled.size());
  for (int epoch = 0; epoch < options.epochs; ++epoch) {
    const double rate = options.learning_rate / (1 + options.decay * epoch);
    const std::vector<int> order = random.permutation(rows);
    for (int begin = 0; begin < rows; begin += options.batch_rows) {
      const int end = std::min(rows, begin + options.batch_rows);
      const VectorD b = scaled.to_columns(at);
      VectorD gradient = VectorD::Zero(b.size());
      for (int place = begin; place < end; ++place) {
        const int row = order[static_cast<std::size_t>(place)];
        const double z = (first == 1 ? b[0] : 0) + x.row(row).dot(b.tail(x.cols()));
        const double error = sigmoid(z) - labels[static_cast<std::size_t>(row)];
        gradient.tail(x.cols()) += error * x.row(row).transpose();
        if (first == 1) gradient[0] += error;
      }
      gradient /= end - begin;
      gradient.tail(x.cols()) += options.l2 / rows * b.tail(x.cols());
      at -= rate * scaled.gradient_to_scaled(gradient);
    }
  }
  return {scaled.to_columns(at), options.epochs, true};
}

}  // namespace

VectorD LogisticFit::log_odds(const MatrixView& x) const {
  require_columns(kWhere, x, coefficients.size());
  return (x * coefficients).array() + intercept;
}

VectorD LogisticFit::probabilities(const MatrixView& x) const { return log_odds(x).unaryExpr(&sigmoid); }

std::vector<int> LogisticFit::predict(const MatrixView& x, double threshold) const {
  const VectorD probability = probabilities(x);
  std::vector<int> labels;
  for (const double p : probability) labels.push_back(p >= threshold ? 1 : 0);
  return labels;
}

VectorD LogisticFit::standard_errors() const { return covariance.diagonal().cwiseSqrt(); }

std::vector<Interval> LogisticFit::coefficient_intervals(double level) const {
  require_option(level > 0 && level < 1, kWhere, "level", "above 0 and below 1", level);
  const double factor = normal_quantile((1 + level) / 2);
  const VectorD errors = standard_errors();
  std::vector<Interval> intervals;
  for (Index i = 0; i < errors.size(); ++i) {
    const double value = !has_intercept ? coefficients[i] : i == 0 ? intercept : coefficients[i - 1];
    intervals.push_back({value - factor * errors[i], value + factor * errors[i]});
  }
  return intervals;
}

double LogisticFit::pseudo_r_squared() const { return 1 - log_likelihood / null_log_likelihood; }

double LogisticFit::aic() const {
  return 2 * static_cast<double>(coefficients.size() + has_intercept) - 2 * log_likelihood;
}

std::string LogisticFit::summary() const {
  std::vector<std::string> labels = names;
  VectorD values = coefficients;
  if (has_intercept) {
    labels.insert(labels.begin(), "intercept");
    values.resize(coefficients.size() + 1);
    values << intercept, coefficients;
  }
  int widest = 9;
  for (const std::string& label : labels) widest = std::max(widest, static_cast<int>(label.size()));
  std::string text = "logistic fit of " + std::to_string(rows) + " rows, " + std::to_string(positives) +
                     " of class 1, on " + std::to_string(coefficients.size()) +
                     (coefficients.size() == 1 ? " column" : " columns") + (has_intercept ? " and an intercept" : "");
  if (l2 > 0) text += formatted(", l2 %.4g", l2);
  const bool judged = covariance.size() > 0;
  text += '\n' + formatted("  %-*s  %12s", widest, "", "estimate");
  if (judged) text += formatted("  %12s  %27s  %8s  %8s", "std. error", "95 % interval", "z", "p");
  text += '\n';
  const VectorD errors = judged ? standard_errors() : VectorD();
  const std::vector<Interval> intervals = judged ? coefficient_intervals() : std::vector<Interval>();
  for (Index i = 0; i < values.size(); ++i) {
    text += formatted("  %-*s  %12.6g", widest, labels[static_cast<std::size_t>(i)].c_str(), values[i]);
    if (judged) {
      const double z = values[i] / errors[i];
      const auto [low, high] = intervals[static_cast<std::size_t>(i)];
      text +=
          formatted("  %12.4g  %12.6g ... %10.6g  %8.3g  %8.2g", errors[i], low, high, z, 2 * normal_cdf(-std::abs(z)));
    }
    text += '\n';
  }
  text += formatted("  log-likelihood %.6g (base rate alone %.6g), pseudo-R^2 %.4f, AIC %.6g\n", log_likelihood,
                    null_log_likelihood, pseudo_r_squared(), aic());
  text += formatted("  %s after %d iterations\n", converged ? "converged" : "did NOT converge", iterations);
  return text;
}

LogisticFit fit_logistic(const MatrixView& x, const std::vector<int>& labels, const ClassifierOptions& options) {
  LogisticFit fit;
  fit.names = column_names(kWhere, options.names, x.cols());
  check(x, labels, options, fit.names);
  const Loss loss(x, labels, options);
  Found found = options.solver == ClassifierSolver::kNewton  ? by_newton(loss, x, labels, options, fit.names)
                : options.solver == ClassifierSolver::kLbfgs ? by_lbfgs(loss, x, options)
                                                             : by_sgd(x, labels, options);
  if (options.l2 == 0 && options.solver == ClassifierSolver::kLbfgs && separates(found.b, x, labels, loss.first()))
    refuse_separated();

  fit.has_intercept = options.intercept;
  fit.intercept = options.intercept ? found.b[0] : 0;
  fit.coefficients = found.b.tail(x.cols());
  fit.l2 = options.l2;
  fit.rows = x.rows();
  fit.positives = std::count(labels.begin(), labels.end(), 1);
  fit.iterations = found.iterations;
  fit.converged = found.converged;

  if (options.solver != ClassifierSolver::kNewton) {  // which brings both along
    detail::LogisticSums sums = loss(found.b, options.solver == ClassifierSolver::kLbfgs && options.lbfgs_covariance);
    found.loss = sums.loss;
    found.hessian = std::move(sums.hessian);
  }
  fit.log_likelihood = -(found.loss - options.l2 / 2 * fit.coefficients.squaredNorm());
  const auto n = static_cast<double>(fit.rows), ones = static_cast<double>(fit.positives);
  fit.null_log_likelihood =
      options.intercept ? ones * std::log(ones / n) + (n - ones) * std::log1p(-ones / n) : -n * std::log(2.0);
  if (found.hessian.size() > 0) {
    const Cholesky curvature = cholesky(found.hessian);
    const Index p = loss.parameters();
    fit.covariance = MatrixD::Constant(p, p, std::numeric_limits<double>::quiet_NaN());
    if (curvature.stopped_at < 0) {
      const MatrixD inverse = inverse_upper(curvature.r);
      fit.covariance = inverse * inverse.transpose();
    }
  }
  return fit;
}

}  // namespace handbuilt::regression
