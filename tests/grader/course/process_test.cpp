#include "grader/course/process.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <string>
#include <vector>

namespace handbuilt::grader {
namespace {

using testing::ElementsAre;

TEST(Capture, CollectsBothStreamsAndTheExitCode) {
  const Captured captured = capture({{"sh", "-c", "echo out; echo error >&2; exit 3"}, {}, {}});
  EXPECT_EQ(captured.output, "out\nerror\n");
  EXPECT_EQ(captured.exit_code, 3);
}

TEST(Capture, TellsTheSignalThatEndedAProgram) {
  EXPECT_EQ(capture({{"sh", "-c", "kill -SEGV $$"}, {}, {}}).exit_code, 128 + SIGSEGV);
}

TEST(Capture, TakesArgumentsAsTheyAreWithoutAShell) {
  EXPECT_EQ(capture({{"printf", "%s", "a b; echo $HOME 'x'"}, {}, {}}).output, "a b; echo $HOME 'x'");
}

TEST(Capture, GivesAProgramNoInputToWaitFor) { EXPECT_EQ(capture({{"cat"}, {}, {}}).output, ""); }

TEST(Capture, RunsInTheFolderWithTheVariables) {
  EXPECT_EQ(capture({{"sh", "-c", "pwd; echo $LESSON"}, "/usr", {"LESSON=10"}}).output, "/usr\n10\n");
}

TEST(Capture, ReportsAProgramThatIsNotThere) {
  EXPECT_EQ(capture({{"handbuilt-no-such-program"}, {}, {}}).exit_code, 127);
}

TEST(RunLines, HandsOverTheLastLineEvenWithoutItsEnd) {
  std::vector<std::string> lines;
  const int exit_code =
      run_lines({{"printf", "one\\n\\ntwo"}, {}, {}}, [&](const std::string& line) { lines.push_back(line); });
  EXPECT_EQ(exit_code, 0);
  EXPECT_THAT(lines, ElementsAre("one", "", "two"));
}

TEST(ShellWords, QuotesWhatAShellWouldTakeApart) {
  EXPECT_EQ(shell_words({{"./course", "check", "my folder"}, {}, {}}), "./course check 'my folder'");
}

TEST(IsProgram, LooksAlongThePath) {
  EXPECT_TRUE(is_program("sh"));
  EXPECT_FALSE(is_program("handbuilt-no-such-program"));
}

}  // namespace
}  // namespace handbuilt::grader
