#include <algorithm>
#include <cstddef>
#include <iomanip>
#include <sstream>
#include <string>
#include <vector>

#include "grader/judge/judge.hpp"
#include "reference.hpp"

using convnet::SmallNetwork;
using convnet::TrainingStep;
using namespace handbuilt::grader;

STUDENT(convnet, training_step, network, velocity, images, labels, learning_rate, momentum);

namespace {

/// Which slip to make on the way; none by default.
struct Slips {
  bool relu_forward = true;
  bool relu_backward = true;
  bool relu_exchanged = false;  ///< relu_backward gets its two arguments the wrong way round
  bool relu_on_scores = false;
  bool filters_bias = true, readout_bias = true;  ///< on the way forward
  bool moved_readout_first = false;  ///< the gradient of the filters is computed with the readout after its step
  bool loss_afterwards = false;
};

Tensor relu(Tensor tensor) {
  for (float& value : tensor) value = std::max(value, 0.0F);
  return tensor;
}

Tensor zeros_like(const Tensor& tensor) { return zeros(tensor.shape()); }

/// The gradient where the input was positive, and 0 elsewhere.
Tensor relu_backward(const Tensor& input, Tensor d_output) {
  for (std::ptrdiff_t k = 0; k < input.size(); ++k)
    if (input[k] <= 0) d_output[k] = 0;
  return d_output;
}

struct Forward {
  Tensor filtered, active;
  convnet::Pooled pooled;
  Shape scores;
  convnet::Loss loss;
};

Forward forward(const SmallNetwork& network, const Tensor& images, const std::vector<int>& labels, const Slips& slips) {
  Forward pass;
  pass.filtered = reference::conv2d_forward(
      images, network.filters, slips.filters_bias ? network.filters_bias : zeros_like(network.filters_bias));
  pass.active = slips.relu_forward ? relu(pass.filtered) : pass.filtered;
  pass.pooled = reference::max_pool_forward(pass.active, 2);
  Tensor scores =
      reference::conv2d_forward(pass.pooled.values, network.readout,
                                slips.readout_bias ? network.readout_bias : zeros_like(network.readout_bias));
  if (slips.relu_on_scores) scores = relu(scores);
  pass.scores = scores.shape();
  pass.loss = reference::softmax_cross_entropy(scores.reshaped({scores.shape()[0], scores.shape()[1]}), labels);
  return pass;
}

SmallNetwork gradients(const Forward& pass, const Tensor& images, const Tensor& readout_on_the_way_back,
                       const Slips& slips) {
  const Tensor d_scores = pass.loss.d_logits.reshaped(pass.scores);
  const auto d_readout = reference::conv2d_gradient_parameters(pass.pooled.values, d_scores);
  const Tensor d_pooled = reference::conv2d_gradient_input(readout_on_the_way_back, d_scores);
  const Tensor d_active = reference::max_pool_backward(pass.active, pass.pooled.winners, d_pooled);
  const Tensor d_filtered = !slips.relu_backward   ? d_active
                            : slips.relu_exchanged ? relu_backward(d_active, pass.filtered)
                                                   : relu_backward(pass.filtered, d_active);
  const auto d_filters = reference::conv2d_gradient_parameters(images, d_filtered);
  return {d_filters.d_weights, d_filters.d_bias, d_readout.d_weights, d_readout.d_bias};
}

/// A learning problem: upright strokes (class 0) and level ones (class 1) in pictures of 6 x 6, and a network for it.
struct Problem {
  SmallNetwork network{gaussian({3, 1, 3, 3}, 0.3), gaussian({3}, 0.1), gaussian({2, 3, 2, 2}, 0.3),
                       gaussian({2}, 0.1)};
  SmallNetwork velocity{gaussian({3, 1, 3, 3}, 0.1), gaussian({3}, 0.1), gaussian({2, 3, 2, 2}, 0.1),
                        gaussian({2}, 0.1)};
  std::vector<int> labels = class_labels(8, 2);
  Tensor images = strokes(labels);
  float rate = 0.1F, momentum = 0.9F;

  static Tensor strokes(const std::vector<int>& labels) {
    const int count = static_cast<int>(labels.size());
    Tensor images = gaussian({count, 1, 6, 6}, 0.05);
    for (int n = 0; n < count; ++n) {
      const int place = 1 + draws().below(4);
      for (int along = 0; along < 6; ++along)
        (labels[static_cast<std::size_t>(n)] == 0 ? images(n, 0, along, place) : images(n, 0, place, along)) += 1;
    }
    return images;
  }

  [[nodiscard]] TrainingStep answer() const {
    return student::training_step(network, velocity, images, labels, rate, momentum);
  }
};

using TensorOfNetwork = Tensor SmallNetwork::*;
const std::vector<TensorOfNetwork> kTensors{&SmallNetwork::filters, &SmallNetwork::filters_bias, &SmallNetwork::readout,
                                            &SmallNetwork::readout_bias};

/// The step from `problem` along `gradient` for the tensors in `moving`.
TrainingStep stepped(const Problem& problem, const SmallNetwork& gradient, float loss,
                     const std::vector<TensorOfNetwork>& moving = kTensors) {
  TrainingStep next{problem.network, problem.velocity, loss};
  for (const TensorOfNetwork tensor : moving) {
    const auto moved = reference::momentum_step(problem.network.*tensor, problem.velocity.*tensor, gradient.*tensor,
                                                problem.rate, problem.momentum);
    next.network.*tensor = moved.weights;
    next.velocity.*tensor = moved.velocity;
  }
  return next;
}

TrainingStep right_step(const Problem& problem, const Slips& slips = {}) {
  const Forward pass = forward(problem.network, problem.images, problem.labels, slips);
  const TrainingStep honest =
      stepped(problem, gradients(pass, problem.images, problem.network.readout, slips), pass.loss.value);
  if (slips.moved_readout_first)
    return stepped(problem, gradients(pass, problem.images, honest.network.readout, slips), pass.loss.value);
  if (slips.loss_afterwards) {
    TrainingStep late = honest;
    late.loss = forward(honest.network, problem.images, problem.labels, slips).loss.value;
    return late;
  }
  return honest;
}

/// The right step of one who takes other numbers than these for the learning rate and the momentum.
TrainingStep step_with(Problem problem, float rate, float momentum) {
  problem.rate = rate;
  problem.momentum = momentum;
  return right_step(problem);
}

SmallNetwork reversed(SmallNetwork gradient) {
  for (const TensorOfNetwork tensor : kTensors)
    for (float& value : gradient.*tensor) value = -value;
  return gradient;
}

SmallNetwork zeros_like(SmallNetwork network) {
  for (const TensorOfNetwork tensor : kTensors) (network.*tensor).fill(0);
  return network;
}

/// How many pictures a network puts into the right one of two classes.
int count_right(const SmallNetwork& network, const Tensor& images, const std::vector<int>& labels) {
  const Tensor filtered = reference::conv2d_forward(images, network.filters, network.filters_bias);
  const Tensor pooled = reference::max_pool_forward(relu(filtered), 2).values;
  const Tensor scores = reference::conv2d_forward(pooled, network.readout, network.readout_bias);
  int right = 0;
  for (int n = 0; n < images.shape()[0]; ++n)
    right += (scores(n, 1, 0, 0) > scores(n, 0, 0, 0)) == (labels[static_cast<std::size_t>(n)] == 1) ? 1 : 0;
  return right;
}

std::string two_digits(float value) {
  std::ostringstream text;
  text << std::setprecision(2) << value;
  return text.str();
}

}  // namespace

// training-step

TEST(TrainingStep, SaysTheLossOfTheNetworkAsItCameIn) {
  const Problem problem;
  const auto loss_after = [&](const Slips& slips) { return right_step(problem, slips).loss; };
  const float right = loss_after({});
  EXPECT_ANSWER(problem.answer().loss, right)
      .mistake(loss_after({.loss_afterwards = true}), "this is the loss after the step",
               "which network did the forward pass use?")
      .mistake(loss_after({.relu_forward = false}), "the ReLU is left out",
               "what stands between the first convolution and the pooling?")
      .mistake(loss_after({.relu_on_scores = true}), "a ReLU stands on the scores too", "may a score be negative?")
      .mistake(loss_after({.filters_bias = false}), "the filters' bias is left out on the way forward",
               "what does the first convolution add to its sums?")
      .mistake(loss_after({.readout_bias = false}), "the readout's bias is left out on the way forward",
               "what does the second convolution add to its sums?")
      .mistake(right * static_cast<float>(problem.labels.size()), "the loss is the sum over the batch",
               "softmax_cross_entropy has taken the mean already; what do you do with it?")
      .mistake(0, "the loss is not returned", "which of TrainingStep's fields holds it?");
}

TEST(TrainingStep, MovesEveryTensorDownhill) {
  const Problem problem;
  const Forward pass = forward(problem.network, problem.images, problem.labels, {});
  const SmallNetwork gradient = gradients(pass, problem.images, problem.network.readout, {});
  const float loss = pass.loss.value;
  const auto only_moving = [&](const std::vector<TensorOfNetwork>& moving) {
    return stepped(problem, gradient, loss, moving);
  };
  Problem at_rest = problem;
  at_rest.velocity = zeros_like(problem.velocity);
  const TrainingStep right = right_step(problem), from_rest = stepped(at_rest, gradient, loss);
  EXPECT_ANSWER(problem.answer(), right)
      .mistake(right_step(problem, {.relu_forward = false, .relu_backward = false}), "the ReLU is left out",
               "what stands between the first convolution and the pooling, on both ways?")
      .mistake(right_step(problem, {.relu_backward = false}), "the way back forgets the ReLU",
               "which answers of the first convolution had no say, because they were cut off?")
      .mistake(right_step(problem, {.relu_exchanged = true}), "the arguments of relu_backward are exchanged",
               "which of the two says where the ReLU was open?")
      .mistake(right_step(problem, {.moved_readout_first = true}),
               "the readout was moved before its gradient was handed back",
               "with which readout did the forward pass compute the loss?")
      .mistake(right_step(problem, {.loss_afterwards = true}), "this is the loss after the step",
               "which network did the forward pass use?")
      .mistake(stepped(problem, reversed(gradient), loss), "the step goes uphill",
               "which function of yours already takes the gradient off?")
      .mistake(step_with(problem, -problem.rate, problem.momentum), "the step goes uphill",
               "which function of yours already takes the gradient off?")
      .mistake(step_with(problem, problem.momentum, problem.rate), "learning rate and momentum are exchanged",
               "in which order does momentum_step take them?")
      .mistake(only_moving({&SmallNetwork::readout, &SmallNetwork::readout_bias}), "the filters stand still",
               "only the readout moved: how far back did your gradients get?")
      .mistake(only_moving({&SmallNetwork::filters, &SmallNetwork::filters_bias}), "the readout stands still",
               "which tensors does the network have?")
      .mistake(only_moving({&SmallNetwork::filters, &SmallNetwork::readout}), "the biases stand still",
               "which tensors does the network have?")
      .mistake(only_moving({&SmallNetwork::filters, &SmallNetwork::filters_bias, &SmallNetwork::readout}),
               "readout_bias stands still", "which tensors does the network have?")
      .mistake(only_moving({&SmallNetwork::filters, &SmallNetwork::readout, &SmallNetwork::readout_bias}),
               "filters_bias stands still", "which tensors does the network have?")
      .mistake(from_rest, "the old velocity is not used", "which velocity does momentum_step get?")
      .mistake((TrainingStep{from_rest.network, problem.velocity, loss}), "the velocity is not used in the step",
               "which function of yours makes a step with momentum?")
      .mistake((TrainingStep{right.network, problem.velocity, loss}), "the new velocity is not returned",
               "who will remember it for the next step?")
      .mistake((TrainingStep{problem.network, right.velocity, loss}), "the weights came back unmoved",
               "momentum_step returns two tensors: where does each of them go?")
      .mistake((TrainingStep{problem.network, problem.velocity, loss}), "nothing has moved",
               "what becomes of the gradients?");
}

TEST(TrainingStep, TakesOtherSizesAndNumbersToo) {
  Problem problem;
  problem.labels = class_labels(3, 4);
  problem.images = gaussian({3, 1, 9, 9});  // 9 - 4 + 1 = 6 answers a side, 3 after pooling
  problem.network = {gaussian({5, 1, 4, 4}, 0.3), gaussian({5}), gaussian({4, 5, 3, 3}, 0.3), gaussian({4})};
  for (const TensorOfNetwork tensor : kTensors)
    problem.velocity.*tensor = gaussian((problem.network.*tensor).shape(), 0.1);
  const Problem usual;
  problem.rate = 0.03F;
  problem.momentum = 0.5F;
  EXPECT_ANSWER(problem.answer(), right_step(problem))
      .mistake(step_with(problem, usual.rate, usual.momentum),
               "the learning rate and the momentum are your own numbers",
               "what did training_step get as its last two arguments?")
      .mistake(step_with(problem, usual.rate, problem.momentum), "the learning rate is a number of your own",
               "what did training_step get as `learning_rate`?")
      .mistake(step_with(problem, problem.rate, usual.momentum), "the momentum is a number of your own",
               "what did training_step get as `momentum`?")
      .help("is there a number in your code that should come from a shape?");
}

TEST(TrainingStep, LearnsToTellUprightFromLevel) {
  Problem problem;
  problem.labels = {0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1};
  problem.images = Problem::strokes(problem.labels);
  // With three filters about one draw in sixty starts with a ReLU dead for some picture; with eight none in 2,000 did.
  problem.network = {gaussian({8, 1, 3, 3}, 0.3), gaussian({8}, 0.1), gaussian({2, 8, 2, 2}, 0.3), gaussian({2}, 0.1)};
  problem.velocity = zeros_like(problem.network);
  float first = 0, last = 0;
  for (int step = 0; step < 120; ++step) {
    const TrainingStep after = problem.answer();
    last = after.loss;
    if (step == 0) first = last;
    problem.network = after.network;
    problem.velocity = after.velocity;
  }
  EXPECT_PROPERTY(last < 0.1F * first, "120 steps on twelve pictures bring the loss below a tenth of what it was")
      .shows("loss before", first)
      .shows("loss after", last)
      .because("twelve pictures can be learned by heart");

  const std::vector<int> labels = class_labels(100, 2);
  const Tensor unseen = Problem::strokes(labels);
  note("your network: loss " + two_digits(first) + " -> " + two_digits(last) + " in 120 steps, then " +
       std::to_string(count_right(problem.network, unseen, labels)) + " of 100 unseen strokes told right");
}
