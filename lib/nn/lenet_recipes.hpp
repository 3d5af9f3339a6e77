#pragma once

#include "nn/initialisation.hpp"
#include "nn/train.hpp"

namespace handbuilt::nn {

/// How a network starts and how it is trained.
struct Recipe {
  Initialisation initialisation = Initialisation::he_normal;
  TrainOptions options;
};

/// Ten plain epochs: batches of 64, learning rate 0.01, momentum 0.9, PyTorch's initialisation, nothing else. For
/// comparison with other libraries, which are given the same.
Recipe plain_lenet_recipe();

/// The recipe that did best for `lenet` on the 1,000 validation digits among the candidates that
/// benchmarks/accuracy/results.json lists; the test digits had no say. To the plain one it adds that every digit is
/// moved, turned and scaled a little each time it is shown, a learning rate that falls along a cosine, weight decay,
/// four times the epochs and He's initialisation.
Recipe best_lenet_recipe();

}  // namespace handbuilt::nn
