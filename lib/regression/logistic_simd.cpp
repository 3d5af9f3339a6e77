// Loss and gradient of logistic regression with one read of the rows from memory: a block's scores, its probabilities,
// and its part of the gradient, while the block still lies in the first-level cache.

#define HWY_DISABLE_PCLMUL_AES

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "regression/logistic_simd.cpp"  // this file, compiled once for each instruction set
#include <hwy/foreach_target.h>
#include <hwy/highway.h>
// After highway.h, as its own header asks.
#include <hwy/contrib/math/math-inl.h>

#include <algorithm>

#include "regression/logistic_simd.hpp"

HWY_BEFORE_NAMESPACE();
namespace handbuilt::regression::detail::HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

constexpr int kLanes = static_cast<int>(HWY_LANES(double));
constexpr int kBlockRows = 64;
constexpr int kTogether = 4;  // rows that share a load of the weights or of the gradient

/// Scores of kCount rows.
template <int kCount>
void dot_rows(const double* x, std::ptrdiff_t stride, int columns, const double* weights, double intercept, double* z) {
  const hn::ScalableTag<double> lanes;
  using Vector = hn::Vec<decltype(lanes)>;
  Vector sum[kCount];
  for (int r = 0; r < kCount; ++r) sum[r] = hn::Zero(lanes);
  int j = 0;
  for (; j + kLanes <= columns; j += kLanes) {
    const Vector w = hn::LoadU(lanes, weights + j);
    HWY_UNROLL(4)
    for (int r = 0; r < kCount; ++r) sum[r] = hn::MulAdd(w, hn::LoadU(lanes, x + r * stride + j), sum[r]);
  }
  for (int r = 0; r < kCount; ++r) {
    z[r] = intercept + hn::GetLane(hn::SumOfLanes(lanes, sum[r]));
    for (int k = j; k < columns; ++k) z[r] += weights[k] * x[r * stride + k];
  }
}

/// gradient += sum of error[r] * row r.
template <int kCount>
void add_rows(const double* x, std::ptrdiff_t stride, int columns, const double* error, double* gradient) {
  const hn::ScalableTag<double> lanes;
  using Vector = hn::Vec<decltype(lanes)>;
  Vector factor[kCount];
  for (int r = 0; r < kCount; ++r) factor[r] = hn::Set(lanes, error[r]);
  int j = 0;
  for (; j + kLanes <= columns; j += kLanes) {
    Vector sum = hn::LoadU(lanes, gradient + j);
    HWY_UNROLL(4)
    for (int r = 0; r < kCount; ++r) sum = hn::MulAdd(factor[r], hn::LoadU(lanes, x + r * stride + j), sum);
    hn::StoreU(sum, lanes, gradient + j);
  }
  for (; j < columns; ++j)
    for (int r = 0; r < kCount; ++r) gradient[j] += error[r] * x[r * stride + j];
}

/// Probability minus label, and the log loss, of kBlockRows scores. With e = exp(-|z|): P = 1 / (1 + e) or e / (1 + e),
/// and the loss max(z, 0) + log(1 + e) - label z. Nothing overflows.
void probabilities(const double* z, const double* labels, double* error, double* loss, double* curvature) {
  const hn::ScalableTag<double> lanes;
  const auto one = hn::Set(lanes, 1.0);
  for (int i = 0; i < kBlockRows; i += kLanes) {
    const auto score = hn::Load(lanes, z + i), label = hn::Load(lanes, labels + i);
    const auto e = hn::Exp(lanes, hn::Neg(hn::Abs(score)));
    const auto inverse = hn::Div(one, hn::Add(one, e));
    const auto positive = hn::Ge(score, hn::Zero(lanes));
    const auto probability = hn::IfThenElse(positive, inverse, hn::Mul(e, inverse));
    hn::Store(hn::Sub(probability, label), lanes, error + i);
    hn::Store(hn::NegMulAdd(label, score, hn::Add(hn::Max(score, hn::Zero(lanes)), hn::Log1p(lanes, e))), lanes,
              loss + i);
    hn::Store(hn::Mul(e, hn::Mul(inverse, inverse)), lanes, curvature + i);
  }
}

}  // namespace

double pass(const Rows& rows, const int* labels, double intercept, const double* weights, double* gradient,
            double& gradient_of_intercept, double* curvature) {
  HWY_ALIGN double z[kBlockRows] = {}, label[kBlockRows] = {}, error[kBlockRows], loss[kBlockRows], of_row[kBlockRows];
  double total = 0;
  for (int first = 0; first < rows.rows; first += kBlockRows) {
    const int count = std::min(kBlockRows, rows.rows - first);
    const double* x = rows.x + first * rows.stride;
    int i = 0;
    for (; i + kTogether <= count; i += kTogether)
      dot_rows<kTogether>(x + i * rows.stride, rows.stride, rows.columns, weights, intercept, z + i);
    for (; i < count; ++i) dot_rows<1>(x + i * rows.stride, rows.stride, rows.columns, weights, intercept, z + i);
    for (i = 0; i < count; ++i) label[i] = labels[first + i];
    probabilities(z, label, error, loss, of_row);

    double of_block = 0, of_intercept = 0;
    for (i = 0; i < count; ++i) {
      of_block += loss[i];
      of_intercept += error[i];
    }
    total += of_block;
    gradient_of_intercept += of_intercept;
    if (curvature != nullptr) std::copy_n(of_row, count, curvature + first);
    for (i = 0; i + kTogether <= count; i += kTogether)
      add_rows<kTogether>(x + i * rows.stride, rows.stride, rows.columns, error + i, gradient);
    for (; i < count; ++i) add_rows<1>(x + i * rows.stride, rows.stride, rows.columns, error + i, gradient);
  }
  return total;
}

}  // namespace handbuilt::regression::detail::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE  // what follows is compiled once

namespace handbuilt::regression::detail {

HWY_EXPORT(pass);

double logistic_pass(const Rows& rows, const int* labels, double intercept, const double* weights, double* gradient,
                     double& gradient_of_intercept, double* curvature) {
  return HWY_DYNAMIC_DISPATCH(pass)(rows, labels, intercept, weights, gradient, gradient_of_intercept, curvature);
}

}  // namespace handbuilt::regression::detail

#endif
