#pragma once

#include <functional>

#include "core/matrix.hpp"

namespace handbuilt::regression {

/// A function to make small: returns its value at `at` and writes its gradient [size of at].
using Objective = std::function<double(const VectorD& at, VectorD& gradient)>;

struct LbfgsOptions {
  int history = 10;          ///< steps that are remembered; 5 to 20 serve nearly everywhere
  int max_iterations = 500;  ///< steps at most
  /// Ends when the largest entry of the gradient has fallen to this share of its first one.
  double tolerance = 1e-8;
};

struct Minimum {
  VectorD at;
  double value = 0;
  int iterations = 0;   ///< steps taken
  int evaluations = 0;  ///< calls of the objective
  bool converged = false;
};

/// Minimises a smooth function by a quasi-Newton method that remembers a few steps and gradients instead of a matrix.
/// Each step goes to a point that satisfies the strong Wolfe conditions, so the value falls at every step.
///
/// When not to use it: for a few dozen parameters with a cheap matrix of second derivatives Newton's method is more
/// exact and as fast; for noisy gradients (mini-batches) it goes astray.
///
/// Throws ValueError when the value or the gradient at `start` is not finite.
/// Source: Nocedal (1980), "Updating quasi-Newton matrices with limited storage"; line search: Nocedal and Wright
/// (2006), "Numerical optimization", algorithms 3.5 and 3.6.
Minimum minimise_lbfgs(const Objective& objective, VectorD start, const LbfgsOptions& options = {});

}  // namespace handbuilt::regression
