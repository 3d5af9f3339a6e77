#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "core/file.hpp"
#include "data/digits.hpp"
#include "nn/evaluation.hpp"
#include "nn/lenet.hpp"
#include "nn/lenet_recipes.hpp"
#include "nn/train.hpp"

namespace handbuilt {
namespace {

// Training repeats bit for bit on one kind of processor. Another instruction set adds in another order, and rounding
// grows into another network of the same quality: the accuracies of 20 seeds have a standard deviation of 0.5 points,
// so two and a half of them is what one seed may differ by.
constexpr double kTolerancePercent = 1.25;

TEST(RecordedAccuracy, IsWhatThePlainRecipeReachesToday) {
  const auto recorded = nlohmann::json::parse(read_file(HANDBUILT_SOURCE_DIR "/benchmarks/accuracy/results.json"));
  const double expected = recorded["by_seed"]["plain"]["1"];

  const data::DigitsForPeers digits = data::load_mnist_for_peers(HANDBUILT_SOURCE_DIR "/datasets/mnist");
  nn::Recipe recipe = nn::plain_lenet_recipe();
  recipe.options.seed = 1;
  recipe.options.threads = 1;
  Random random(1, "weights");
  nn::Sequential<float> network = nn::lenet<float>(random, recipe.initialisation);
  nn::train(network, digits.train, {}, recipe.options);

  EXPECT_NEAR(100 * nn::evaluate(network, digits.test).accuracy, expected, kTolerancePercent);
}

TEST(RecordedAccuracy, OfTheLessonIsTheMeanOverTheSeeds) {
  const auto recorded = nlohmann::json::parse(read_file(HANDBUILT_SOURCE_DIR "/benchmarks/accuracy/results.json"));
  const auto quoted = nlohmann::json::parse(read_file(HANDBUILT_SOURCE_DIR "/lessons/10_convnet/results.json"));
  for (const char* kind : {"plain", "pytorch", "best"}) {
    double sum = 0;
    for (const auto& accuracy : recorded["by_seed"][kind]) sum += accuracy.get<double>();
    const auto& number = quoted["numbers"][std::string("accuracy_") + kind];
    EXPECT_EQ(recorded["by_seed"][kind].size(), number["n"].get<std::size_t>()) << kind;
    EXPECT_NEAR(number["value"].get<double>(), sum / number["n"].get<double>() / 100, 1e-6) << kind;
  }
}

}  // namespace
}  // namespace handbuilt
