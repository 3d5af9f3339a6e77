#include "nn/progress_line.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

namespace handbuilt::nn {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

TrainProgress mid_epoch(double seconds) {
  return {.step = 250,
          .steps = 1250,
          .epoch = 3,
          .epochs = 10,
          .loss = 0.12344,
          .accuracy = 0.9612,
          .images_per_second = 13456,
          .seconds = seconds,
          .seconds_left = 75};
}

const EpochRecord kRecord{.epoch = 3, .validation_loss = 0.1, .validation_accuracy = 0.975};

TrainProgress epoch_end(double seconds) {
  TrainProgress progress = mid_epoch(seconds);
  progress.finished_epoch = &kRecord;
  progress.has_validation = true;
  return progress;
}

TEST(Describe, GivesLossAccuracySpeedAndTimeLeft) {
  EXPECT_EQ(describe(mid_epoch(1)),
            "epoch 3/10  step 250/1250  loss 0.1234  accuracy 96.12 %  13,456 images/s  1:15 left");
}

TEST(Describe, AddsTheValidationAtTheEndOfAnEpoch) {
  EXPECT_THAT(describe(epoch_end(1)), HasSubstr("validation loss 0.1000  accuracy 97.50 %"));
}

TEST(ProgressLine, WritesOverItselfOnATerminalAndKeepsTheLineOfAFinishedEpoch) {
  std::ostringstream out;
  ProgressLine line(out, ProgressLine::Style::terminal);
  line(mid_epoch(1));
  EXPECT_THAT(out.str(), StartsWith("\repoch 3/10"));
  EXPECT_THAT(out.str(), Not(HasSubstr("\n")));
  line(epoch_end(1.01));
  EXPECT_THAT(out.str(), EndsWith("\n"));
}

TEST(ProgressLine, BlanksOutWhatALongerLineLeftBehind) {
  std::ostringstream out;
  ProgressLine line(out, ProgressLine::Style::terminal);
  line(mid_epoch(1));
  const std::size_t first = out.str().size();
  TrainProgress shorter = mid_epoch(2);
  shorter.images_per_second = 1;
  line(shorter);
  EXPECT_EQ(out.str().size(), 2 * first);
}

TEST(ProgressLine, UpdatesTenTimesASecondAtMost) {
  std::ostringstream out;
  ProgressLine line(out, ProgressLine::Style::terminal);
  for (int step = 0; step < 1000; ++step) line(mid_epoch(step * 0.001));
  const std::string text = out.str();
  EXPECT_EQ(std::count(text.begin(), text.end(), '\r'), 10);
}

TEST(ProgressLine, WritesOnePlainLineAnEpochElsewhere) {
  std::ostringstream out;
  ProgressLine line(out, ProgressLine::Style::plain);
  line(mid_epoch(1));
  EXPECT_EQ(out.str(), "");
  line(epoch_end(2));
  EXPECT_EQ(out.str(), describe(epoch_end(2)) + "\n");
}

}  // namespace
}  // namespace handbuilt::nn
