#include "nn/lenet_recipes.hpp"

#include <gtest/gtest.h>

#include "nn/lenet.hpp"

namespace handbuilt::nn {
namespace {

class AnyRecipe : public ::testing::TestWithParam<Recipe (*)()> {};
INSTANTIATE_TEST_SUITE_P(Recipes, AnyRecipe, ::testing::Values(plain_lenet_recipe, best_lenet_recipe));

TEST_P(AnyRecipe, TrainsLeNetAsItStands) {
  Random weights(1), pixels(2);
  const Recipe recipe = GetParam()();
  Sequential<float> network = lenet<float>(weights, recipe.initialisation);
  data::LabelledImages blots{Tensor({20, 1, 28, 28}), std::vector<int>(20)};
  for (float& pixel : blots.images) pixel = static_cast<float>(pixels.uniform());
  for (int& label : blots.labels) label = pixels.below(10);
  Trainer trainer(network, blots, blots, recipe.options);
  for (int step = 0; step < 3; ++step) trainer.step();
  EXPECT_EQ(trainer.finish().steps, 3);
}

}  // namespace
}  // namespace handbuilt::nn
