#pragma once

// Compiles without a standard library: no heap, no exceptions, no run-time types. For robots as for lib/regression.

namespace handbuilt::control {

/// How recursive least squares forgets.
template <class Scalar>
struct RlsConfig {
  /// Weight of the sample before the present one, in (0, 1]: what is k samples old counts forgetting^k. 1 forgets
  /// nothing and gives the least-squares fit of all samples; 0.99 remembers about the last 100.
  Scalar forgetting = Scalar(1);
  /// How unsure it is of the coefficients' first values, as a variance in units of the noise's: large means "do not
  /// hold on to them".
  Scalar initial_variance = Scalar(1e6);
  /// Forgetting without news lets the covariance grow without end ("wind-up"); a coefficient's own variance is held at
  /// this, while the others go on adapting.
  Scalar largest_variance = Scalar(1e6);
};

/// One step of recursive least squares with exponential forgetting, in memory that the caller owns:
///
///     error      = y - coefficients . x                       (before the update; returned)
///     gain       = P x / (forgetting + x . P x)
///     coefficients += gain * error
///     P          = ((I - gain x') P (I - gain x')' + forgetting * gain gain') / forgetting
///
/// The last line is Joseph's form, written out in O(n^2): what rounding does to it stays symmetric and positive, where
/// the usual P - gain x' P drifts and diverges after many steps in single precision.
///
/// coefficients [n], covariance [n, n] symmetric, scratch [n], x [n].
///
/// Source: Plackett (1950), "Some theorems in least squares"; Bucy and Joseph (1968), "Filtering for stochastic
/// processes with applications to guidance"; wind-up: Åström and Wittenmark (1995), "Adaptive control".
template <class Scalar>
Scalar rls_step(int n, Scalar* coefficients, Scalar* covariance, Scalar* scratch, const Scalar* x, Scalar y,
                const RlsConfig<Scalar>& config) {
  Scalar error = y;
  for (int i = 0; i < n; ++i) error -= coefficients[i] * x[i];

  // spread = P x, and the variance of the error apart from the noise, x' P x.
  Scalar* const spread = scratch;
  Scalar variance = Scalar(0);
  for (int i = 0; i < n; ++i) {
    spread[i] = Scalar(0);
    for (int j = 0; j < n; ++j) spread[i] += covariance[i * n + j] * x[j];
    variance += x[i] * spread[i];
  }
  if (variance < Scalar(0)) variance = Scalar(0);  // by rounding only
  const Scalar total = config.forgetting + variance;

  for (int i = 0; i < n; ++i) coefficients[i] += spread[i] / total * error;

  // (I - g x') P (I - g x')' + forgetting g g' = P - g s' - s g' + (x' P x + forgetting) g g', with s = P x, g = s /
  // total.
  for (int i = 0; i < n; ++i) {
    const Scalar gain = spread[i] / total;
    for (int j = 0; j <= i; ++j) {
      const Scalar other = spread[j] / total;
      const Scalar value = covariance[i * n + j] - gain * spread[j] - spread[i] * other + total * gain * other;
      covariance[i * n + j] = covariance[j * n + i] = value / config.forgetting;
    }
  }
  // Scaling a row and the column of the same number leaves the matrix symmetric and positive.
  for (int i = 0; i < n; ++i) {
    const Scalar own = covariance[i * n + i];
    if (!(own > config.largest_variance)) continue;
    const Scalar scale = config.largest_variance / own;
    for (int j = 0; j < n; ++j) {
      covariance[i * n + j] *= scale;
      covariance[j * n + i] *= scale;
    }
  }
  return error;
}

/// Recursive least squares of a fixed size: y = coefficients . x + noise, refined with every sample.
///
///     Rls<2, float> wheel({.forgetting = 0.99f});
///     wheel.update({command, 1.0f}, speed);      // speed = gain * command + offset
template <int Size, class Scalar = double>
class Rls {
 public:
  static_assert(Size > 0);
  using Row = Scalar[Size];

  constexpr explicit Rls(const RlsConfig<Scalar>& config = {}) : config_(config) { reset(); }

  /// Forgets everything and starts from zero coefficients.
  constexpr void reset() {
    for (int i = 0; i < Size; ++i) coefficients_[i] = Scalar(0);
    for (int i = 0; i < Size * Size; ++i) covariance_[i] = Scalar(0);
    for (int i = 0; i < Size; ++i) covariance_[i * Size + i] = config_.initial_variance;
  }

  /// Takes one sample and returns how wrong the prediction of `y` was. A sample that is not finite is left out; 0 comes
  /// back.
  Scalar update(const Row& x, Scalar y) {
    if (!finite(y)) return Scalar(0);
    for (int i = 0; i < Size; ++i)
      if (!finite(x[i])) return Scalar(0);
    Scalar scratch[Size];
    return rls_step(Size, coefficients_, covariance_, scratch, x, y, config_);
  }

  Scalar predict(const Row& x) const {
    Scalar sum = Scalar(0);
    for (int i = 0; i < Size; ++i) sum += coefficients_[i] * x[i];
    return sum;
  }

  constexpr Scalar coefficient(int i) const { return coefficients_[i]; }
  /// Covariance of the coefficients, in units of the noise's variance.
  constexpr Scalar covariance(int i, int j) const { return covariance_[i * Size + j]; }
  /// Starts from something better than zero.
  constexpr void set_coefficient(int i, Scalar value) { coefficients_[i] = value; }

 private:
  static constexpr bool finite(Scalar value) { return value - value == Scalar(0); }

  RlsConfig<Scalar> config_;
  Scalar coefficients_[Size] = {};
  Scalar covariance_[Size * Size] = {};
};

}  // namespace handbuilt::control
