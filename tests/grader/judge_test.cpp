#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "core/file.hpp"
#include "grader/course/json_files.hpp"
#include "grader/course/process.hpp"

// Runs the judge of a small lesson (fixture/) against students of every kind. Each test writes the student's
// transpose.cpp, builds its worker by the recorded recipe, and reads the verdict.
namespace handbuilt::grader {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

const fs::path kFixture = fs::path(HANDBUILT_SOURCE_DIR) / "tests/grader/fixture";
const fs::path kBuild = HANDBUILT_BUILD_DIR;

class Judge : public testing::Test {
 protected:
  Judge() {
    fs::remove_all(folder_);
    fs::create_directories(folder_ / "workers");
  }
  ~Judge() override { fs::remove_all(folder_); }

  /// Compiles and links an exercise file; "" or what the compiler said.
  std::string build(const std::string& file, const std::string& code, bool sanitized = false) {
    const fs::path source = folder_ / file, worker = folder_ / "workers" / source.stem();
    write_file(source, "#include \"tasks.hpp\"\n" + code);
    const FileRecipe recipe = read_recipe(kBuild / "exercises/98_fixture/recipe.json").at(file);
    const BuildCommands& commands = sanitized ? recipe.sanitized : recipe.normal;
    for (std::vector<std::string> words : {commands.compile, commands.link}) {
      for (std::string& word : words)
        for (const auto& [place, path] : {std::pair{std::string_view("{source}"), source},
                                          {"{object}", worker.string() + ".o"},
                                          {"{worker}", worker}})
          if (const std::size_t at = word.find(place); at != std::string::npos)
            word.replace(at, place.size(), path.string());
      const Captured step = capture({words, {}, {}});
      if (step.exit_code != 0) return step.output;
    }
    return "";
  }

  Captured run_judge(std::vector<std::string> options) {
    std::vector<std::string> words{(kBuild / "bin/judge_98_fixture").string(),
                                   "--workers",
                                   (folder_ / "workers").string(),
                                   "--lesson",
                                   (kFixture / "lessons/98_fixture/lesson.toml").string(),
                                   "--json",
                                   (folder_ / "verdict.json").string()};
    words.insert(words.end(), options.begin(), options.end());
    return capture({words, {}, {}});
  }

  /// The verdict on one task whose file is `code`.
  TaskVerdict judge_task(const std::string& task, const std::string& file, const std::string& code) {
    EXPECT_EQ(build(file, code), "");
    run_judge({"--seed", "1", "--task", task, "--keep", (folder_ / "kept").string()});
    return read_verdict(folder_ / "verdict.json").tasks.at(0);
  }
  TaskVerdict judge_transpose(const std::string& body) {
    return judge_task("transpose", "transpose.cpp", "Tensor fixture::transpose(const Tensor& matrix) {" + body + "}");
  }
  /// A mean of a column `c` that is not empty, given its `sum` and `count`.
  TaskVerdict judge_mean(const std::string& expression) {
    return judge_task("mean", "lists.cpp", R"(
    double fixture::mean(const std::vector<double>& c) {
      if (c.empty()) throw handbuilt::ValueError("empty");
      const double sum = std::accumulate(c.begin(), c.end(), 0.0);
      const auto count = static_cast<double>(c.size());
      return count > 0 ? )" + expression + R"( : 0;
    }
    std::string fixture::greet(const std::string&, bool) { not_started(); }
    fixture::Extremes fixture::find_smallest(const std::vector<int>&) { not_started(); }
    float fixture::scale_in_place(Tensor&) { not_started(); })");
  }

  const fs::path folder_ = fs::path(testing::TempDir()) /
                           (std::string("judge_") + testing::UnitTest::GetInstance()->current_test_info()->name());
};

const std::string kRight = R"(
  Tensor result({matrix.shape()[1], matrix.shape()[0]});
  for (const auto [j, i, y, x] : result.indices()) result(j, i) = matrix(i, j);
  return result;
)";

TEST_F(Judge, PassesTheRightAnswersOfEveryTask) {
  for (const std::string file : {"transpose.cpp", "lists.cpp", "controller.cpp"})
    ASSERT_EQ(build(file, read_file(kFixture / "right" / file)), "");
  EXPECT_EQ(run_judge({}).exit_code, 0);
  const Verdict verdict = read_verdict(folder_ / "verdict.json");
  EXPECT_TRUE(verdict.all_passed());
  EXPECT_EQ(verdict.score, 9);
  EXPECT_EQ(verdict.max_score, 9);
}

TEST_F(Judge, TellsAStubThatItHasNotBeenStarted) { EXPECT_EQ(judge_transpose("not_started();").status, "NOT_STARTED"); }

TEST_F(Judge, NamesTheMistakeAndShowsTheInput) {
  const TaskVerdict verdict = judge_transpose("return matrix.reshaped({matrix.shape()[1], matrix.shape()[0]});");
  EXPECT_EQ(verdict.status, "WRONG");
  EXPECT_EQ(verdict.points, 0);
  EXPECT_THAT(verdict.message, HasSubstr("it looks as if the numbers only got another shape"));
  EXPECT_THAT(verdict.input, AllOf(HasSubstr("fixture::transpose was called with"), HasSubstr("matrix = [3, 5] {")));
  EXPECT_EQ(verdict.help, "where does entry (0, 1) belong?");
  EXPECT_EQ(verdict.rationale, "entry (i, j) moves to (j, i)");
}

TEST_F(Judge, PrefersALaterRecognisedMistakeToAnEarlierRiddle) {
  EXPECT_THAT(judge_mean("sum").message, HasSubstr("the sum is not divided by the count"));
}

TEST_F(Judge, NamesTheMistakeThatNoOtherAnswerRulesOut) {
  const TaskVerdict verdict = judge_mean("2 * sum / count");
  EXPECT_THAT(verdict.message, StartsWith("it looks as if twice the mean\nthe result is 8, expected 4"));
  EXPECT_THAT(verdict.input, HasSubstr("[2] {4, 4}"));
}

TEST_F(Judge, NamesNoMistakeThatFitsOneLuckyCase) {
  EXPECT_THAT(judge_mean("c.front() + c.back()").message, Not(HasSubstr("it looks as if")));
  EXPECT_THAT(judge_mean("c[0] == c[1] ? 8 : sum / count").message, StartsWith("the result is 8, expected 4"));
}

TEST_F(Judge, SaysWhichIndexWasOutOfBounds) {
  const TaskVerdict verdict = judge_transpose("Tensor result({1, 1}); result(0, 0) = matrix(3, 4); return result;");
  EXPECT_EQ(verdict.status, "WRONG");
  EXPECT_THAT(verdict.message, HasSubstr("index (3, 4) is outside a tensor of shape [3, 5]"));
}

TEST_F(Judge, NamesAConstantInputThatWasChanged) {
  const TaskVerdict verdict = judge_transpose("const_cast<Tensor&>(matrix)[0] += 1; return matrix;");
  EXPECT_EQ(verdict.status, "WRONG");
  EXPECT_THAT(verdict.message, HasSubstr("changed its input `matrix`, which is const"));
}

TEST_F(Judge, NamesTheSignalOfACrashAndTheInput) {
  const TaskVerdict verdict = judge_transpose("volatile int* p = nullptr; *p = 1; return matrix;");
  EXPECT_EQ(verdict.status, "CRASHED");
  EXPECT_THAT(verdict.message, HasSubstr("SIGSEGV"));
  EXPECT_THAT(verdict.input, HasSubstr("matrix = [3, 5]"));
}

TEST_F(Judge, SaysWhenAListIsReadPastItsEnd) {
  const TaskVerdict verdict = judge_transpose("std::vector<float> row(3); row[matrix.size()] = 1; return matrix;");
  EXPECT_EQ(verdict.status, "CRASHED");
  EXPECT_THAT(verdict.message, HasSubstr("past the end of a std::vector"));
}

TEST_F(Judge, QuotesAnAssertionOfTheStudents) {
  EXPECT_EQ(build("transpose.cpp",
                  "#include <cassert>\nTensor fixture::transpose(const Tensor& matrix) { assert(matrix.rank() == 7); "
                  "return matrix; }"),
            "");
  run_judge({"--task", "transpose"});
  EXPECT_THAT(read_verdict(folder_ / "verdict.json").tasks.at(0).message, HasSubstr("matrix.rank() == 7"));
}

TEST_F(Judge, DoesNotCompileAFunctionThatMayForgetItsReturn) {
  EXPECT_THAT(build("transpose.cpp",
                    "Tensor fixture::transpose(const Tensor& matrix) { if (matrix.size() > 9) return matrix; }"),
              HasSubstr("control reaches end of non-void function"));
}

TEST_F(Judge, KeepsNoCallOfAStub) {
  EXPECT_EQ(judge_transpose("not_started();").replay, "");
  EXPECT_FALSE(fs::exists(folder_ / "kept"));
}

TEST_F(Judge, LeavesANoteOnATaskThatPassesAndOnNoOther) {
  EXPECT_EQ(judge_transpose(kRight).note, "5 x 3 is 3 x 5 turned");
  EXPECT_EQ(judge_transpose("return matrix;").note, "");
}

TEST_F(Judge, NamesAnAbort) { EXPECT_THAT(judge_transpose("std::abort();").message, HasSubstr("SIGABRT")); }

TEST_F(Judge, TakesAnEarlyExitForACrash) {
  const TaskVerdict verdict = judge_transpose("std::exit(0);");
  EXPECT_EQ(verdict.status, "CRASHED");
  EXPECT_THAT(verdict.message, HasSubstr("your code ended the program (exit code 0)"));
}

TEST_F(Judge, ShowsTheTextOfAnException) {
  const TaskVerdict verdict = judge_transpose("std::vector<int>().at(7) = 1; return matrix;");
  EXPECT_EQ(verdict.status, "CRASHED");
  EXPECT_THAT(verdict.message, HasSubstr("your code threw std::out_of_range: vector::_M_range_check"));
}

TEST_F(Judge, NamesAnExceptionThatCannotBeCaught) {
  const TaskVerdict verdict =
      judge_transpose("[]() noexcept { throw handbuilt::ValueError(\"too late\"); }(); return matrix;");
  EXPECT_THAT(verdict.message, HasSubstr("too late"));
}

TEST_F(Judge, StopsALoopWithoutAnEnd) {
  const TaskVerdict verdict = judge_transpose("for (volatile int i = 0;;) i = i + 1;");
  EXPECT_EQ(verdict.status, "TIMED_OUT");
  EXPECT_THAT(verdict.message, HasSubstr("0.3 seconds of computing"));
}

TEST_F(Judge, StopsWaitingForNothing) {
  const TaskVerdict verdict = judge_task("transpose", "transpose.cpp",
                                         "#include <unistd.h>\nTensor fixture::transpose(const Tensor& m) "
                                         "{ for (;;) ::pause(); return m; }");
  EXPECT_EQ(verdict.status, "TIMED_OUT");
  EXPECT_THAT(verdict.message, HasSubstr("it seems to wait for something"));
}

TEST_F(Judge, NamesTheMemoryLimit) {
  const TaskVerdict verdict =
      judge_transpose("std::vector<std::vector<double>> hog; for (;;) hog.emplace_back(1 << 20, 1.0); return matrix;");
  EXPECT_EQ(verdict.status, "OUT_OF_MEMORY");
  EXPECT_THAT(verdict.message, HasSubstr("128 MB"));
}

TEST_F(Judge, KeepsWhatIsPrintedApartAndShort) {
  const TaskVerdict verdict =
      judge_transpose("for (int i = 0; i < 10000; ++i) std::printf(\"line %d\\n\", i);" + kRight);
  EXPECT_EQ(verdict.status, "PASSED");
  EXPECT_THAT(verdict.printed, StartsWith("line 0\nline 1\n"));
  EXPECT_EQ(verdict.printed.size(), 64u * 1024);
}

TEST_F(Judge, KeepsWhatWasPrintedBeforeACrash) {
  EXPECT_THAT(judge_transpose("std::puts(\"here\"); std::abort();").printed, HasSubstr("here"));
}

const std::string kUnistd = "#include <unistd.h>\nTensor fixture::transpose(const Tensor& matrix) {";

TEST_F(Judge, ForbidsGarbageOnItsOwnDescriptor) {
  const TaskVerdict verdict =
      judge_task("transpose", "transpose.cpp",
                 kUnistd + "std::string s(100, 'x'); (void)!::write(4, s.data(), s.size());" + kRight + "}");
  EXPECT_EQ(verdict.status, "FORBIDDEN");
  EXPECT_THAT(verdict.message, HasSubstr("descriptor 4"));
}

TEST_F(Judge, ForbidsClosingItsDescriptor) {
  const TaskVerdict verdict = judge_task("transpose", "transpose.cpp", kUnistd + "::close(4);" + kRight + "}");
  EXPECT_EQ(verdict.status, "FORBIDDEN");
}

TEST_F(Judge, TakesNoAnswerThatWasMadeUp) {
  // The head of a real answer, with a nonce nobody sent.
  const TaskVerdict verdict = judge_task("transpose", "transpose.cpp", kUnistd + R"(
    const unsigned head[] = {0x31464248, 16, 1, 2, 1, 0, 0, 0};
    (void)!::write(4, head, sizeof head);)" + kRight + "}");
  EXPECT_EQ(verdict.status, "FORBIDDEN");
  EXPECT_THAT(verdict.message, HasSubstr("not asked"));
}

TEST_F(Judge, KillsWhatTheStudentLeftBehind) {
  const fs::path mark = folder_ / "mark";
  const TaskVerdict verdict = judge_task("transpose", "transpose.cpp",
                                         kUnistd + "if (::fork() == 0) { ::usleep(700000); (void)!::symlink(\"x\", \"" +
                                             mark.string() + "\"); _exit(0); }" + kRight + "}");
  EXPECT_EQ(verdict.status, "PASSED");
  std::this_thread::sleep_for(std::chrono::milliseconds(1200));
  EXPECT_FALSE(fs::is_symlink(mark));
}

TEST_F(Judge, LetsACrashCostOnlyItsTask) {
  ASSERT_EQ(build("transpose.cpp", "Tensor fixture::transpose(const Tensor&) { std::abort(); }"), "");
  ASSERT_EQ(build("lists.cpp", read_file(kFixture / "right/lists.cpp")), "");
  EXPECT_EQ(run_judge({"--task", "transpose", "--task", "mean"}).exit_code, 1);
  const Verdict verdict = read_verdict(folder_ / "verdict.json");
  ASSERT_EQ(verdict.tasks.size(), 2u);
  EXPECT_EQ(verdict.tasks[0].status, "CRASHED");
  EXPECT_EQ(verdict.tasks[1].status, "PASSED");
  EXPECT_EQ(verdict.score, 1);
}

TEST_F(Judge, ShowsTheCompilersWordsWhenThereIsNoWorker) {
  write_file(folder_ / "workers/transpose.compile_error", "line 3: a semicolon is missing");
  EXPECT_EQ(run_judge({"--task", "transpose"}).exit_code, 1);
  const TaskVerdict verdict = read_verdict(folder_ / "verdict.json").tasks.at(0);
  EXPECT_EQ(verdict.status, "COMPILE_ERROR");
  EXPECT_EQ(verdict.message, "line 3: a semicolon is missing");
}

TEST_F(Judge, DoesNotCheckATaskWhoseNeedsHaveNotPassed) {
  write_file(folder_ / "workers/lists.compile_error", "no");
  run_judge({"--task", "mean", "--task", "greet"});
  const Verdict verdict = read_verdict(folder_ / "verdict.json");
  EXPECT_EQ(verdict.tasks.at(1).status, "NOT_CHECKED");
  EXPECT_THAT(verdict.tasks.at(1).message, HasSubstr("needs mean"));
}

TEST_F(Judge, TakesTheWordOfItsCallerForATaskThatDoesNotPass) {
  write_file(folder_ / "workers/lists.compile_error", "no");
  run_judge({"--task", "greet", "--unmet", "mean"});
  const Verdict verdict = read_verdict(folder_ / "verdict.json");
  ASSERT_EQ(verdict.tasks.size(), 1U);
  EXPECT_EQ(verdict.tasks.at(0).status, "NOT_CHECKED");
}

TEST_F(Judge, ReportsASanitizersFinding) {
  ASSERT_EQ(build("transpose.cpp",
                  "Tensor fixture::transpose(const Tensor& m) { std::vector<int> v(3); v.data()[m.shape()[0]] = 1; "
                  "volatile int x = v.data()[3]; (void)x; return m; }",
                  true),
            "");
  run_judge({"--task", "transpose", "--sanitized"});
  const TaskVerdict verdict = read_verdict(folder_ / "verdict.json").tasks.at(0);
  EXPECT_EQ(verdict.status, "CRASHED");
  EXPECT_THAT(verdict.message,
              AllOf(HasSubstr("transpose.cpp:"), HasSubstr("the sanitizer says: heap-buffer-overflow")));
}

TEST_F(Judge, RepeatsItsInputsFromASeed) {
  const auto message = [&](const std::string& seed) {
    run_judge({"--task", "transpose", "--seed", seed});
    return read_verdict(folder_ / "verdict.json").tasks.at(0).input;
  };
  ASSERT_EQ(build("transpose.cpp", "Tensor fixture::transpose(const Tensor& m) { return m; }"), "");
  const std::string first = message("7");
  EXPECT_EQ(message("7"), first);
  EXPECT_NE(message("8"), first);
}

TEST_F(Judge, KeepsTheFailingCallForReplay) {
  const TaskVerdict verdict = judge_transpose("return matrix;");
  ASSERT_THAT(verdict.replay, Not(IsEmpty()));
  const Captured replay = capture({{(folder_ / "workers/transpose").string(), "--replay", verdict.replay}, {}, {}});
  EXPECT_EQ(replay.exit_code, 0);
  EXPECT_THAT(replay.output, AllOf(HasSubstr("fixture::transpose"), HasSubstr("argument 1 = [3, 5] {"),
                                   HasSubstr("answered\n  result = [3, 5] {")));
}

TEST_F(Judge, ReplaysAnObjectFromItsBeginning) {
  const TaskVerdict verdict = judge_task("controller", "controller.cpp", R"(
    void fixture::Controller::reset(double gain) { gain_ = gain; }
    double fixture::Controller::step(const Frame& frame) { ++steps_; return gain_ * frame.wanted; }
    int fixture::Controller::steps() const { return steps_; })");
  EXPECT_THAT(verdict.message, HasSubstr("the error is not summed"));
  const Captured replay = capture({{(folder_ / "workers/controller").string(), "--replay", verdict.replay}, {}, {}});
  EXPECT_THAT(replay.output, AllOf(HasSubstr("fixture::Controller::step"), HasSubstr("result = 0.5")));
}

TEST_F(Judge, SaysWhenItCannotJudge) {
  const Captured missing_worker = run_judge({"--task", "transpose"});
  EXPECT_EQ(missing_worker.exit_code, 2);
  EXPECT_EQ(run_judge({"--task", "no-such-task"}).exit_code, 2);
  EXPECT_THAT(run_judge({"--task", "no-such-task"}).output, HasSubstr("has no task \"no-such-task\""));
}

TEST_F(Judge, GivesAStudentsFileNothingButTheSdk) {
  for (const std::string header : {"nn/layer.hpp", "core/matrix.hpp", "core/file.hpp", "Eigen/Core",
                                   "grader/worker/worker.hpp", "lists.worker.cpp", "solutions/10_convnet/conv2d.cpp"})
    EXPECT_THAT(build("transpose.cpp", "#include \"" + header + "\"\n"), HasSubstr("No such file")) << header;
}

TEST_F(Judge, RefusesAChangedSignatureAtTheStudentsOwnLine) {
  EXPECT_THAT(build("transpose.cpp", "Tensor fixture::transpose(Tensor& matrix) { return matrix; }"),
              HasSubstr("transpose.cpp:2:"));
}

}  // namespace
}  // namespace handbuilt::grader
