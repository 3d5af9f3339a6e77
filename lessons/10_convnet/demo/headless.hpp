#pragma once

#include "data/digits.hpp"
#include "lessons/demo.hpp"
#include "nn/lenet_recipes.hpp"

namespace handbuilt::lessons::convnet {

/// Trains with the best recipe, prints how it gets on, judges the result on the test digits and writes the figures, a
/// picture of the window and results.json into `options.out`.
void run_headless(const DemoOptions& options, const data::Digits& digits);

/// The recipe with as many epochs as this machine trains in about so many seconds: one at least, at most the recipe's.
nn::Recipe shortened(nn::Recipe recipe, const data::Digits& digits, double seconds);

}  // namespace handbuilt::lessons::convnet
