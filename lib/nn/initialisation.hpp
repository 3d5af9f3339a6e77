#pragma once

#include "core/random.hpp"
#include "core/tensor.hpp"

namespace handbuilt::nn {

/// How weights start. With fan_in inputs to an output and fan_out outputs that an input reaches, the weights are drawn
/// with mean 0 and variance
///
///   he        2 / fan_in               keeps the size of activations through ReLUs
///   glorot    2 / (fan_in + fan_out)   keeps activations and gradients alike through tanh or linear layers
///   torch     1 / (3 fan_in)           PyTorch's default, uniform in +-1 / sqrt(fan_in), biases too; for comparison
///
/// Biases start at zero, except with `torch_default`.
///
/// Sources: He et al. (2015), "Delving deep into rectifiers"; Glorot and Bengio (2010), "Understanding the difficulty
/// of training deep feedforward neural networks".
enum class Initialisation { he_normal, he_uniform, glorot_normal, glorot_uniform, torch_default };

/// Draws weights and bias, weights first, in memory order; double and float networks get the same draws, rounded.
/// Throws ValueError unless both fans are positive.
template <class Scalar>
void initialise(BasicTensor<Scalar>& weights, BasicTensor<Scalar>& bias, int fan_in, int fan_out, Initialisation how,
                Random& random);

}  // namespace handbuilt::nn
