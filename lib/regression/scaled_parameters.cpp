#include "regression/scaled_parameters.hpp"

namespace handbuilt::regression {

ScaledParameters::ScaledParameters(const MatrixView& x, bool intercept)
    : centre_(VectorD::Zero(x.cols())), scale_(VectorD::Zero(x.cols())), intercept_(intercept) {
  const auto rows = static_cast<double>(x.rows());
  for (Eigen::Index i = 0; intercept && i < x.rows(); ++i) centre_ += x.row(i).transpose();
  centre_ /= rows;
  for (Eigen::Index i = 0; i < x.rows(); ++i) scale_ += (x.row(i).transpose() - centre_).cwiseAbs2();
  scale_ = (scale_ / rows).cwiseSqrt();
  for (double& scale : scale_)
    if (!(scale > 0)) scale = 1;
}

VectorD ScaledParameters::to_columns(const VectorD& scaled) const {
  VectorD parameters = scaled;
  auto weights = parameters.tail(scale_.size());
  weights = weights.cwiseQuotient(scale_);
  if (intercept_) parameters[0] -= weights.dot(centre_);
  return parameters;
}

VectorD ScaledParameters::gradient_to_scaled(const VectorD& gradient) const {
  VectorD scaled = gradient;
  auto weights = scaled.tail(scale_.size());
  if (intercept_) weights -= gradient[0] * centre_;
  weights = weights.cwiseQuotient(scale_);
  return scaled;
}

}  // namespace handbuilt::regression
