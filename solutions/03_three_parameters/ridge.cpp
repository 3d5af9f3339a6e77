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
  const int fields = x.shape()[0], drivers = x.shape()[1];
  TensorD a({drivers, drivers});
  std::vector<double> right(static_cast<std::size_t>(drivers), 0);
  for (int i = 0; i < drivers; ++i) {
    for (int j = 0; j < drivers; ++j)
      for (int n = 0; n < fields; ++n) a(i, j) += x(n, i) * x(n, j);
    a(i, i) += strength;
    for (int n = 0; n < fields; ++n) right[static_cast<std::size_t>(i)] += x(n, i) * y[static_cast<std::size_t>(n)];
  }
  return worked::solve(a, right);
  // END SOLUTION
}
