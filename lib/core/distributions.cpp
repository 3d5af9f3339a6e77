#include "core/distributions.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "core/error.hpp"

namespace handbuilt {

namespace {

void require_share(const char* where, double p) {
  if (!(p > 0 && p < 1))
    throw ValueError(std::string(where) + ": expected a share above 0 and below 1, got " + std::to_string(p));
}

void require_freedom(const char* where, double freedom) {
  if (!(freedom > 0))
    throw ValueError(std::string(where) + ": expected degrees of freedom above 0, got " + std::to_string(freedom));
}

/// log(Gamma(x)), safe to call from several threads at once.
double log_gamma(double x) {
#if defined(__GLIBC__)
  int sign = 0;
  return ::lgamma_r(x, &sign);
#else
  return std::lgamma(x);
#endif
}

/// The continued fraction of I_x(a, b), which converges quickly for x < (a + 1) / (a + b + 2).
double beta_fraction(double a, double b, double x) {
  constexpr double kTiny = 1e-300, kEnough = 1e-16;
  constexpr int kMostTerms = 10'000;
  const auto away_from_zero = [](double value) { return std::abs(value) < kTiny ? kTiny : value; };
  double c = 1, d = 1 / away_from_zero(1 - (a + b) * x / (a + 1)), fraction = d;
  for (int m = 1; m <= kMostTerms; ++m) {
    const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away_from_zero(1 + even * d);
    c = away_from_zero(1 + even / c);
    fraction *= d * c;
    const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away_from_zero(1 + odd * d);
    c = away_from_zero(1 + odd / c);
    const double factor = d * c;
    fraction *= factor;
    if (std::abs(factor - 1) < kEnough) break;
  }
  return fraction;
}

/// The point at which an increasing function passes `target`, between `low` and `high`.
template <class Function>
double invert(Function&& function, double target, double low, double high) {
  for (int i = 0; i < 200 && low < high; ++i) {
    const double middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) break;
    (function(middle) < target ? low : high) = middle;
  }
  return low + (high - low) / 2;
}

}  // namespace

double normal_cdf(double z) { return std::erfc(-z / std::sqrt(2.0)) / 2; }

double normal_quantile(double p) {
  require_share("normal_quantile", p);
  if (p == 0.5) return 0;
  // The lower tail keeps its digits where the upper one rounds to 1.
  if (p > 0.5) return -normal_quantile(1 - p);
  return invert(normal_cdf, p, -40, 0);
}

double incomplete_beta(double a, double b, double x) {
  if (!(a > 0 && b > 0 && x >= 0 && x <= 1))
    throw ValueError("incomplete_beta: expected a, b > 0 and x in [0, 1], got " + std::to_string(a) + ", " +
                     std::to_string(b) + ", " + std::to_string(x));
  if (x == 0 || x == 1) return x;
  const double front = std::exp(log_gamma(a + b) - log_gamma(a) - log_gamma(b) + a * std::log(x) + b * std::log1p(-x));
  if (x < (a + 1) / (a + b + 2)) return front * beta_fraction(a, b, x) / a;
  return 1 - front * beta_fraction(b, a, 1 - x) / b;
}

double student_t_cdf(double t, double freedom) {
  require_freedom("student_t_cdf", freedom);
  if (std::isnan(t)) return t;
  if (std::isinf(t)) return t > 0 ? 1 : 0;
  // Near 0 what lies between -t and t is small and exact, far out what lies beyond.
  const double square = t * t, share = square / (freedom + square);
  if (share < 1.5 / (freedom / 2 + 2.5)) return 0.5 + std::copysign(incomplete_beta(0.5, freedom / 2, share) / 2, t);
  const double tail = incomplete_beta(freedom / 2, 0.5, freedom / (freedom + square)) / 2;
  return t > 0 ? 1 - tail : tail;
}

double student_t_quantile(double p, double freedom) {
  require_share("student_t_quantile", p);
  require_freedom("student_t_quantile", freedom);
  if (p == 0.5) return 0;
  if (p > 0.5) return -student_t_quantile(1 - p, freedom);
  double low = -1;
  while (student_t_cdf(low, freedom) > p && low > -std::numeric_limits<double>::max() / 4) low *= 2;
  return invert([&](double t) { return student_t_cdf(t, freedom); }, p, low, 0);
}

double f_tail(double f, double freedom_above, double freedom_below) {
  require_freedom("f_tail", freedom_above);
  require_freedom("f_tail", freedom_below);
  if (!(f > 0)) return 1;
  return incomplete_beta(freedom_below / 2, freedom_above / 2, freedom_below / (freedom_below + freedom_above * f));
}

}  // namespace handbuilt
