// Drives ./course as a user does, with a progress folder of its own.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "core/file.hpp"
#include "data/image.hpp"
#include "grader/course/house.hpp"
#include "grader/course/json_files.hpp"
#include "grader/course/process.hpp"
#include "support/temporary_folder.hpp"
#include "system/terminal_session.hpp"

namespace handbuilt::grader {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class Course : public testing::Test {
 protected:
  Course() { fs::create_directory(folder()); }

  /// Runs ./course from a folder that is not the project's, and whose name has spaces.
  [[nodiscard]] Captured course(const std::vector<std::string>& arguments) const {
    Command command{
        {root().string() + "/course"}, folder(), {"HANDBUILT_PROGRESS=" + (folder() / "progress").string()}};
    command.words.insert(command.words.end(), arguments.begin(), arguments.end());
    return capture(command);
  }
  [[nodiscard]] static fs::path root() { return HANDBUILT_SOURCE_DIR; }
  [[nodiscard]] fs::path folder() const { return temporary_ / "a student's folder"; }

  /// Untouched exercises, whatever a student has done to those in exercises/.
  [[nodiscard]] fs::path stubs() const {
    write_file(folder() / "mean.cpp",
               "#include \"tasks.hpp\"\n\ndouble tour::mean(const std::vector<double>&) { not_started(); }\n");
    return folder();
  }

 private:
  test::TemporaryFolder temporary_;
};

TEST_F(Course, AloneShowsTheLessonsAndWhatIsNext) {
  const Captured shown = course({});
  EXPECT_EQ(shown.exit_code, 0) << shown.output;
  EXPECT_THAT(shown.output, AllOf(HasSubstr("00_tour"), HasSubstr("10_convnet"), HasSubstr("Next: ")));
}

TEST_F(Course, ListsEveryTask) {
  const Captured list = course({"list"});
  EXPECT_EQ(list.exit_code, 0) << list.output;
  for (const LessonInfo& lesson : open_house(root()).lessons)
    for (const TaskInfo& task : lesson.tasks) EXPECT_THAT(list.output, HasSubstr(task.id));
}

TEST_F(Course, WritesPlainWordsWhereThereIsNoTerminal) { EXPECT_THAT(course({"list"}).output, Not(HasSubstr("\x1b"))); }

TEST_F(Course, RefusesAnUnknownLessonInOneLineWithTheNearestName) {
  const Captured refused = course({"check", "convent"});
  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_EQ(refused.output, "course: no lesson \"convent\": did you mean convnet?\n");
}

TEST_F(Course, RefusesAnUnknownTaskWithTheNearestName) {
  const Captured refused = course({"hint", "10/conv2d-foward"});
  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_THAT(refused.output, HasSubstr("did you mean conv2d-forward"));
}

TEST_F(Course, RefusesAnUnknownCommandAndAnUnknownOption) {
  EXPECT_EQ(course({"chekc"}).exit_code, 2);
  EXPECT_EQ(course({"check", "00", "--sede", "1"}).exit_code, 2);
}

TEST_F(Course, PassesTheSolution) {
  const Captured checked = course({"check", "tour", "--submission", (root() / "solutions/00_tour").string()});
  EXPECT_EQ(checked.exit_code, 0) << checked.output;
  EXPECT_THAT(checked.output, HasSubstr("1 of 1 checked tasks passed"));
}

TEST_F(Course, FindsTheLessonInAFolderOfLessons) {
  EXPECT_EQ(course({"check", "00", "--submission", (root() / "solutions").string()}).exit_code, 0);
}

TEST_F(Course, ReportsAStubAsNotStartedAndExitsWith1) {
  const Captured checked = course({"check", "00", "--submission", stubs().string()});
  EXPECT_EQ(checked.exit_code, 1);
  EXPECT_THAT(checked.output, AllOf(HasSubstr("NOT_STARTED"), HasSubstr("0 of 1 checked tasks passed")));
}

TEST_F(Course, ShowsACompileErrorAtTheStudentsLine) {
  write_file(folder() / "mean.cpp",
             "#include \"tasks.hpp\"\n\ndouble tour::mean(const std::vector<double>& values) {\n"
             "  return sum(values);\n}\n");
  const Captured checked = course({"check", "00", "--submission", "."});
  EXPECT_EQ(checked.exit_code, 1);
  EXPECT_THAT(checked.output, AllOf(HasSubstr("COMPILE_ERROR"), HasSubstr("mean.cpp:4")));
}

TEST_F(Course, WritesAVerdictInItsForm) {
  const fs::path file = folder() / "verdict.json";
  const Captured checked =
      course({"check", "00", "--submission", stubs().string(), "--json", file.string(), "--seed", "7"});
  EXPECT_EQ(checked.exit_code, 1) << checked.output;
  const Verdict verdict = read_verdict(file);
  EXPECT_EQ(verdict.lesson, "00_tour");
  EXPECT_EQ(verdict.seed, 7U);
  ASSERT_EQ(verdict.tasks.size(), 1U);
  EXPECT_EQ(verdict.tasks[0].status, "NOT_STARTED");
  EXPECT_EQ(verdict.score, 0);
}

TEST_F(Course, TellsHowToRepeatACheck) {
  EXPECT_THAT(course({"check", "00", "--submission", stubs().string(), "--seed", "7"}).output, HasSubstr("--seed 7"));
}

TEST_F(Course, RefusesASubmissionThatIsNotThere) {
  const Captured refused = course({"check", "00", "--submission", "nowhere"});
  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_THAT(refused.output, HasSubstr("nowhere: expected a folder"));
}

TEST_F(Course, GivesOneMoreHintEachTime) {
  EXPECT_THAT(course({"hint", "10/conv2d-forward"}).output, AllOf(HasSubstr("hint 1 of 3"), Not(HasSubstr("hint 2"))));
  EXPECT_THAT(course({"hint", "10/conv2d-forward"}).output, AllOf(HasSubstr("hint 2 of 3"), Not(HasSubstr("hint 3"))));
  EXPECT_THAT(course({"hint", "10/conv2d-forward"}).output, HasSubstr("hint 3 of 3"));
  EXPECT_THAT(course({"hint", "10/conv2d-forward"}).output, HasSubstr("hint 3 of 3"));
}

TEST_F(Course, HasNothingToDebugBeforeAFailure) {
  const Captured refused = course({"debug", "00/nothing"});
  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_THAT(refused.output, HasSubstr("has no task"));
}

TEST_F(Course, SaysWhatTheMachineLacks) {
  const Captured doctor = course({"doctor"});
  EXPECT_THAT(doctor.output, AllOf(HasSubstr("g++"), HasSubstr("cmake"), HasSubstr("disk")));
}

TEST_F(Course, ReplaysTheFailingCallInTheDebugger) {
  if (!is_program("gdb")) GTEST_SKIP() << "gdb is not installed";
  write_file(folder() / "mean.cpp",
             "#include \"tasks.hpp\"\n\ndouble tour::mean(const std::vector<double>&) { return 1e9; }\n");
  ASSERT_EQ(course({"check", "00", "--submission", "."}).exit_code, 1);
  const Captured replayed = course({"debug", "00/mean", "--submission", "."});  // without input gdb ends at once
  EXPECT_EQ(replayed.exit_code, 0) << replayed.output;
  EXPECT_THAT(replayed.output, HasSubstr("Reading symbols from"));
}

TEST_F(Course, StopsInTheDebuggerAtTheFailingCallAndWhereItThrows) {
  if (!is_program("gdb")) GTEST_SKIP() << "gdb is not installed";
  write_file(folder() / "mean.cpp",
             "#include \"tasks.hpp\"\n\ndouble tour::mean(const std::vector<double>& values) {\n"
             "  return values.at(99);\n}\n");
  ASSERT_EQ(course({"check", "00", "--submission", "."}).exit_code, 1);
  test::TerminalSession debugger(
      {root().string() + "/course", "debug", "00/mean", "--submission", "."},
      {80, folder(), {"TERM=dumb", "HANDBUILT_PROGRESS=" + (folder() / "progress").string()}});
  debugger.wait_for("(gdb)");
  debugger.type("run\n");
  debugger.wait_for("Breakpoint 1, tour::mean");
  debugger.type("continue\n");
  debugger.wait_for("exception thrown");
  debugger.type("backtrace\n");
  debugger.wait_for("mean.cpp:4");
  debugger.type("quit\n");
  debugger.wait_for_end();
}

TEST_F(Course, HasNothingToDebugWhereTheCodeDoesNotCompile) {
  write_file(folder() / "mean.cpp", "#include \"tasks.hpp\"\n\ndouble tour::mean(\n");
  ASSERT_EQ(course({"check", "00", "--submission", "."}).exit_code, 1);
  EXPECT_THAT(course({"debug", "00/mean", "--submission", "."}).output, HasSubstr("mean.cpp does not compile"));
}

TEST_F(Course, TellsASingleTaskWhatItWaitsForAndNothingElse) {
  for (const auto& entry : fs::directory_iterator(root() / "solutions/10_convnet"))
    if (entry.path().extension() == ".cpp") fs::copy(entry.path(), folder());
  write_file(folder() / "max_pool_forward.cpp",
             "#include \"tasks.hpp\"\n\nconvnet::Pooled convnet::max_pool_forward(const Tensor&, int) "
             "{ not_started(); }\n");
  const Captured checked = course({"check", "10/training-step", "--submission", "."});
  EXPECT_EQ(checked.exit_code, 1) << checked.output;
  EXPECT_THAT(checked.output,
              AllOf(HasSubstr("NOT_CHECKED"), HasSubstr("max_pool_forward.cpp"), HasSubstr("not started"),
                    HasSubstr("0 of 1 checked tasks passed"), Not(HasSubstr("max_pool_backward"))));
}

TEST_F(Course, ListsATaskThatWasNeverCheckedAsSuch) {
  EXPECT_THAT(course({"list"}).output, HasSubstr("(not checked)"));
}

TEST_F(Course, PointsFromTheLastTaskOfALessonToItsQuestions) {
  EXPECT_THAT(course({"check", "00", "--submission", (root() / "solutions").string()}).output,
              HasSubstr("\"Check yourself\""));
}

TEST_F(Course, TrainsTheFlagshipWithoutAWindow) {
  const Captured demo = course({"demo", "--headless", "--out", "out", "--seconds", "2", "--seed", "1"});
  EXPECT_EQ(demo.exit_code, 0) << demo.output;
  EXPECT_THAT(demo.output, HasSubstr("accuracy"));
  EXPECT_FALSE(read_results(folder() / "out" / "results.json").empty());
}

TEST_F(Course, QuotesCodeAndNumbersInItsTextsAsTheyAre) {
  const Captured docs = course({"docs", "--check"});
  EXPECT_EQ(docs.exit_code, 0) << docs.output;
}

TEST_F(Course, LetsARobotCleanAHomeAndReplaysTheRunFromItsTrace) {
  const Captured ran = course({"robot", "run", "--home", "7", "--minutes", "40", "--faults", "gyro:stuck:1@60",
                               "--json", "run.json", "--picture", "run.png", "--trace", "run.trace"});
  EXPECT_EQ(ran.exit_code, 0) << ran.output;
  EXPECT_THAT(ran.output, AllOf(HasSubstr("home 7: bounce drove"), HasSubstr("in 40.0 min")));
  const Tensor picture = data::read_image(folder() / "run.png", data::Colour::kRgb);
  EXPECT_GT(picture.shape()[3], 1000);

  const Captured replayed = course({"robot", "replay", "run.trace", "--json", "replay.json"});
  EXPECT_EQ(replayed.exit_code, 0) << replayed.output;
  EXPECT_THAT(replayed.output, HasSubstr("replayed 2400.0 s, the same to the last bit"));
  EXPECT_EQ(read_file(folder() / "replay.json"), read_file(folder() / "run.json"));

  const std::string trace = read_file(folder() / "run.trace");
  write_file(folder() / "run.trace", trace.substr(0, trace.size() / 2));
  const Captured cut = course({"robot", "replay", "run.trace"});
  EXPECT_EQ(cut.exit_code, 1) << cut.output;
  EXPECT_THAT(cut.output, HasSubstr("the trace was cut: replayed the first"));
}

TEST_F(Course, TellsWhatARobotsRunLacks) {
  for (const auto& [words, message] : std::vector<std::pair<std::vector<std::string>, std::string>>{
           {{"robot", "run"}, "expected either --home SEED or --map FILE.yaml, got neither"},
           {{"robot", "run", "--map", "no.yaml"}, "no.yaml: cannot open the file"},
           {{"robot", "run", "--home", "7", "--start", "0,0"}, "is inside a wall"},
           {{"robot", "run", "--home", "7", "--faults", "gyro:asleep@1"}, "faults, position 6: expected a type"},
           {{"robot", "run", "--home", "7", "--json", "no/run.json"}, "there is no folder no"}}) {
    const Captured refused = course(words);
    EXPECT_EQ(refused.exit_code, 2);
    EXPECT_THAT(refused.output, HasSubstr(message));
  }
  EXPECT_THAT(course({"robot", "--help"}).output, AllOf(HasSubstr("replay"), HasSubstr("Let a robot clean a home")));
}

}  // namespace
}  // namespace handbuilt::grader
