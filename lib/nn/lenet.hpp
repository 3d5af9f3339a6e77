#pragma once

#include "core/random.hpp"
#include "nn/initialisation.hpp"
#include "nn/sequential.hpp"

namespace handbuilt::nn {

/// A small convolutional network for digits, [batch, 1, 28, 28] -> logits [batch, 10]: two rounds of convolution, ReLU
/// and max-pooling, then dense layers of 120, 84 and 10. 62,558 parameters.
///
/// Source: LeCun et al. (1998), "Gradient-based learning applied to document recognition", with ReLU and max-pooling in
/// place of its tanh and averages, 8 and 16 channels in place of 6 and 16.
template <class Scalar>
Sequential<Scalar> lenet(Random& random, Initialisation how = Initialisation::he_normal);

}  // namespace handbuilt::nn
