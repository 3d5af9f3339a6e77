#include "tasks.hpp"

// A worked neighbour: plain gradient descent. The gradient points uphill, so the step goes the other way.

// #region gradient_step
Tensor worked::gradient_step(const Tensor& weights, const Tensor& gradient, float learning_rate) {
  Tensor stepped = weights;
  for (std::ptrdiff_t k = 0; k < weights.size(); ++k) stepped[k] -= learning_rate * gradient[k];
  return stepped;
}
// #endregion gradient_step

// Your turn: a ball that rolls. What it was doing before counts too.
convnet::MomentumStep convnet::momentum_step(const Tensor& weights, const Tensor& velocity, const Tensor& gradient,
                                             float learning_rate, float momentum) {
  // BEGIN SOLUTION momentum-step
  not_started();
  // END SOLUTION
}
