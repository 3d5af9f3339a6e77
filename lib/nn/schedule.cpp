#include "nn/schedule.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "nn/options.hpp"

namespace handbuilt::nn {

namespace {

double rate(const ConstantSchedule& schedule, double, double) { return schedule.learning_rate; }

double rate(const StepSchedule& schedule, double epoch, double) {
  return schedule.learning_rate * std::pow(schedule.factor, std::floor(epoch / schedule.every_epochs));
}

double rate(const CosineSchedule& schedule, double epoch, double epochs) {
  if (epoch < schedule.warm_up_epochs) return schedule.peak * epoch / schedule.warm_up_epochs;
  const double done = std::min(1.0, (epoch - schedule.warm_up_epochs) / (epochs - schedule.warm_up_epochs));
  return schedule.last + (schedule.peak - schedule.last) * (1 + std::cos(std::numbers::pi * done)) / 2;
}

void check(const ConstantSchedule& schedule, double) {
  require_positive("ConstantSchedule::learning_rate", schedule.learning_rate);
}

void check(const StepSchedule& schedule, double) {
  require_positive("StepSchedule::learning_rate", schedule.learning_rate);
  require_positive("StepSchedule::every_epochs", schedule.every_epochs);
  require_option(schedule.factor > 0 && schedule.factor <= 1, "StepSchedule::factor", "a number in (0, 1]",
                 schedule.factor);
}

void check(const CosineSchedule& schedule, double epochs) {
  require_positive("CosineSchedule::peak", schedule.peak);
  require_option(schedule.last >= 0 && schedule.last <= schedule.peak, "CosineSchedule::last", "between 0 and the peak",
                 schedule.last);
  require_option(schedule.warm_up_epochs >= 0 && schedule.warm_up_epochs < epochs, "CosineSchedule::warm_up_epochs",
                 "at least 0 and fewer than the epochs of the training", schedule.warm_up_epochs);
}

}  // namespace

double learning_rate_at(const Schedule& schedule, double epoch, double epochs) {
  return std::visit([&](const auto& chosen) { return rate(chosen, std::min(epoch, epochs), epochs); }, schedule);
}

void validate(const Schedule& schedule, double epochs) {
  std::visit([&](const auto& chosen) { check(chosen, epochs); }, schedule);
}

}  // namespace handbuilt::nn
