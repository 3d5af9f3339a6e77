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
///     error = y - coefficients . x                            (before the update; returned)
///     gain  = P x / (forgetting + x . P x)
///     coefficients += gain * error
///     P     = (P - gain x' P) / forgetting
///
/// P is never formed, but kept as U D U' with a unit upper triangle U and a positive diagonal D, and it is these that
/// are updated: whatever rounding does, P stays symmetric and positive, where the last line as it stands goes astray
/// after some ten thousand steps in single precision (so does Joseph's form of it when written out to save time).
/// O(n^2) and no square roots.
///
/// coefficients [n], factors [n, n] with U above the diagonal and D on it, scratch [2 n], x [n].
///
/// Source: Plackett (1950), "Some theorems in least squares"; Bierman (1977), "Factorization methods for discrete
/// sequential estimation"; wind-up: Åström and Wittenmark (1995), "Adaptive control".
template <class Scalar>
Scalar rls_step(int n, Scalar* coefficients, Scalar* factors, Scalar* scratch, const Scalar* x, Scalar y,
                const RlsConfig<Scalar>& config) {
  const auto u = [&](int i, int j) -> Scalar& { return factors[i * n + j]; };
  const auto d = [&](int j) -> Scalar& { return factors[j * n + j]; };
  Scalar error = y;
  for (int i = 0; i < n; ++i) error -= coefficients[i] * x[i];

  // news = U' x, and what P x will be.
  Scalar *const news = scratch, *const spread = scratch + n;
  for (int j = 0; j < n; ++j) {
    news[j] = x[j];
    for (int i = 0; i < j; ++i) news[j] += u(i, j) * x[i];
  }
  // Take in one column of U after the other; `variance` grows to forgetting + x . P x.
  Scalar variance = config.forgetting;
  for (int j = 0; j < n; ++j) {
    const Scalar before = variance, weight = d(j) * news[j];
    variance += news[j] * weight;
    d(j) *= before / variance / config.forgetting;
    spread[j] = weight;
    for (int i = 0; i < j; ++i) {
      const Scalar old = u(i, j);
      u(i, j) -= spread[i] * news[j] / before;
      spread[i] += old * weight;
    }
  }
  for (int i = 0; i < n; ++i) coefficients[i] += spread[i] / variance * error;

  // Hold each variance below the limit by scaling a row and the column of the same number.
  for (int i = 0; i < n; ++i) {
    Scalar own = d(i);
    for (int j = i + 1; j < n; ++j) own += u(i, j) * u(i, j) * d(j);
    if (!(own > config.largest_variance)) continue;
    const Scalar scale = config.largest_variance / own;
    for (int j = i + 1; j < n; ++j) u(i, j) *= scale;
    for (int k = 0; k < i; ++k) u(k, i) /= scale;
    d(i) *= scale * scale;
  }
  return error;
}

/// Element (i, j) of P = U D U'.
template <class Scalar>
constexpr Scalar rls_covariance(int n, const Scalar* factors, int i, int j) {
  const int low = i < j ? i : j, high = i < j ? j : i;  // the same bits for (i, j) and (j, i)
  Scalar sum = Scalar(0);
  for (int k = high; k < n; ++k) {
    const Scalar of_low = k == low ? Scalar(1) : factors[low * n + k];
    const Scalar of_high = k == high ? Scalar(1) : factors[high * n + k];
    sum += of_low * of_high * factors[k * n + k];
  }
  return sum;
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
    for (int i = 0; i < Size * Size; ++i) factors_[i] = Scalar(0);
    for (int i = 0; i < Size; ++i) factors_[i * Size + i] = config_.initial_variance;
  }

  /// Takes one sample and returns how wrong the prediction of `y` was. A sample that is not finite is left out; 0 comes
  /// back.
  Scalar update(const Row& x, Scalar y) {
    if (!finite(y)) return Scalar(0);
    for (int i = 0; i < Size; ++i)
      if (!finite(x[i])) return Scalar(0);
    Scalar scratch[2 * Size];
    return rls_step(Size, coefficients_, factors_, scratch, x, y, config_);
  }

  Scalar predict(const Row& x) const {
    Scalar sum = Scalar(0);
    for (int i = 0; i < Size; ++i) sum += coefficients_[i] * x[i];
    return sum;
  }

  constexpr Scalar coefficient(int i) const { return coefficients_[i]; }
  /// Covariance of the coefficients, in units of the noise's variance.
  constexpr Scalar covariance(int i, int j) const { return rls_covariance(Size, factors_, i, j); }
  /// Starts from something better than zero.
  constexpr void set_coefficient(int i, Scalar value) { coefficients_[i] = value; }

 private:
  static constexpr bool finite(Scalar value) { return value - value == Scalar(0); }

  RlsConfig<Scalar> config_;
  Scalar coefficients_[Size] = {};
  Scalar factors_[Size * Size] = {};
};

}  // namespace handbuilt::control
