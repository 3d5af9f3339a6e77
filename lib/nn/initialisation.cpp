#include "nn/initialisation.hpp"

#include <cmath>
#include <string>

#include "core/error.hpp"

namespace handbuilt::nn {

namespace {

template <class Scalar>
void draw_normal(BasicTensor<Scalar>& tensor, double variance, Random& random) {
  const double standard_deviation = std::sqrt(variance);
  for (Scalar& value : tensor) value = static_cast<Scalar>(random.normal(0.0, standard_deviation));
}

/// Uniform in +-a has variance a^2 / 3.
template <class Scalar>
void draw_uniform(BasicTensor<Scalar>& tensor, double variance, Random& random) {
  const double limit = std::sqrt(3 * variance);
  for (Scalar& value : tensor) value = static_cast<Scalar>(random.uniform(-limit, limit));
}

}  // namespace

template <class Scalar>
void initialise(BasicTensor<Scalar>& weights, BasicTensor<Scalar>& bias, int fan_in, int fan_out, Initialisation how,
                Random& random) {
  if (fan_in <= 0 || fan_out <= 0)
    throw ValueError("initialise: expected positive fans, got fan_in " + std::to_string(fan_in) + " and fan_out " +
                     std::to_string(fan_out));
  const double he = 2.0 / fan_in, glorot = 2.0 / (static_cast<double>(fan_in) + fan_out), torch = 1.0 / (3.0 * fan_in);
  bias.fill(Scalar{0});
  switch (how) {
    case Initialisation::he_normal:
      return draw_normal(weights, he, random);
    case Initialisation::he_uniform:
      return draw_uniform(weights, he, random);
    case Initialisation::glorot_normal:
      return draw_normal(weights, glorot, random);
    case Initialisation::glorot_uniform:
      return draw_uniform(weights, glorot, random);
    case Initialisation::torch_default:
      draw_uniform(weights, torch, random);
      return draw_uniform(bias, torch, random);
  }
}

template void initialise(BasicTensor<float>&, BasicTensor<float>&, int, int, Initialisation, Random&);
template void initialise(BasicTensor<double>&, BasicTensor<double>&, int, int, Initialisation, Random&);

}  // namespace handbuilt::nn
