#pragma once

#include <variant>

namespace handbuilt::nn {

/// The same learning rate throughout.
struct ConstantSchedule {
  double learning_rate = 0.01;
};

/// The rate is multiplied by `factor` after every `every_epochs` epochs: a staircase, as in the early ImageNet papers.
struct StepSchedule {
  double learning_rate = 0.01;  ///< of the first stair
  double factor = 0.1;          ///< in (0, 1]
  double every_epochs = 10;     ///< length of a stair
};

/// Climbs in a straight line from 0 to `peak` over the warm-up, then falls along half a cosine to `last` at the end of
/// training. The warm-up lets a large peak survive the first steps, when gradients are large and point anywhere.
///
/// Source: Loshchilov and Hutter (2017), "SGDR: stochastic gradient descent with warm restarts"; the warm-up is Goyal
/// et al. (2017), "Accurate, large minibatch SGD".
struct CosineSchedule {
  double peak = 0.05;
  double last = 0;            ///< rate at the very end, at most `peak`
  double warm_up_epochs = 1;  ///< 0 for none
};

/// How the learning rate moves while training goes on; a plain value.
using Schedule = std::variant<ConstantSchedule, StepSchedule, CosineSchedule>;

/// The learning rate at a moment: `epoch` counts passes over the data and may be fractional (3.5 is half-way through
/// the fourth), `epochs` is the length of the whole training. Moments past the end give the rate of the end.
double learning_rate_at(const Schedule& schedule, double epoch, double epochs);

/// Throws ValueError, naming the option, its range and the value, unless every option is in its range and the warm-up
/// ends before the training of `epochs` epochs does.
void validate(const Schedule& schedule, double epochs);

}  // namespace handbuilt::nn
