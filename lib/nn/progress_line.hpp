#pragma once

#include <iosfwd>
#include <string>

#include "nn/train.hpp"

namespace handbuilt::nn {

/// Shows how a training gets on: `options.on_progress = ProgressLine(std::cout, ProgressLine::Style::terminal)`.
///
/// On a terminal, one line that is written over at most ten times a second, and stays when an epoch ends. Elsewhere (a
/// file, a pipe) one plain line an epoch.
class ProgressLine {
 public:
  enum class Style { terminal, plain };

  /// `out` must outlive the line.
  ProgressLine(std::ostream& out, Style style) : out_(&out), style_(style) {}

  /// To standard output, in the style that fits what it is connected to.
  static ProgressLine on_standard_output();

  void operator()(const TrainProgress& progress);

 private:
  std::ostream* out_;
  Style style_;
  double last_update_s_ = -1;  // of the training's own clock
  std::size_t shown_ = 0;      // characters that now stand on the line
};

/// "epoch 3/10  step 250/1250  loss 0.1234  accuracy 96.12 %  13,456 images/s  0:12 left"
std::string describe(const TrainProgress& progress);

}  // namespace handbuilt::nn
