#include "nn/lenet.hpp"

#include "nn/activation.hpp"
#include "nn/conv2d.hpp"
#include "nn/dense.hpp"
#include "nn/flatten.hpp"
#include "nn/pool.hpp"

namespace handbuilt::nn {

// #region lenet
template <class Scalar>
Sequential<Scalar> lenet(Random& random, Initialisation how) {
  Sequential<Scalar> network;
  network.template add<Conv2d>(Conv2dOptions{.in_channels = 1, .out_channels = 8, .kernel = 5, .padding = 2}, random,
                               how);
  network.template add<ReLU>();
  network.template add<MaxPool2d>(PoolOptions{.kernel = 2, .stride = 2});
  network.template add<Conv2d>(Conv2dOptions{.in_channels = 8, .out_channels = 16, .kernel = 5}, random, how);
  network.template add<ReLU>();
  network.template add<MaxPool2d>(PoolOptions{.kernel = 2, .stride = 2});
  network.template add<Flatten>();
  network.template add<Dense>(DenseOptions{.inputs = 16 * 5 * 5, .outputs = 120}, random, how);
  network.template add<ReLU>();
  network.template add<Dense>(DenseOptions{.inputs = 120, .outputs = 84}, random, how);
  network.template add<ReLU>();
  network.template add<Dense>(DenseOptions{.inputs = 84, .outputs = 10}, random, how);
  return network;
}
// #endregion lenet

template Sequential<float> lenet(Random&, Initialisation);
template Sequential<double> lenet(Random&, Initialisation);

}  // namespace handbuilt::nn
