#include "nn/evaluation.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/error.hpp"
#include "toy_problem.hpp"

namespace handbuilt::nn {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

/// A network whose two outputs are its two pixels.
Sequential<float> mirror() {
  Random random(1);
  Sequential<float> network;
  network.add<Flatten>();
  network.add<Dense>(DenseOptions{.inputs = 2, .outputs = 2}, random).parameters()[0]->value =
      Tensor({2, 2}, {1, 0, 0, 1});
  return network;
}

TEST(Evaluate, CountsHitsAndConfusions) {
  const data::LabelledImages samples{Tensor({5, 1, 1, 2}, {3, 0, 0, 3, 0, 3, 1, 0, 0, 1}), {0, 1, 0, 0, 1}};
  const Evaluation evaluation = evaluate(mirror(), samples);
  EXPECT_THAT(evaluation.predictions, ElementsAre(0, 1, 1, 0, 1));
  EXPECT_THAT(evaluation.confusion, ElementsAre(ElementsAre(2, 1), ElementsAre(0, 2)));
  EXPECT_DOUBLE_EQ(evaluation.accuracy, 0.8);
}

TEST(Evaluate, LossIsTheMeanCrossEntropy) {
  const data::LabelledImages samples{Tensor({2, 1, 1, 2}, {3, 0, 0, 1}), {0, 0}};
  const double right = std::log(1 + std::exp(-3)), wrong = std::log(1 + std::exp(1));
  EXPECT_NEAR(evaluate(mirror(), samples).loss, (right + wrong) / 2, 1e-6);
}

TEST(Evaluate, GivesTheSameBitsWithAnyNumberOfThreads) {
  const data::LabelledImages samples = toy::quadrants(1000, 1);
  const Sequential<float> network = toy::linear_network(1);
  const Evaluation alone = evaluate(network, samples);
  for (const int threads : {2, 3, 9}) {
    Workers workers(threads);
    const Evaluation shared = evaluate(network, samples, workers);
    EXPECT_EQ(shared.loss, alone.loss);
    EXPECT_EQ(shared.predictions, alone.predictions);
  }
}

TEST(Evaluate, PutsEveryImageIntoTheConfusionMatrixOnce) {
  const data::LabelledImages samples = toy::quadrants(777, 1);
  const Evaluation evaluation = evaluate(toy::linear_network(1), samples);
  for (int label = 0; label < toy::kClasses; ++label) {
    const std::vector<int>& row = evaluation.confusion[static_cast<std::size_t>(label)];
    EXPECT_EQ(std::accumulate(row.begin(), row.end(), 0),
              std::count(samples.labels.begin(), samples.labels.end(), label));
  }
}

TEST(Evaluate, RefusesAnEmptySetAndALabelThatIsNoClass) {
  data::LabelledImages samples = toy::quadrants(5, 1);
  EXPECT_THAT([] { evaluate(toy::linear_network(1), {}); }, ThrowsMessage<ValueError>(HasSubstr("got none")));
  samples.labels[2] = 17;
  EXPECT_THAT([&] { evaluate(toy::linear_network(1), samples); },
              ThrowsMessage<ValueError>(HasSubstr("expected labels from 0 to 3, got 17 for image 2")));
}

TEST(MostLikely, IsTheLargestOutputAndTheFirstAtATie) {
  EXPECT_THAT(most_likely(Tensor({3, 3}, {1, 5, 2, 4, 4, 0, -3, -2, -1})), ElementsAre(1, 0, 2));
}

}  // namespace
}  // namespace handbuilt::nn
