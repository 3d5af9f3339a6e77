#include "regression/softmax.hpp"

#include <algorithm>
#include <cmath>

#include "core/error.hpp"
#include "core/random.hpp"
#include "regression/formatted.hpp"
#include "regression/lbfgs.hpp"
#include "regression/scaled_parameters.hpp"

namespace handbuilt::regression {

using Eigen::Index;

namespace {

constexpr const char* kWhere = "softmax regression";

int check(const MatrixView& x, const std::vector<int>& labels, const ClassifierOptions& options,
          const std::vector<std::string>& names) {
  require_classifier_input(kWhere, x, labels, options);
  int largest = 0;
  for (std::size_t row = 0; row < labels.size(); ++row) {
    if (labels[row] < 0 || labels[row] >= std::max<std::ptrdiff_t>(2, std::ssize(labels)))
      throw ValueError(std::string(kWhere) + ": row " + std::to_string(row) + ": expected a label from 0 up, below " +
                       std::to_string(labels.size()) + ", got " + std::to_string(labels[row]));
    largest = std::max(largest, labels[row]);
  }
  if (std::all_of(labels.begin(), labels.end(), [&](int label) { return label == labels.front(); }))
    throw ValueError(std::string(kWhere) + ": expected rows of at least two classes, got " +
                     std::to_string(labels.size()) + " rows of class " + std::to_string(labels.front()));
  require_finite(kWhere, x, VectorD(), names);
  return largest + 1;
}

/// Turns scores [rows, classes] into probabilities and returns the sum of -log of those of the labels.
double softmax_in_place(MatrixD& scores, const int* labels) {
  double loss = 0;
  for (Index i = 0; i < scores.rows(); ++i) {
    auto row = scores.row(i);
    const double largest = row.maxCoeff();
    const double own = labels == nullptr ? 0 : row[labels[i]];
    row = (row.array() - largest).exp();
    const double sum = row.sum();
    loss += std::log(sum) + largest - own;
    row /= sum;
  }
  return loss;
}

/// The sum of log losses over all rows and its gradient [classes, p], a block of rows at a time. Parameters [classes,
/// p] have the intercept first if there is one.
double loss_and_gradient(const MatrixView& x, const std::vector<int>& labels, bool intercept, const MatrixD& b,
                         MatrixD& gradient) {
  constexpr Index kRows = 512;
  gradient.setZero(b.rows(), b.cols());
  double loss = 0;
  MatrixD scores;
  for (Index first = 0; first < x.rows(); first += kRows) {
    const Index rows = std::min(kRows, x.rows() - first);
    const auto block = x.middleRows(first, rows);
    scores.noalias() = block * b.rightCols(x.cols()).transpose();
    if (intercept) scores.rowwise() += b.col(0).transpose();
    loss += softmax_in_place(scores, labels.data() + first);
    for (Index i = 0; i < rows; ++i) scores(i, labels[static_cast<std::size_t>(first + i)]) -= 1;
    gradient.rightCols(x.cols()).noalias() += scores.transpose() * block;
    if (intercept) gradient.col(0) += scores.colwise().sum().transpose();
  }
  return loss;
}

/// Each class's parameters through the same scaling.
MatrixD to_columns(const ScaledParameters& scaled, const MatrixD& at) {
  MatrixD b(at.rows(), at.cols());
  for (Index k = 0; k < at.rows(); ++k) b.row(k) = scaled.to_columns(at.row(k).transpose()).transpose();
  return b;
}

MatrixD gradient_to_scaled(const ScaledParameters& scaled, const MatrixD& gradient) {
  MatrixD g(gradient.rows(), gradient.cols());
  for (Index k = 0; k < g.rows(); ++k) g.row(k) = scaled.gradient_to_scaled(gradient.row(k).transpose()).transpose();
  return g;
}

struct Found {
  MatrixD b;
  int iterations = 0;
  bool converged = false;
};

Found by_lbfgs(const MatrixView& x, const std::vector<int>& labels, int classes, const ClassifierOptions& options) {
  const ScaledParameters scaled(x, options.intercept);
  const Index p = scaled.size();
  MatrixD gradient_b;
  const Objective objective = [&](const VectorD& at, VectorD& gradient) {
    const MatrixD b = to_columns(scaled, Eigen::Map<const MatrixD>(at.data(), classes, p));
    const double loss = loss_and_gradient(x, labels, options.intercept, b, gradient_b);
    gradient_b.rightCols(x.cols()) += options.l2 * b.rightCols(x.cols());
    const MatrixD g = gradient_to_scaled(scaled, gradient_b);
    gradient = Eigen::Map<const VectorD>(g.data(), g.size());
    return loss + options.l2 / 2 * b.rightCols(x.cols()).squaredNorm();
  };
  const Minimum minimum = minimise_lbfgs(objective, VectorD::Zero(classes * p),
                                         {.max_iterations = options.max_iterations, .tolerance = options.tolerance});
  return {to_columns(scaled, Eigen::Map<const MatrixD>(minimum.at.data(), classes, p)), minimum.iterations,
          minimum.converged};
}

Found by_sgd(const MatrixView& x, const std::vector<int>& labels, int classes, const ClassifierOptions& options) {
  const ScaledParameters scaled(x, options.intercept);
  Random random(options.seed, "softmax batches");
  const int rows = static_cast<int>(x.rows());
  MatrixD at = MatrixD::Zero(classes, scaled.size()), gradient, batch;
  std::vector<int> batch_labels;
  for (int epoch = 0; epoch < options.epochs; ++epoch) {
    const double rate = options.learning_rate / (1 + options.decay * epoch);
    const std::vector<int> order = random.permutation(rows);
    for (int begin = 0; begin < rows; begin += options.batch_rows) {
      const int count = std::min(rows - begin, options.batch_rows);
      batch.resize(count, x.cols());
      batch_labels.clear();
      for (int i = 0; i < count; ++i) {
        const int row = order[static_cast<std::size_t>(begin + i)];
        batch.row(i) = x.row(row);
        batch_labels.push_back(labels[static_cast<std::size_t>(row)]);
      }
      const MatrixD b = to_columns(scaled, at);
      loss_and_gradient(batch, batch_labels, options.intercept, b, gradient);
      gradient /= count;
      gradient.rightCols(x.cols()) += options.l2 / rows * b.rightCols(x.cols());
      at -= rate * gradient_to_scaled(scaled, gradient);
    }
  }
  return {to_columns(scaled, at), options.epochs, true};
}

}  // namespace

MatrixD SoftmaxFit::probabilities(const MatrixView& x) const {
  require_columns(kWhere, x, coefficients.cols());
  MatrixD scores = x * coefficients.transpose();
  scores.rowwise() += intercepts.transpose();
  softmax_in_place(scores, nullptr);
  return scores;
}

std::vector<int> SoftmaxFit::predict(const MatrixView& x) const {
  const MatrixD probability = probabilities(x);
  std::vector<int> labels(static_cast<std::size_t>(x.rows()));
  for (Index i = 0; i < x.rows(); ++i) probability.row(i).maxCoeff(&labels[static_cast<std::size_t>(i)]);
  return labels;
}

std::string SoftmaxFit::summary(const std::vector<std::string>& class_names) const {
  if (!class_names.empty() && std::ssize(class_names) != classes())
    throw ShapeError(std::string(kWhere) + ": expected " + std::to_string(classes()) + " class names, got " +
                     std::to_string(class_names.size()));
  int widest = 9;
  for (const std::string& name : names) widest = std::max(widest, static_cast<int>(name.size()));
  std::string text = "softmax fit of " + std::to_string(rows) + " rows in " + std::to_string(classes()) +
                     " classes on " + std::to_string(coefficients.cols()) + " columns";
  if (l2 > 0) text += formatted(", l2 %.4g", l2);
  text += '\n' + formatted("  %-*s", widest, "");
  for (int k = 0; k < classes(); ++k) {
    const std::string name =
        class_names.empty() ? "class " + std::to_string(k) : class_names[static_cast<std::size_t>(k)];
    text += formatted("  %12.12s", name.c_str());
  }
  const auto line = [&](const std::string& name, const VectorD& values) {
    text += '\n' + formatted("  %-*s", widest, name.c_str());
    for (const double value : values) text += formatted("  %12.6g", value);
  };
  line("rows", Eigen::Map<const Eigen::VectorXi>(class_counts.data(), classes()).cast<double>());
  line("intercept", intercepts);
  for (Index j = 0; j < coefficients.cols(); ++j) line(names[static_cast<std::size_t>(j)], coefficients.col(j));
  text += formatted("\n  log-likelihood %.6g (base rates alone %.6g), %s after %d iterations\n", log_likelihood,
                    null_log_likelihood, converged ? "converged" : "did NOT converge", iterations);
  return text;
}

SoftmaxFit fit_softmax(const MatrixView& x, const std::vector<int>& labels, const ClassifierOptions& options) {
  SoftmaxFit fit;
  fit.names = column_names(kWhere, options.names, x.cols());
  const int classes = check(x, labels, options, fit.names);
  const Found found = options.solver == ClassifierSolver::kSgd ? by_sgd(x, labels, classes, options)
                                                               : by_lbfgs(x, labels, classes, options);
  fit.intercepts = options.intercept ? VectorD(found.b.col(0)) : VectorD::Zero(classes);
  fit.coefficients = found.b.rightCols(x.cols());
  fit.l2 = options.l2;
  fit.rows = x.rows();
  fit.iterations = found.iterations;
  fit.converged = found.converged;
  if (options.l2 == 0 && options.solver != ClassifierSolver::kSgd && fit.predict(x) == labels)
    throw ValueError(
        std::string(kWhere) +
        ": expected classes that overlap, got ones that planes separate: without l2 larger coefficients are "
        "always better (set l2 above 0)");
  fit.class_counts.assign(static_cast<std::size_t>(classes), 0);
  for (const int label : labels) ++fit.class_counts[static_cast<std::size_t>(label)];
  MatrixD gradient;
  fit.log_likelihood = -loss_and_gradient(x, labels, options.intercept, found.b, gradient);
  for (const int count : fit.class_counts)
    if (count > 0)
      fit.null_log_likelihood += count * std::log(static_cast<double>(count) / static_cast<double>(x.rows()));
  return fit;
}

}  // namespace handbuilt::regression
