#include "grader/text/stub.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "core/error.hpp"
#include "core/file.hpp"
#include "support/message_of.hpp"
#include "support/temporary_folder.hpp"

namespace handbuilt::grader {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

const std::string kSolution =
    "#include \"tasks.hpp\"\n"
    "\n"
    "double tour::mean(const std::vector<double>& values) {\n"
    "  // BEGIN SOLUTION mean\n"
    "  double sum = 0;\n"
    "  for (const double yield : values) sum += yield;\n"
    "  return sum / values.size();\n"
    "  // END SOLUTION\n"
    "}\n";

std::string message_of(const std::string& text, const std::vector<std::string>& tasks = {}) {
  return test::message_of<DataError>([&] { make_stub(text, "mean.cpp", tasks); });
}

TEST(Stub, KeepsTheFenceAndPutsNotStartedInside) {
  EXPECT_EQ(make_stub(kSolution, "mean.cpp"),
            "#include \"tasks.hpp\"\n"
            "\n"
            "double tour::mean(const std::vector<double>& values) {\n"
            "  // BEGIN SOLUTION mean\n"
            "  not_started();\n"
            "  // END SOLUTION\n"
            "}\n");
}

TEST(Stub, PutsItsStubLinesInsideWhenThereAreSome) {
  const std::string stub = make_stub(
      "// BEGIN SOLUTION a\n    // STUB: int x = 1;\n    int x = 2;\n    // STUB:\n// END SOLUTION\n", "a.cpp");
  EXPECT_EQ(stub, "// BEGIN SOLUTION a\n    int x = 1;\n    \n// END SOLUTION\n");
}

TEST(Stub, OfAStubIsThatStub) {
  const std::string stub = make_stub(kSolution, "mean.cpp");
  EXPECT_EQ(make_stub(stub, "mean.cpp"), stub);
}

TEST(Stub, ShowsNothingOfTheSolutionEvenInWindowsLineEnds) {
  const std::string stub = make_stub("// BEGIN SOLUTION a\r\nsecret();\r\n// END SOLUTION\r\n", "a.cpp");
  EXPECT_EQ(stub, "// BEGIN SOLUTION a\nnot_started();\n// END SOLUTION\n");
}

TEST(Stub, RefusesAFenceThatIsNotClosed) {
  EXPECT_EQ(message_of("\n// BEGIN SOLUTION a\n"), "mean.cpp:2: BEGIN SOLUTION without an END SOLUTION after it");
}

TEST(Stub, RefusesAFenceInsideAnother) {
  EXPECT_EQ(message_of("// BEGIN SOLUTION a\n// BEGIN SOLUTION b\n// END SOLUTION\n// END SOLUTION\n"),
            "mean.cpp:2: BEGIN SOLUTION inside the fence of \"a\" from line 1");
}

TEST(Stub, RefusesAnEndWithoutABeginning) {
  EXPECT_EQ(message_of("int x;\n  // END SOLUTION\n"), "mean.cpp:2: END SOLUTION without a BEGIN SOLUTION before it");
}

TEST(Stub, RefusesATaskThatTheFileDoesNotHave) {
  EXPECT_EQ(message_of(kSolution, {"median", "mode"}),
            "mean.cpp:4: no task \"mean\" belongs to this file (lesson.toml has median, mode)");
}

TEST(Stub, RefusesATaskFencedTwice) {
  EXPECT_THAT(message_of(kSolution + kSolution), StartsWith("mean.cpp:13: task \"mean\" is fenced a second time"));
}

TEST(Stub, RefusesAFenceWithoutATask) {
  EXPECT_THAT(message_of("// BEGIN SOLUTION\n// END SOLUTION\n"), HasSubstr("mean.cpp:1: expected a task's id"));
}

TEST(WriteStub, WritesOneThatIsMissing) {
  const test::TemporaryFolder folder;
  const std::string stub = make_stub(kSolution, "mean.cpp");
  EXPECT_EQ(write_stub(folder / "00_tour/mean.cpp", stub), StubState::kWritten);
  EXPECT_EQ(read_file(folder / "00_tour/mean.cpp"), stub);
}

TEST(WriteStub, NeverOverwritesWhatAStudentWrote) {
  const test::TemporaryFolder folder;
  write_file(folder / "mean.cpp", kSolution);
  EXPECT_EQ(write_stub(folder / "mean.cpp", make_stub(kSolution, "mean.cpp")), StubState::kEdited);
  EXPECT_EQ(read_file(folder / "mean.cpp"), kSolution);
}

TEST(WriteStub, LeavesWorkThatLostAFenceAndSaysItIsOutdated) {
  const test::TemporaryFolder folder;
  const std::string work = "double mean;\n// END SOLUTION\n";
  write_file(folder / "mean.cpp", work);
  EXPECT_EQ(write_stub(folder / "mean.cpp", make_stub(kSolution, "mean.cpp")), StubState::kOutdated);
  EXPECT_EQ(read_file(folder / "mean.cpp"), work);
}

TEST(WriteStub, RefreshesWhatStandsAroundAnUntouchedFence) {
  const test::TemporaryFolder folder;
  const std::string stub = make_stub(kSolution, "mean.cpp");
  write_file(folder / "mean.cpp", "// an older heading\n" + stub);
  EXPECT_EQ(write_stub(folder / "mean.cpp", stub), StubState::kWritten);
  EXPECT_EQ(read_file(folder / "mean.cpp"), stub);
}

}  // namespace
}  // namespace handbuilt::grader
