#include "nn/train.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "core/error.hpp"
#include "nn/loss.hpp"
#include "toy_problem.hpp"

namespace handbuilt::nn {
namespace {

using ::testing::ElementsAre;
using ::testing::FloatNear;
using ::testing::HasSubstr;
using ::testing::Pointwise;
using ::testing::ThrowsMessage;
using toy::linear_network;
using toy::quadrants;
using toy::weights_of;

const data::LabelledImages kNone;

/// Weights after training the toy network from seed 1.
std::vector<float> trained_weights(const TrainOptions& options, int images = 100) {
  Sequential<float> network = linear_network(1);
  train(network, quadrants(images, 1), kNone, options);
  return weights_of(network);
}

TEST(Train, LearnsWhatCanBeLearned) {
  Sequential<float> network = linear_network(1);
  const data::LabelledImages validation = quadrants(200, 2);
  const TrainResult result =
      train(network, quadrants(400, 1), validation, {.epochs = 20, .schedule = ConstantSchedule{0.1}});
  EXPECT_EQ(result.reason, StopReason::finished);
  EXPECT_EQ(evaluate(network, validation).accuracy, 1);
}

TEST(Train, IsTheTextbookLoop) {
  const data::LabelledImages samples = quadrants(50, 1);
  Sequential<float> by_hand = linear_network(1);
  const std::vector<Parameter<float>*> parameters = by_hand.parameters();
  for (int epoch = 0; epoch < 3; ++epoch) {
    const std::vector<int> order = epoch_order(9, epoch, 50);
    for (const auto& [begin, end] : {std::pair{0, 20}, {20, 40}, {40, 50}}) {
      const data::LabelledImages batch = data::take(samples, {order.begin() + begin, order.begin() + end});
      Tensor d_logits;
      by_hand.zero_gradients();
      softmax_cross_entropy(by_hand.forward(batch.images, Pass::training), std::span<const int>(batch.labels),
                            d_logits);
      by_hand.backward(d_logits);
      for (Parameter<float>* parameter : parameters)
        for (std::ptrdiff_t i = 0; i < parameter->value.size(); ++i)
          parameter->value[i] -= 0.05f * parameter->gradient[i];
    }
  }
  EXPECT_THAT(trained_weights({.batch_size = 20,
                               .epochs = 3,
                               .optimizer = SgdOptions{.momentum = 0},
                               .schedule = ConstantSchedule{0.05},
                               .seed = 9},
                              50),
              Pointwise(FloatNear(1e-6f), weights_of(by_hand)));
}

class WithThreads : public ::testing::TestWithParam<int> {};
INSTANTIATE_TEST_SUITE_P(Threads, WithThreads, ::testing::Values(1, 2, 3, 7));

TEST_P(WithThreads, TheSameSeedGivesTheSameWeightsBitForBit) {
  const TrainOptions options{
      .batch_size = 16, .epochs = 3, .augmentation = {.shift_pixels = 1, .rotate_degrees = 9}, .threads = GetParam()};
  EXPECT_EQ(trained_weights(options), trained_weights(options));
}

TEST_P(WithThreads, TheResultDiffersFromOneThreadByRoundingOnly) {
  TrainOptions options{.batch_size = 16, .epochs = 3, .augmentation = {.shift_pixels = 1, .rotate_degrees = 9}};
  const std::vector<float> alone = trained_weights(options);
  options.threads = GetParam();
  EXPECT_THAT(trained_weights(options), Pointwise(FloatNear(1e-5f), alone));
}

TEST(Train, MoreThreadsThanImagesInABatchChangeNothingButRounding) {
  TrainOptions options{.batch_size = 3, .epochs = 2};
  const std::vector<float> alone = trained_weights(options, 10);
  options.threads = 8;
  EXPECT_THAT(trained_weights(options, 10), Pointwise(FloatNear(1e-5f), alone));
}

TEST(Train, AnotherSeedShowsTheImagesInAnotherOrder) {
  EXPECT_NE(trained_weights({.epochs = 1, .seed = 1}), trained_weights({.epochs = 1, .seed = 2}));
}

TEST(Train, AugmentationChangesWhatIsSeen) {
  EXPECT_NE(trained_weights({.epochs = 1}), trained_weights({.epochs = 1, .augmentation = {.shift_pixels = 1}}));
}

TEST(Train, ReportsEveryStepWithTheLearningRateOfItsMiddle) {
  std::vector<TrainProgress> seen;
  const TrainOptions options{.batch_size = 40,
                             .epochs = 2,
                             .schedule = CosineSchedule{.peak = 0.1, .warm_up_epochs = 1},
                             .on_progress = [&](const TrainProgress& progress) { seen.push_back(progress); }};
  trained_weights(options, 100);
  ASSERT_EQ(seen.size(), 6u);  // two passes of 40 + 40 + 20
  for (int step = 0; step < 6; ++step) {
    const TrainProgress& progress = seen[static_cast<std::size_t>(step)];
    EXPECT_EQ(progress.step, step + 1);
    EXPECT_EQ(progress.steps, 6);
    EXPECT_EQ(progress.epoch, step / 3 + 1);
    EXPECT_DOUBLE_EQ(progress.learning_rate, learning_rate_at(options.schedule, (step + 0.5) / 3, 2));
  }
}

TEST(Train, TheLossOfAPassIsTheMeanOverItsImagesNotItsBatches) {
  std::vector<double> losses;
  double pass_loss = 0;
  trained_weights({.batch_size = 64,
                   .epochs = 1,
                   .on_progress =
                       [&](const TrainProgress& progress) {
                         losses.push_back(progress.step_loss);
                         pass_loss = progress.loss;
                       }},
                  100);
  ASSERT_EQ(losses.size(), 2u);
  EXPECT_NEAR(pass_loss, (64 * losses[0] + 36 * losses[1]) / 100, 1e-12);
}

TEST(Train, TheValidationFiguresAreThoseOfTheWeightsAtTheEndOfTheEpoch) {
  Sequential<float> network = linear_network(1);
  const data::LabelledImages validation = quadrants(100, 2);
  const TrainResult result = train(network, quadrants(100, 1), validation, {.epochs = 2, .keep_best = false});
  const Evaluation evaluation = evaluate(network, validation);
  ASSERT_EQ(result.epochs.size(), 2u);
  EXPECT_EQ(result.epochs[1].validation_accuracy, evaluation.accuracy);
  EXPECT_EQ(result.epochs[1].validation_loss, evaluation.loss);
}

/// Validation images whose labels are all wrong, so that learning makes the validation worse.
data::LabelledImages mislabelled(int count) {
  data::LabelledImages samples = quadrants(count, 3);
  for (int& label : samples.labels) label = (label + 1) % toy::kClasses;
  return samples;
}

TEST(Train, StopsWhenTheValidationHasNotImprovedForAsManyEpochsAsPatienceAllows) {
  Sequential<float> network = linear_network(1);
  const TrainResult result = train(network, quadrants(400, 1), mislabelled(100),
                                   {.epochs = 50, .schedule = ConstantSchedule{0.1}, .patience = 3});
  EXPECT_EQ(result.reason, StopReason::no_improvement);
  EXPECT_EQ(static_cast<int>(result.epochs.size()), result.best_epoch + 3);
}

TEST(Train, EndsWithTheWeightsOfTheBestEpoch) {
  const data::LabelledImages validation = mislabelled(100);
  Sequential<float> best = linear_network(1), last = linear_network(1);
  TrainOptions options{.epochs = 10, .schedule = ConstantSchedule{0.1}};
  const TrainResult result = train(best, quadrants(400, 1), validation, options);
  options.keep_best = false;
  train(last, quadrants(400, 1), validation, options);
  const EpochRecord& best_record = result.epochs[static_cast<std::size_t>(result.best_epoch - 1)];
  EXPECT_EQ(evaluate(best, validation).loss, best_record.validation_loss);
  EXPECT_EQ(evaluate(last, validation).loss, result.epochs.back().validation_loss);
  EXPECT_LT(best_record.validation_loss, result.epochs.back().validation_loss);
}

TEST(Train, EndsAfterTheStepInWhichItIsAskedToStop) {
  Sequential<float> network = linear_network(1);
  int asked = 0;
  const TrainResult result =
      train(network, quadrants(100, 1), kNone, {.batch_size = 10, .should_stop = [&] { return ++asked == 7; }});
  EXPECT_EQ(result.reason, StopReason::asked);
  EXPECT_EQ(result.steps, 7);
}

TEST(Train, WithoutValidationKeepsTheLastWeights) {
  Sequential<float> network = linear_network(1);
  const TrainResult result = train(network, quadrants(100, 1), kNone, {.epochs = 2});
  EXPECT_EQ(result.best_epoch, 0);
  EXPECT_EQ(weights_of(network), trained_weights({.epochs = 2, .keep_best = false}));
}

TEST(Train, SaysWhichLearningRateBlewItUp) {
  EXPECT_THAT([] { trained_weights({.schedule = ConstantSchedule{1e38}}); },
              ThrowsMessage<ValueError>(::testing::AllOf(HasSubstr("the training has diverged"), HasSubstr("at step "),
                                                         HasSubstr("with learning rate 1e+38"))));
}

TEST(Train, LeavesTheNetworkAbleToGiveTheGradientOfItsInput) {
  Sequential<float> network = linear_network(1);
  const data::LabelledImages samples = quadrants(8, 1);
  train(network, samples, kNone, {.epochs = 1});
  network.forward(samples.images, Pass::training);
  EXPECT_EQ(network.backward(Tensor({8, toy::kClasses})).shape(), samples.images.shape());
}

TEST(Trainer, TakesOneStepAtATimeAndArrivesWhereTrainDoes) {
  Sequential<float> network = linear_network(1);
  const data::LabelledImages samples = quadrants(100, 1);
  Trainer trainer(network, samples, kNone, {.epochs = 2});
  int steps = 0;
  while (!trainer.done()) {
    trainer.step();
    ++steps;
    evaluate(network, samples);  // looking at the network in between does no harm
  }
  EXPECT_EQ(steps, 4);
  EXPECT_EQ(trainer.finish().epochs.size(), 2u);
  EXPECT_EQ(weights_of(network), trained_weights({.epochs = 2}));
}

TEST(Trainer, CanBeFinishedAtAnyMoment) {
  Sequential<float> network = linear_network(1);
  const data::LabelledImages samples = quadrants(100, 1), validation = quadrants(20, 2);
  Trainer trainer(network, samples, validation, {.batch_size = 10, .threads = 2});
  for (int step = 0; step < 13; ++step) trainer.step();
  const TrainResult result = trainer.finish();
  EXPECT_EQ(result.reason, StopReason::asked);
  EXPECT_EQ(result.epochs.size(), 1u);
  EXPECT_EQ(evaluate(network, validation).loss, result.epochs.front().validation_loss);
}

TEST(Trainer, RefusesAStepAfterTheEnd) {
  Sequential<float> network = linear_network(1);
  const data::LabelledImages samples = quadrants(10, 1);
  Trainer trainer(network, samples, kNone, {});
  trainer.finish();
  EXPECT_THAT([&] { trainer.step(); }, ThrowsMessage<ValueError>(HasSubstr("the training is over")));
}

TEST(EpochOrder, ShowsEveryImageOnceAndEachEpochInItsOwnOrder) {
  const std::vector<int> first = epoch_order(1, 0, 100), second = epoch_order(1, 1, 100);
  std::vector<int> ascending = first;
  std::sort(ascending.begin(), ascending.end());
  for (int i = 0; i < 100; ++i) EXPECT_EQ(ascending[static_cast<std::size_t>(i)], i);
  EXPECT_NE(first, second);
  EXPECT_NE(first, epoch_order(2, 0, 100));
  EXPECT_EQ(first, epoch_order(1, 0, 100));
}

void expect_refused(const TrainOptions& options, const std::string& message) {
  EXPECT_THAT([&] { trained_weights(options); }, ThrowsMessage<ValueError>(HasSubstr(message)));
}

TEST(TrainOptions, AreRefusedOutsideTheirRangeByName) {
  expect_refused({.batch_size = 0}, "TrainOptions::batch_size: expected at least 1, got 0");
  expect_refused({.epochs = 0}, "TrainOptions::epochs: expected at least 1, got 0");
  expect_refused({.batch_size = 1, .epochs = 2'000'000'000}, "TrainOptions::epochs: expected few enough");
  expect_refused({.optimizer = SgdOptions{.momentum = 2}}, "SgdOptions::momentum");
  expect_refused({.schedule = ConstantSchedule{-1}}, "ConstantSchedule::learning_rate");
  expect_refused({.augmentation = {.scale = 2}}, "Augmentation::scale");
  expect_refused({.threads = -1}, "TrainOptions::threads");
  expect_refused({.threads = 1'000'000'000}, "TrainOptions::threads");
  expect_refused({.patience = 1}, "TrainOptions::patience: expected 0 where there are no validation images, got 1");
}

/// What is said about training images after `damage` has been done to them.
template <class Damage>
void expect_images_refused(Damage damage, const std::string& message) {
  data::LabelledImages samples = quadrants(10, 1);
  damage(samples);
  Sequential<float> network = linear_network(1);
  EXPECT_THAT([&] { train(network, samples, kNone, {}); }, ThrowsMessage<Error>(HasSubstr(message)));
  EXPECT_EQ(weights_of(network), weights_of(linear_network(1)));
}

TEST(Train, RefusesImagesAndLabelsThatDoNotFit) {
  using Samples = data::LabelledImages;
  expect_images_refused([](Samples& samples) { samples = {}; }, "training images: expected images, got none");
  expect_images_refused([](Samples& samples) { samples.labels.pop_back(); },
                        "training images: expected images [9, channels, height, width]");
  expect_images_refused([](Samples& samples) { samples.labels[3] = 4; },
                        "training images: expected labels from 0 to 3, got 4 for image 3");
  expect_images_refused([](Samples& samples) { samples.labels[3] = -1; }, "got -1 for image 3");
  expect_images_refused([](Samples& samples) { samples.images(7, 0, 1, 1) = std::nanf(""); },
                        "training images: image 7 holds a pixel that is not a finite number");
  expect_images_refused([](Samples& samples) { samples.images = Tensor({10, 1, 4, 5}); }, "[1, 20]");
}

}  // namespace
}  // namespace handbuilt::nn
