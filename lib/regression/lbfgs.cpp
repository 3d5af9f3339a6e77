#include "regression/lbfgs.hpp"

#include <algorithm>
#include <cmath>
#include <deque>
#include <limits>

#include "core/error.hpp"

namespace handbuilt::regression {

namespace {

/// A point on the ray that a line search walks along.
struct Probe {
  double step = 0, value = 0, slope = 0;
  VectorD at, gradient;
};

struct Remembered {
  VectorD step, change;  // of the point and of the gradient
  double inverse_product;
};

/// -(inverse of the remembered curvature) * gradient: the two-loop recursion.
VectorD direction_from(const std::deque<Remembered>& memory, const VectorD& gradient) {
  VectorD direction = -gradient;
  std::vector<double> weights(memory.size());
  for (std::size_t i = memory.size(); i-- > 0;) {
    weights[i] = memory[i].inverse_product * memory[i].step.dot(direction);
    direction -= weights[i] * memory[i].change;
  }
  if (!memory.empty()) direction *= 1 / (memory.back().inverse_product * memory.back().change.squaredNorm());
  for (std::size_t i = 0; i < memory.size(); ++i) {
    const double back = memory[i].inverse_product * memory[i].change.dot(direction);
    direction += (weights[i] - back) * memory[i].step;
  }
  return direction;
}

/// Finds a step that lowers the value enough and leaves a gentle enough slope.
class LineSearch {
 public:
  LineSearch(const Objective& objective, int& evaluations) : objective_(objective), evaluations_(evaluations) {}

  /// Returns false, with `end` at the best point seen, when no such step is found (rounding has been reached).
  bool run(const Probe& start, const VectorD& direction, double first_step, Probe& end) {
    start_ = &start;
    direction_ = &direction;
    Probe before = start, now = probe(first_step);
    for (int i = 0; i < kMostProbes; ++i) {
      if (!falls_enough(now) || (i > 0 && now.value >= before.value)) return zoom(before, now, end);
      if (is_gentle(now)) return accept(now, end);
      if (now.slope >= 0) return zoom(now, before, end);
      before = std::move(now);
      now = probe(before.step * kGrowth);
    }
    return accept(before, end) && false;
  }

 private:
  static constexpr double kEnoughFall = 1e-4, kGentleness = 0.9, kGrowth = 2;
  static constexpr int kMostProbes = 30;

  Probe probe(double step) {
    Probe p;
    p.step = step;
    p.at = start_->at + step * *direction_;
    p.value = objective_(p.at, p.gradient);
    p.slope = p.gradient.dot(*direction_);
    if (!std::isfinite(p.value) || !std::isfinite(p.slope)) p.value = std::numeric_limits<double>::infinity();
    ++evaluations_;
    return p;
  }
  [[nodiscard]] bool falls_enough(const Probe& p) const {
    return p.value <= start_->value + kEnoughFall * p.step * start_->slope;
  }
  [[nodiscard]] bool is_gentle(const Probe& p) const { return std::abs(p.slope) <= -kGentleness * start_->slope; }
  static bool accept(Probe& p, Probe& end) {
    end = std::move(p);
    return true;
  }

  /// `low` is the better end of an interval that holds a step to accept; its slope points into the interval.
  bool zoom(Probe low, Probe high, Probe& end) {
    for (int i = 0; i < kMostProbes; ++i) {
      Probe now = probe(between(low, high));
      if (!falls_enough(now) || now.value >= low.value) {
        high = std::move(now);
      } else {
        if (is_gentle(now)) return accept(now, end);
        if (now.slope * (high.step - low.step) >= 0) high = std::move(low);
        low = std::move(now);
      }
    }
    const bool moved = low.step > 0;
    end = std::move(low);
    return moved && end.value < start_->value;
  }

  /// The minimum of the cubic through both ends, kept away from them.
  static double between(const Probe& a, const Probe& b) {
    const double width = b.step - a.step;
    double share = 0.5;
    if (std::isfinite(b.value)) {
      const double d1 = a.slope + b.slope - 3 * (b.value - a.value) / width;
      const double root = d1 * d1 - a.slope * b.slope;
      if (root >= 0) {
        const double d2 = std::copysign(std::sqrt(root), width);
        share = 1 - (b.slope + d2 - d1) / (b.slope - a.slope + 2 * d2);
      }
    }
    if (!(share > 0.1)) share = std::isfinite(share) ? 0.1 : 0.5;
    return a.step + std::min(share, 0.9) * width;
  }

  const Objective& objective_;
  int& evaluations_;
  const Probe* start_ = nullptr;
  const VectorD* direction_ = nullptr;
};

}  // namespace

Minimum minimise_lbfgs(const Objective& objective, VectorD start, const LbfgsOptions& options) {
  Minimum result;
  Probe now;
  now.at = std::move(start);
  now.value = objective(now.at, now.gradient);
  result.evaluations = 1;
  if (!std::isfinite(now.value) || !now.gradient.allFinite())
    throw ValueError("L-BFGS: expected a finite value and gradient at the start, got " + std::to_string(now.value));
  const double enough = options.tolerance * now.gradient.lpNorm<Eigen::Infinity>();

  std::deque<Remembered> memory;
  LineSearch search(objective, result.evaluations);
  while (now.gradient.lpNorm<Eigen::Infinity>() > enough && result.iterations < options.max_iterations) {
    VectorD direction = direction_from(memory, now.gradient);
    now.slope = now.gradient.dot(direction);
    now.step = 0;
    if (!(now.slope < 0)) {  // rounding: forget what is remembered
      memory.clear();
      direction = -now.gradient;
      now.slope = -now.gradient.squaredNorm();
    }
    const double first_step = memory.empty() ? std::min(1.0, 1 / now.gradient.lpNorm<1>()) : 1;
    Probe next;
    if (!search.run(now, direction, first_step, next)) {
      if (memory.empty()) break;
      memory.clear();  // once more, straight downhill
      continue;
    }
    Remembered step{next.at - now.at, next.gradient - now.gradient, 0};
    const double product = step.step.dot(step.change);
    if (product > 0) {
      step.inverse_product = 1 / product;
      memory.push_back(std::move(step));
      if (std::ssize(memory) > options.history) memory.pop_front();
    }
    now = std::move(next);
    ++result.iterations;
  }
  result.converged = now.gradient.lpNorm<Eigen::Infinity>() <= enough;
  result.at = std::move(now.at);
  result.value = now.value;
  return result;
}

}  // namespace handbuilt::regression
