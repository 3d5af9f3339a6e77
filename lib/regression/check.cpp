#include "regression/check.hpp"

#include <cmath>

#include "core/error.hpp"

namespace handbuilt::regression {

void require_classifier_input(const char* where, const MatrixView& x, const std::vector<int>& labels,
                              const ClassifierOptions& options) {
  require_same_rows(where, x, std::ssize(labels));
  require_option(options.l2 >= 0 && std::isfinite(options.l2), where, "l2", "of at least 0", options.l2);
  require_option(options.max_iterations >= 0, where, "max_iterations", "of at least 0", options.max_iterations);
  require_option(options.tolerance >= 0, where, "tolerance", "of at least 0", options.tolerance);
  require_option(options.batch_rows > 0, where, "batch_rows", "of at least 1", options.batch_rows);
  require_option(options.epochs >= 0, where, "epochs", "of at least 0", options.epochs);
  require_option(options.learning_rate > 0, where, "learning_rate", "above 0", options.learning_rate);
  if (x.rows() == 0 || x.cols() + options.intercept == 0)
    throw ShapeError(std::string(where) + ": expected at least one row and one coefficient, got x " + shape_of(x));
}

}  // namespace handbuilt::regression
