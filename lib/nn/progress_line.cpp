#include "nn/progress_line.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <iostream>

namespace handbuilt::nn {

namespace {

constexpr double kSecondsBetweenUpdates = 0.1;

/// 13456 as "13,456".
std::string grouped(double number) {
  std::string text = fmt::format("{:.0f}", number);
  for (auto place = static_cast<std::ptrdiff_t>(text.size()) - 3; place > 0; place -= 3)
    text.insert(static_cast<std::size_t>(place), ",");
  return text;
}

/// 75 s as "1:15".
std::string minutes(double seconds) {
  const auto whole = static_cast<long>(std::lround(seconds));
  return fmt::format("{}:{:02}", whole / 60, whole % 60);
}

}  // namespace

std::string describe(const TrainProgress& progress) {
  std::string line = fmt::format("epoch {}/{}", progress.epoch, progress.epochs);
  if (!progress.finished_epoch) line += fmt::format("  step {}/{}", progress.step, progress.steps);
  line += fmt::format("  loss {:.4f}  accuracy {:.2f} %", progress.loss, 100 * progress.accuracy);
  if (progress.finished_epoch && progress.has_validation)
    line += fmt::format("  validation loss {:.4f}  accuracy {:.2f} %", progress.finished_epoch->validation_loss,
                        100 * progress.finished_epoch->validation_accuracy);
  line += fmt::format("  {} images/s", grouped(progress.images_per_second));
  if (progress.step < progress.steps) line += fmt::format("  {} left", minutes(progress.seconds_left));
  return line;
}

ProgressLine ProgressLine::on_standard_output() {
  return {std::cout, ::isatty(STDOUT_FILENO) == 1 ? Style::terminal : Style::plain};
}

void ProgressLine::operator()(const TrainProgress& progress) {
  const bool epoch_ended = progress.finished_epoch != nullptr;
  const bool due = last_update_s_ < 0 || progress.seconds - last_update_s_ >= kSecondsBetweenUpdates;
  if (!epoch_ended && (style_ == Style::plain || !due)) return;

  const std::string line = describe(progress);
  if (style_ == Style::terminal) {
    const std::string blanks(shown_ > line.size() ? shown_ - line.size() : 0, ' ');
    *out_ << '\r' << line << blanks;
    shown_ = epoch_ended ? 0 : line.size();
    last_update_s_ = progress.seconds;
  } else {
    *out_ << line;
  }
  if (epoch_ended) *out_ << '\n';
  out_->flush();
}

}  // namespace handbuilt::nn
