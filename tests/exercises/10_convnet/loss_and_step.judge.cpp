#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numbers>
#include <vector>

#include "grader/judge/judge.hpp"
#include "reference.hpp"

using convnet::Loss;
using convnet::MomentumStep;
using namespace handbuilt::grader;
using handbuilt::TensorD;

STUDENT(convnet, softmax_cross_entropy, logits, labels);
STUDENT(convnet, momentum_step, weights, velocity, gradient, learning_rate, momentum);

namespace {

Tensor scaled(Tensor tensor, double factor) {
  for (float& value : tensor) value = static_cast<float>(value * factor);
  return tensor;
}

Tensor plus(Tensor a, const Tensor& b, float factor = 1) {
  for (std::ptrdiff_t k = 0; k < a.size(); ++k) a[k] += factor * b[k];
  return a;
}

/// The largest logit of row `n` that a search finds when it begins with `start`.
float largest_from(float start, const Tensor& logits, int n) {
  for (int k = 0; k < logits.shape()[1]; ++k) start = std::max(start, logits(n, k));
  return start;
}

/// What comes out in float when `subtracted(n)` is taken off every logit of row n: 0 is what students write first, and
/// right until exp leaves the range of a float. The log is taken of the quotient, raised to `floor` where it is less,
/// or of numerator and denominator apart.
template <class Subtracted>
Loss softmax_less(Subtracted&& subtracted, bool log_of_quotient, const Tensor& logits, const std::vector<int>& labels,
                  float floor = 0) {
  const int batch = logits.shape()[0], classes = logits.shape()[1];
  const auto images = static_cast<float>(batch);
  Loss loss{0, Tensor(logits.shape())};
  for (int n = 0; n < batch; ++n) {
    const float shift = subtracted(n);
    float total = 0;
    for (int k = 0; k < classes; ++k) total += std::exp(logits(n, k) - shift);
    const int label = labels[static_cast<std::size_t>(n)];
    const float at_label = logits(n, label) - shift;
    const float loss_here =
        log_of_quotient ? -std::log(std::max(std::exp(at_label) / total, floor)) : std::log(total) - at_label;
    loss.value += loss_here / images;
    for (int k = 0; k < classes; ++k)
      loss.d_logits(n, k) = (std::exp(logits(n, k) - shift) / total - (k == label ? 1.0F : 0.0F)) / images;
  }
  return loss;
}

/// The same with the denominators of all rows so far in each row's.
Loss softmax_with_one_total(const Tensor& logits, const std::vector<int>& labels) {
  const int batch = logits.shape()[0], classes = logits.shape()[1];
  Loss loss{0, Tensor(logits.shape())};
  double all_rows = 0;
  for (int n = 0; n < batch; ++n) {
    const int label = labels[static_cast<std::size_t>(n)];
    const float top = largest_from(logits(n, 0), logits, n);
    for (int k = 0; k < classes; ++k) all_rows += std::exp(logits(n, k) - top);
    loss.value += static_cast<float>((std::log(all_rows) - (logits(n, label) - top)) / batch);
    for (int k = 0; k < classes; ++k)
      loss.d_logits(n, k) = static_cast<float>((std::exp(logits(n, k) - top) / all_rows - (k == label)) / batch);
  }
  return loss;
}

/// What a float can lose when it adds a small number to a logit and takes it off again: some units in the last place.
double rounding_near(float logit) { return 4.0 * std::abs(std::nextafter(logit, 2 * logit) - logit); }

/// The mean over the rows of the sum of `of_entry(probability, whether it is at the label)`.
template <class OfEntry>
float mean_over_rows(const Tensor& probabilities, const std::vector<int>& labels, OfEntry&& of_entry) {
  const int batch = probabilities.shape()[0], classes = probabilities.shape()[1];
  double sum = 0;
  for (int n = 0; n < batch; ++n)
    for (int k = 0; k < classes; ++k) sum += of_entry(probabilities(n, k), k == labels[static_cast<std::size_t>(n)]);
  return static_cast<float>(sum / batch);
}

double mean_loss(const TensorD& logits, const std::vector<int>& labels) {
  const int batch = logits.shape()[0], classes = logits.shape()[1];
  double sum = 0;
  for (int n = 0; n < batch; ++n) {
    double total = 0;
    for (int k = 0; k < classes; ++k) total += std::exp(logits(n, k));
    sum += std::log(total) - logits(n, labels[static_cast<std::size_t>(n)]);
  }
  return sum / batch;
}

}  // namespace

// softmax-cross-entropy

TEST(SoftmaxCrossEntropy, OfThreeToOneIsTheLogOfFourThirds) {
  // The logits 0 and log 3 are odds of one to three: probabilities of 1/4 and 3/4.
  const Tensor logits({1, 2}, {0, std::log(3.0F)});
  const auto loss = static_cast<float>(std::log(4.0 / 3.0));
  EXPECT_ANSWER(student::softmax_cross_entropy(logits, {1}), (Loss{loss, Tensor({1, 2}, {0.25F, -0.25F})}))
      .mistake(Loss{loss, Tensor({1, 2}, {-0.25F, 0.25F})}, "the gradient points the wrong way",
               "probability minus label, or label minus probability? Which logit should go up?")
      .mistake(Loss{loss, Tensor({1, 2}, {0.25F, 0.75F})}, "the gradient is the probabilities themselves",
               "which entry is changed by 1?")
      .mistake(Loss{0.75F, Tensor({1, 2}, {0.25F, -0.25F})}, "the loss is the probability itself",
               "how surprised is one who gave it three quarters?")
      .mistake(Loss{-loss, Tensor({1, 2}, {0.25F, -0.25F})}, "the loss has the wrong sign",
               "the log of a probability is never positive; the loss is never negative")
      .mistake(Loss{static_cast<float>(std::log2(4.0 / 3.0)), Tensor({1, 2}, {0.25F, -0.25F})}, "the loss is in bits",
               "which logarithm belongs to exp?")
      .mistake(Loss{static_cast<float>(std::log10(4.0 / 3.0)), Tensor({1, 2}, {0.25F, -0.25F})},
               "the loss is a decimal logarithm", "which logarithm belongs to exp?");
}

TEST(SoftmaxCrossEntropy, IsTheMeanOverTheBatch) {
  const Tensor logits = gaussian({5, 4}, 2);
  const std::vector<int> labels = class_labels(5, 4);
  const Loss right = reference::softmax_cross_entropy(logits, labels);
  const Tensor probabilities = plus(scaled(right.d_logits, 5), one_hot(labels, 4));
  const auto with_loss = [&](double value) { return Loss{static_cast<float>(value), right.d_logits}; };
  const float square =
      mean_over_rows(probabilities, labels, [](float p, bool at_label) { return at_label ? (1 - p) * (1 - p) : 0; });
  const float squares = mean_over_rows(probabilities, labels,
                                       [](float p, bool at_label) { return at_label ? (1 - p) * (1 - p) : p * p; });
  const float others =
      mean_over_rows(probabilities, labels, [](float p, bool at_label) { return at_label ? 0 : -std::log(1 - p); });
  double largest = 0;
  for (int n = 0; n < 5; ++n) largest += largest_from(logits(n, 0), logits, n) / 5;
  EXPECT_ANSWER(student::softmax_cross_entropy(logits, labels), right)
      .mistake(Loss{right.value * 5, scaled(right.d_logits, 5)}, "this is the sum over the batch, not the mean")
      .mistake(Loss{right.value, scaled(right.d_logits, 5)}, "the gradient is not divided by the batch size",
               "the loss is a mean; what does that do to its derivative?")
      .mistake(Loss{right.value * 5, right.d_logits}, "the loss is not divided by the batch size",
               "the gradient belongs to the mean; and the loss?")
      .mistake(Loss{right.value, scaled(right.d_logits, -1)}, "the gradient points the wrong way",
               "probability minus label, or label minus probability? Which logit should go up?")
      .mistake(Loss{right.value, scaled(probabilities, 0.2)}, "the gradient is the probabilities themselves",
               "which entry of each row is changed by 1?")
      .mistake(Loss{right.value, probabilities}, "the gradient is the probabilities themselves",
               "which entry of each row is changed by 1, and what does the mean do?")
      .mistake(Loss{right.value, scaled(right.d_logits, 5.0 / 4)},
               "the gradient is divided by the number of classes, not of images")
      .mistake(Loss{static_cast<float>(right.value * std::numbers::log2e), right.d_logits}, "the loss is in bits",
               "which logarithm belongs to exp?")
      .mistake(Loss{0, zeros({5, 4})}, "the mean's share is a whole number, and so 0",
               "what is 1 / batch when both are whole numbers?")
      .mistake(Loss{right.value, zeros({5, 4})}, "the gradient is left at zero", "who writes into d_logits?")
      .mistake(softmax_with_one_total(logits, labels), "one row's total goes on into the next",
               "with which value does each row's sum start, and where does that line stand?")
      .mistake(with_loss(right.value + others), "the other classes' logs are added too",
               "on which class's probability does the loss of a row depend?")
      .mistake(with_loss(square), "the loss is a squared error", "how surprised is one who bet a probability p?")
      .mistake(with_loss(squares), "the loss is a squared error", "how surprised is one who bet a probability p?")
      .mistake(with_loss(right.value - largest), "the largest logit was taken off in exp and not at the label",
               "numerator and denominator: what must both of them lose?");
}

TEST(SoftmaxCrossEntropy, StaysFiniteForLogitsOfAThousand) {
  const Tensor logits({3, 3}, {1000, 998, 1000, -1000, 1000, 0, -500, 0, 1000});
  const std::vector<int> labels{0, 0, 1};
  const auto shifted = [&](auto shift, bool log_of_quotient) {
    return softmax_less(shift, log_of_quotient, logits, labels);
  };
  const auto nothing = [](int) { return 0.0F; };
  const auto own_largest = [&](int n) { return largest_from(logits(n, 0), logits, n); };
  const auto of_first_two = [&](int n) { return std::max(logits(n, 0), logits(n, 1)); };
  auto answer =
      EXPECT_ANSWER(student::softmax_cross_entropy(logits, labels), reference::softmax_cross_entropy(logits, labels));
  for (const float floor : {1e-5F, 1e-6F, 1e-7F, 1e-8F, 1e-9F, 1e-10F, 1e-12F, 1e-15F, 1e-20F, 1e-30F,
                            std::numeric_limits<float>::epsilon(), std::numeric_limits<float>::min()})
    answer.mistake(
        softmax_less(own_largest, true, logits, labels, floor),
        "the probability is raised a little or clamped before its log is taken",
        "a floor hides how wrong the bet was: log(exp(a) / total), can you take the log without the division?");
  answer
      .mistake(shifted(nothing, true), "exp of a large logit overflows",
               "which number can you subtract from a whole row so that exp never sees more than 0?")
      .mistake(shifted(nothing, false), "exp of a large logit overflows",
               "which number can you subtract from a whole row so that exp never sees more than 0?")
      .mistake(shifted(own_largest, true), "the log is taken of a probability that has become 0",
               "log(exp(a) / total): can you take the log before anything is lost?")
      .mistake(shifted(of_first_two, true), "the last logits are left out of the search for the largest",
               "where does that loop end?")
      .mistake(shifted(of_first_two, false), "the last logits are left out of the search for the largest",
               "where does that loop end?")
      .because("the second row bet everything on class 1, and the answer was 0: the loss of that row is 2000, no less");
}

TEST(SoftmaxCrossEntropy, FindsTheLargestOfLogitsFarBelowZero) {
  const std::vector<int> labels{1};
  for (const float level : {-900.0F, -5000.0F}) {
    const Tensor logits({1, 2}, {level - 1, level});
    const auto far_above = [](int) { return 0.0F; };
    EXPECT_ANSWER(student::softmax_cross_entropy(logits, labels), reference::softmax_cross_entropy(logits, labels))
        .within(rounding_near(level))
        .mistake(softmax_less(far_above, true, logits, labels),
                 "the number that is subtracted lies far above this row's largest logit",
                 "which number does your search for the largest start from, and is it sure to be in the row?")
        .mistake(softmax_less(far_above, false, logits, labels),
                 "the number that is subtracted lies far above this row's largest logit",
                 "which number does your search for the largest start from, and is it sure to be in the row?")
        .because("the two logits are a step of 1 apart, and softmax knows differences only");
  }
}

TEST(SoftmaxCrossEntropy, JudgesEveryRowByItsOwnLargest) {
  const Tensor logits({2, 2}, {900, 901, -901, -900});
  const std::vector<int> labels{0, 1};
  const auto of_the_batch = [](int) { return 901.0F; };
  EXPECT_ANSWER(student::softmax_cross_entropy(logits, labels), reference::softmax_cross_entropy(logits, labels))
      .within(rounding_near(901))
      .mistake(softmax_less(of_the_batch, true, logits, labels), "one number is subtracted from all rows alike",
               "what does exp make of a row that lies 1800 lower?")
      .mistake(softmax_less(of_the_batch, false, logits, labels), "one number is subtracted from all rows alike",
               "what does exp make of a row that lies 1800 lower?")
      .because("both rows are a step of 1 apart, and softmax knows differences only");
}

TEST(SoftmaxCrossEntropy, IsNothingWhenThereIsOneClass) {
  EXPECT_ANSWER(student::softmax_cross_entropy(Tensor({2, 1}, {3, -4}), {0, 0}), (Loss{0, zeros({2, 1})}))
      .because("a single class always has probability 1");
}

TEST(SoftmaxCrossEntropy, OfANetworkThatKnowsNothingIsLogTen) {
  const std::vector<int> labels = class_labels(3, 10);
  const Loss loss = student::softmax_cross_entropy(zeros({3, 10}), labels);
  EXPECT_ANSWER(loss.value, std::log(10.0)).because("ten equal bets: each answer gets 1/10");
}

TEST(SoftmaxCrossEntropy, HasAGradientWhoseRowsAddUpToZero) {
  const Tensor logits = gaussian({4, 6}, 3);
  const Tensor d_logits = student::softmax_cross_entropy(logits, class_labels(4, 6)).d_logits;
  double worst = d_logits.shape() == logits.shape() ? 0 : std::numeric_limits<double>::infinity();
  for (int n = 0; worst < 1 && n < 4; ++n) {
    double sum = 0;
    for (int k = 0; k < 6; ++k) sum += d_logits(n, k);
    worst = std::max(worst, std::abs(sum));
  }
  EXPECT_PROPERTY(worst < 1e-5, "each row of the gradient adds up to 0")
      .shows("d_logits", d_logits)
      .shows("largest sum of a row", worst)
      .because("raising all logits of a row alike changes no probability, so it changes no loss");
}

TEST(SoftmaxCrossEntropy, AgreesWithATinyNudgeOfEveryLogit) {
  const Tensor logits = gaussian({3, 4});
  const std::vector<int> labels = class_labels(3, 4);
  const TensorD nudged =
      numerical_gradient([&](const TensorD& point) { return mean_loss(point, labels); }, to_double(logits));
  EXPECT_ANSWER(student::softmax_cross_entropy(logits, labels).d_logits, to_float(nudged))
      .because("raise one logit by a hair: the loss changes by d_logits times the hair");
}

// momentum-step

TEST(MomentumStep, IsPlainGradientDescentWithoutMomentum) {
  const Tensor weights({3}, {1, 2, 3}), velocity({3}, {8, 8, 8}), gradient({3}, {4, -8, 0});
  EXPECT_ANSWER(student::momentum_step(weights, velocity, gradient, 0.25F, 0),
                (MomentumStep{Tensor({3}, {0, 4, 3}), gradient}))
      .mistake(MomentumStep{Tensor({3}, {2, 0, 3}), gradient}, "the step goes uphill",
               "the gradient points where the loss grows")
      .mistake(MomentumStep{Tensor({3}, {2, 0, 3}), scaled(gradient, -1)}, "the gradient is taken off the velocity",
               "there is one minus in the two lines: where does it stand?")
      .mistake(MomentumStep{plus(weights, velocity, -0.25F), gradient}, "the weights move along the old velocity",
               "which of the two lines comes first?")
      .mistake(MomentumStep{weights, velocity}, "nothing has moved", "who writes into the step that you return?")
      .mistake(MomentumStep{Tensor({3}, {0, 4, 3}), scaled(gradient, 0.25)}, "the learning rate is inside the velocity",
               "at how many places may the learning rate stand, and where?")
      .mistake(MomentumStep{Tensor({3}, {0.75F, 2.5F, 3}), scaled(gradient, 0.25)},
               "the learning rate is applied twice", "at how many places may the learning rate stand, and where?");
}

TEST(MomentumStep, UpdatesTheVelocityThenMovesTheWeightsAlongIt) {
  // All these numbers are exact in a float.
  const Tensor weights({2}, {1, 10}), velocity({2}, {4, -8}), gradient({2}, {3, 8});
  const float rate = 0.5F, momentum = 0.25F;
  const auto moved = [&](const Tensor& along, double step, const Tensor& kept) {
    return MomentumStep{plus(weights, along, static_cast<float>(-step)), kept};
  };
  const Tensor right = plus(gradient, velocity, momentum);                      // {4, 6}
  const Tensor rate_inside = plus(scaled(gradient, rate), velocity, momentum);  // {2.5, 2}
  const Tensor dampened = plus(scaled(gradient, 1 - momentum), velocity, momentum);
  const Tensor downhill = plus(scaled(gradient, -1), velocity, momentum);
  const Tensor forgotten = gradient;
  const Tensor never_slows = plus(gradient, velocity);
  const Tensor nesterov = plus(gradient, right, momentum);
  const Tensor both_slowed = scaled(plus(velocity, gradient), momentum);
  const Tensor slowed_by_the_rest = plus(gradient, velocity, 1 - momentum);
  const Tensor gradient_slowed = plus(velocity, gradient, momentum);
  const Tensor slowed_by_rate = plus(gradient, velocity, rate);
  EXPECT_ANSWER(student::momentum_step(weights, velocity, gradient, rate, momentum), moved(right, rate, right))
      .mistake(moved(rate_inside, 1, rate_inside), "the learning rate is inside the velocity",
               "velocity = momentum * velocity + gradient: where is the learning rate?")
      .mistake(moved(rate_inside, rate, rate_inside), "the learning rate is applied twice",
               "velocity = momentum * velocity + gradient: where is the learning rate?")
      .mistake(moved(velocity, rate, right), "the weights move along the old velocity",
               "which of the two lines comes first?")
      .mistake(moved(right, -rate, right), "the step goes uphill", "the gradient points where the loss grows")
      .mistake(moved(downhill, rate, downhill), "the gradient is taken off the velocity",
               "there is one minus in the two lines: where does it stand?")
      .mistake(moved(downhill, -rate, downhill), "the velocity has the opposite sign",
               "the velocity gathers gradients as they are; where does the minus stand?")
      .mistake(moved(dampened, rate, dampened), "the gradient is scaled by 1 - momentum",
               "that is an average; what do the two lines in tasks.hpp say?")
      .mistake(moved(forgotten, rate, forgotten), "the old velocity is forgotten", "what is momentum multiplied with?")
      .mistake(moved(never_slows, rate, never_slows), "the velocity never slows down",
               "what is the old velocity multiplied with?")
      .mistake(moved(nesterov, rate, right), "this is Nesterov's momentum",
               "a fine method, and another one: move along the velocity itself")
      .mistake(moved(right, rate, velocity), "the new velocity is not returned",
               "who will remember it for the next step?")
      .mistake(moved(right, 1, right), "the learning rate is missing")
      .mistake(moved(both_slowed, rate, both_slowed), "the gradient is multiplied by momentum too",
               "velocity = momentum * velocity + gradient: where do your brackets stand?")
      .mistake(moved(gradient_slowed, rate, gradient_slowed),
               "the gradient is multiplied by momentum, and not the old velocity", "which of the two should slow down?")
      .mistake(moved(slowed_by_the_rest, rate, slowed_by_the_rest), "the old velocity is multiplied by 1 - momentum",
               "how much of its speed does a ball keep when momentum is 0.9?")
      .mistake(moved(slowed_by_rate, momentum, slowed_by_rate), "learning rate and momentum are exchanged",
               "in which order do the arguments come?")
      .mistake(moved(gradient, rate, right), "the weights move by the gradient alone",
               "along what do the weights move?")
      .mistake(moved(gradient, rate, velocity), "the weights move by the gradient alone",
               "along what do the weights move?")
      .mistake((MomentumStep{weights, velocity}), "nothing has moved", "who writes into the step that you return?")
      .mistake((MomentumStep{right, moved(right, rate, right).weights}), "weights and velocity came back exchanged",
               "which of the two does MomentumStep name first?");
}

TEST(MomentumStep, RollsOnWhenTheGradientEnds) {
  const Tensor weights = whole_numbers({2, 3}), velocity = whole_numbers({2, 3}, 1, 8);
  EXPECT_ANSWER(student::momentum_step(weights, velocity, zeros({2, 3}), 0.5F, 0.5F),
                (MomentumStep{plus(weights, velocity, -0.25F), scaled(velocity, 0.5)}))
      .because("on flat ground a ball goes on, half as fast after each step when momentum is 0.5");
}

TEST(MomentumStep, TakesTensorsOfAnyShape) {
  for (const Shape& shape : {Shape{1}, Shape{5}, Shape{2, 3}, Shape{2, 1, 3}, Shape{2, 3, 2, 2}}) {
    const Tensor weights = gaussian(shape), velocity = gaussian(shape), gradient = gaussian(shape);
    EXPECT_ANSWER(student::momentum_step(weights, velocity, gradient, 0.1F, 0.9F),
                  reference::momentum_step(weights, velocity, gradient, 0.1F, 0.9F))
        .help("`weights.size()` counts all numbers, and `weights[k]` is the k-th of them whatever the shape");
  }
}

TEST(MomentumStep, ComesToRestAtTheBottomOfABowl) {
  // The loss (w - 3)^2 / 2 has the gradient w - 3 and its bottom at 3.
  MomentumStep state{Tensor({1}, {10}), Tensor({1})};
  for (int step = 0; step < 400; ++step) {
    const Tensor gradient({1}, {state.weights(0) - 3});
    state = student::momentum_step(state.weights, state.velocity, gradient, 0.1F, 0.9F);
    if (state.weights.shape() != Shape{1} || state.velocity.shape() != Shape{1}) break;
  }
  EXPECT_ANSWER(state.weights, Tensor({1}, {3})).within(1e-3).because("400 steps down a bowl end at its bottom");
}
