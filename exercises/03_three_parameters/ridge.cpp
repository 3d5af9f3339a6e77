#include <cmath>
#include <utility>

#include "tasks.hpp"

// A worked neighbour, and a tool for you: solving equations by elimination. From each row the rows above are taken out,
// largest entry first; then the unknowns follow from the last to the first.

// #region solve
std::vector<double> worked::solve(TensorD a, std::vector<double> y) {
  const int size = a.shape()[0];
  for (int k = 0; k < size; ++k) {
    int largest = k;
    for (int r = k + 1; r < size; ++r)
      if (std::abs(a(r, k)) > std::abs(a(largest, k))) largest = r;
    for (int c = 0; c < size; ++c) std::swap(a(k, c), a(largest, c));
    std::swap(y[static_cast<std::size_t>(k)], y[static_cast<std::size_t>(largest)]);
    for (int r = k + 1; r < size; ++r) {
      const double share = a(r, k) / a(k, k);
      for (int c = k; c < size; ++c) a(r, c) -= share * a(k, c);
      y[static_cast<std::size_t>(r)] -= share * y[static_cast<std::size_t>(k)];
    }
  }
  for (int k = size - 1; k >= 0; --k) {
    double& unknown = y[static_cast<std::size_t>(k)];
    for (int c = k + 1; c < size; ++c) unknown -= a(k, c) * y[static_cast<std::size_t>(c)];
    unknown /= a(k, k);
  }
  return y;
}
// #endregion solve

// Your turn.
std::vector<double> three_parameters::ridge(const TensorD& x, const std::vector<double>& y, double strength) {
  // BEGIN SOLUTION ridge
  not_started();
  // END SOLUTION
}
