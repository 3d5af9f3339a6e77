#include "grader/course/report.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "grader/text/lines.hpp"

namespace handbuilt::grader {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

TaskVerdict task(const std::string& id, const std::string& status, const std::string& message) {
  TaskVerdict verdict;
  verdict.id = id;
  verdict.title = "A title that is long enough to be broken on a narrow terminal";
  verdict.status = status;
  verdict.max_points = 2;
  verdict.points = status == "PASSED" ? 2 : 0;
  verdict.message = message;
  return verdict;
}

Verdict verdict_of(const std::vector<TaskVerdict>& tasks) {
  Verdict verdict;
  verdict.seed = 42;
  verdict.tasks = tasks;
  for (const TaskVerdict& one : tasks) {
    verdict.score += one.points;
    verdict.max_score += one.max_points;
  }
  return verdict;
}

std::string shown(const Verdict& verdict, const Terminal& terminal = {}) {
  LessonInfo lesson;
  lesson.id = "10_convnet";
  lesson.number = 10;
  lesson.title = "A convolutional network by hand";
  return report(verdict, lesson, {"10", ""}, terminal);
}

TEST(Report, ShowsTheFirstTaskThatWentWrongInFullBeforeOneThatWaits) {
  const std::string text =
      shown(verdict_of({task("a", "NOT_STARTED", "nothing here"), task("b", "WRONG", "the kernel is flipped"),
                        task("c", "WRONG", "something else")}));
  EXPECT_THAT(text, AllOf(HasSubstr("the kernel is flipped"), Not(HasSubstr("nothing here")),
                          Not(HasSubstr("something else"))));
}

TEST(Report, CountsOnlyWhatWasChecked) {
  EXPECT_THAT(shown(verdict_of({task("a", "PASSED", "")})), HasSubstr("1 of 1 checked tasks passed, 2 of 2 points"));
}

TEST(Report, TellsHowToRepeatIt) {
  EXPECT_THAT(shown(verdict_of({task("a", "PASSED", "")})), HasSubstr("./course check 10 --seed 42"));
}

TEST(Report, ShowsWhatTheStudentPrintedApart) {
  TaskVerdict wrong = task("a", "WRONG", "too small");
  wrong.printed = "sum is 3\n";
  EXPECT_THAT(shown(verdict_of({wrong})), HasSubstr("your program printed:\n  | sum is 3\n"));
}

TEST(Report, LetsNoStudentCommandTheTerminal) {
  TaskVerdict verdict = task("a", "CRASHED", "your code threw \x1b[2J");
  verdict.printed = verdict.input = verdict.note = "\x1b]0;owned\x07 caf\xc3\xa9";
  const std::string text = shown(verdict_of({verdict}));
  EXPECT_THAT(text, AllOf(Not(HasSubstr("\x1b")), Not(HasSubstr("\x07")), HasSubstr("caf\xc3\xa9")));
}

TEST(Report, OffersTheDebuggerOnlyForAnInputThatWasKept) {
  TaskVerdict wrong = task("a", "CRASHED", "SIGSEGV");
  EXPECT_THAT(shown(verdict_of({wrong})), Not(HasSubstr("./course debug")));
  wrong.replay = "/kept/a";
  EXPECT_THAT(shown(verdict_of({wrong})), HasSubstr("./course debug 10/a"));
}

TEST(Report, ShowsTheNoteOfATaskThatPassed) {
  TaskVerdict passed = task("a", "PASSED", "");
  passed.note = "loss 0.7 -> 0.1";
  EXPECT_THAT(shown(verdict_of({passed})), HasSubstr("\n  loss 0.7 -> 0.1\n"));
}

TEST(Report, ShowsALongInputAfterTheHelp) {
  TaskVerdict wrong = task("a", "WRONG", "the ReLU is left out");
  wrong.input = "f was called with";
  wrong.help = "what cuts off?";
  const std::string text = shown(verdict_of({wrong}));
  EXPECT_LT(text.find("what cuts off?"), text.find("f was called with"));
}

TEST(Report, NeverBreaksACommand) {
  const Verdict verdict = verdict_of({task("conv2d-gradient-parameters", "WRONG", "")});
  EXPECT_THAT(shown(verdict, {30, false}), AllOf(HasSubstr("./course check 10 --seed 42\n"),
                                                 HasSubstr("./course hint 10/conv2d-gradient-parameters\n")));
}

TEST(Report, FitsIntoFortyColumns) {
  const std::string text = shown(verdict_of({task("conv2d-gradient-parameters", "COMPILE_ERROR",
                                                  "a message of many words that has to be broken")}),
                                 {40, false});
  for (const std::string& line : split_lines(text))
    EXPECT_TRUE(columns_of(line) <= 40 || line.find("./course") != std::string::npos) << line;
}

TEST(Report, SaysTheStatusInWordsWithAndWithoutColours) {
  const Verdict verdict = verdict_of({task("a", "TIMED_OUT", "")});
  EXPECT_THAT(shown(verdict, {80, true}), HasSubstr("TIMED_OUT"));
  EXPECT_THAT(shown(verdict, {80, false}), AllOf(HasSubstr("TIMED_OUT"), Not(HasSubstr("\x1b"))));
}

}  // namespace
}  // namespace handbuilt::grader
