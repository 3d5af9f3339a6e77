#include "grader/grading/late_days.hpp"

#include <gtest/gtest.h>

#include "core/error.hpp"
#include "support/message_of.hpp"

namespace handbuilt::grader {
namespace {

constexpr std::int64_t kDay = 86400;

TEST(DaysLate, BeginWithTheSecondAfterTheDeadline) {
  EXPECT_EQ(days_late(1000, 1000), 0);
  EXPECT_EQ(days_late(0, 1000), 0);
  EXPECT_EQ(days_late(1001, 1000), 1);
  EXPECT_EQ(days_late(1000 + kDay, 1000), 1);
  EXPECT_EQ(days_late(1001 + kDay, 1000), 2);
}

TEST(LatePenalty, TakesItsShareOfWhatWasEarnedForEveryDay) {
  const LateRule rule{0, 0.1, 7};
  EXPECT_DOUBLE_EQ(late_penalty(20, 0, rule), 0);
  EXPECT_DOUBLE_EQ(late_penalty(20, 1, rule), 2);
  EXPECT_DOUBLE_EQ(late_penalty(20, 7, rule), 14);
}

TEST(LatePenalty, TakesEverythingAfterTheLastDay) {
  EXPECT_DOUBLE_EQ(late_penalty(20, 8, {0, 0.1, 7}), 20);
  EXPECT_DOUBLE_EQ(late_penalty(20, 3, {3, 0.0, 2}), 20);
}

TEST(LatePenalty, SparesTheFreeDays) {
  const LateRule rule{2, 0.25, 7};
  EXPECT_DOUBLE_EQ(late_penalty(8, 2, rule), 0);
  EXPECT_DOUBLE_EQ(late_penalty(8, 3, rule), 2);
}

TEST(LatePenalty, TakesNeverMoreThanWasEarned) {
  EXPECT_DOUBLE_EQ(late_penalty(8, 5, {0, 0.5, 7}), 8);
  EXPECT_DOUBLE_EQ(late_penalty(0, 5, {0, 0.5, 7}), 0);
}

TEST(LateRule, ReadsWhatAnInstructorTypes) {
  const LateRule rule = read_late_rule("2,12.5,7");
  EXPECT_EQ(rule.free_days, 2);
  EXPECT_DOUBLE_EQ(rule.share_a_day, 0.125);
  EXPECT_EQ(rule.most_days, 7);
}

TEST(LateRule, RefusesOtherWords) {
  for (const char* wrong :
       {"", "2", "2,10", "two,10,7", "2,10,7 days", "-1,10,7", "2,101,7", "2,-1,7", "3,10,2", "2,nan,7"})
    EXPECT_THROW(read_late_rule(wrong), ValueError) << wrong;
  EXPECT_EQ(
      test::message_of<ValueError>([] { read_late_rule("2,10"); }),
      "expected FREE,PERCENT,MOST for late days, as in 2,10,7 (2 free, then 10 % a day, 0 after 7), got \"2,10\"");
}

TEST(Instant, IsReadInUtcUnlessItNamesItsZone) {
  EXPECT_EQ(read_instant("1970-01-01T00:00:00Z"), 0);
  EXPECT_EQ(read_instant("2026-11-22T18:00:00Z"), 1795370400);
  EXPECT_EQ(read_instant("2026-11-22 18:00"), 1795370400);
  EXPECT_EQ(read_instant("2026-11-22T20:00:00+02:00"), 1795370400);
  EXPECT_EQ(read_instant("2026-11-22T14:30:00-03:30"), 1795370400);
}

TEST(Instant, IsRefusedWhenItIsNone) {
  for (const char* wrong : {"", "tomorrow", "2026-02-30T00:00Z", "2026-11-22", "2026-11-22T24:00Z", "2026-11-22T18:60Z",
                            "2026-11-22T18:00:61Z", "2026-11-22T18:00:00X", "2026-11-22T18:00+2", "2026-11-22x18:00"})
    EXPECT_THROW(read_instant(wrong), ValueError) << wrong;
  EXPECT_EQ(test::message_of<ValueError>([] { read_instant("tomorrow"); }),
            "expected an instant like 2026-11-01T23:59:00Z, got \"tomorrow\"");
}

}  // namespace
}  // namespace handbuilt::grader
