#include "grader/grading/hidden_judge.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/error.hpp"
#include "core/file.hpp"
#include "grader/course/check.hpp"
#include "grader/grading/grade_submission.hpp"
#include "grader/report/check50.hpp"
#include "grader/report/github.hpp"
#include "grader/report/grade_json.hpp"
#include "grader/report/gradescope.hpp"
#include "grader/report/junit.hpp"
#include "support/message_of.hpp"
#include "support/temporary_folder.hpp"

namespace handbuilt::grader {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

TEST(ShellWords, AreSplitAsAShellDoes) {
  EXPECT_THAT(split_shell_words("a  'b c' \"d \\\" e\" f\\ g '' -I'x'y\n"),
              ElementsAre("a", "b c", "d \" e", "f g", "", "-Ixy"));
}

/// Lesson 00 with a test that wants what the tests in everybody's copy do not: a mean that survives 1e300.
class HiddenTests : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = new test::TemporaryFolder;
    fs::create_directories(hidden() / "00_tour");
    write_file(hidden() / "00_tour/secret.judge.cpp", R"(#include "grader/judge/judge.hpp"
#include "tasks.hpp"

using namespace handbuilt::grader;

STUDENT(tour, mean, values);

TEST(Mean, OfSecretHugeValues) { EXPECT_ANSWER(student::mean({1.5e308, 1.5e308}), 1.5e308); }
)");
  }
  static void TearDownTestSuite() {
    delete folder_;
    folder_ = nullptr;
  }
  static fs::path hidden() { return *folder_ / "hidden"; }

  void TearDown() override { fs::remove(hidden() / "00_tour/mean.message"); }

  SandboxMode sandbox_ = SandboxMode::local;

  Grade grade(const std::string& body, const std::function<void(const Grade&)>& on_task = {}) const {
    const House house = open_house(HANDBUILT_SOURCE_DIR);
    fs::create_directories(*folder_ / "ada");
    write_file(*folder_ / "ada/mean.cpp",
               "#include <cstdio>\n#include <limits>\n#include \"tasks.hpp\"\n"
               "double tour::mean(const std::vector<double>& values) {\n"
               "  if (values.empty()) return std::numeric_limits<double>::quiet_NaN();\n" +
                   body + "}\n");
    GradeRequest request;
    request.submission = *folder_ / "ada";
    request.lessons = {"00_tour"};
    request.sandbox = sandbox_;
    request.seed = 7;
    request.hidden = hidden();
    request.work = *folder_ / "work";
    request.is_prepared = true;
    return grade_submission(house, request, on_task);
  }

  static test::TemporaryFolder* folder_;
};
test::TemporaryFolder* HiddenTests::folder_ = nullptr;

// The first gives infinity for two huge values, the second does not.
const char* const kUsualMean =
    "  for (double v : values) std::printf(\"saw %g\\n\", v);\n"
    "  double sum = 0;\n  for (double v : values) sum += v;\n"
    "  return sum / static_cast<double>(values.size());\n";
const char* const kCarefulMean =
    "  long double sum = 0;\n  for (double v : values) sum += v;\n"
    "  return static_cast<double>(sum / static_cast<long double>(values.size()));\n";
const char* const kWrongMean = "  return values[0];\n";

TEST_F(HiddenTests, FailATaskThatTheOthersPass) {
  const Grade graded = grade(kUsualMean);
  EXPECT_EQ(graded.before_hidden_tests.at("mean").status, "PASSED");
  EXPECT_EQ(graded.lessons[0].tasks[0].status, "WRONG");
  EXPECT_EQ(graded.score(), 0);
  EXPECT_EQ(graded.max_score(), 1);
  EXPECT_EQ(graded.lessons[0].tasks[0].message,
            "your code passes the tests that you have, and not those that your instructor keeps");
}

TEST_F(HiddenTests, PassWhatIsRight) {
  const Grade graded = grade(kCarefulMean);
  EXPECT_EQ(graded.lessons[0].tasks[0].status, "PASSED");
  EXPECT_EQ(graded.score(), 1);
}

TEST_F(HiddenTests, DoNotRunOnWhatTheOthersFail) {
  const Grade graded = grade(kWrongMean);
  EXPECT_EQ(graded.lessons[0].tasks[0].status, "WRONG");
  EXPECT_EQ(graded.before_hidden_tests.at("mean").message, graded.lessons[0].tasks[0].message);
  EXPECT_TRUE(graded.for_instructor.empty());
}

TEST_F(HiddenTests, SayOnlyWhatTheInstructorAllows) {
  write_file(hidden() / "00_tour/mean.message", "think of very large values\n");
  EXPECT_EQ(grade(kUsualMean).lessons[0].tasks[0].message, "think of very large values");
}

TEST_F(HiddenTests, StandInNoReportToAStudent) {
  const Grade graded = grade(kUsualMean);
  for (const std::string& report : {gradescope_report(graded), github_result(graded), check50_report(graded),
                                    junit_report(graded), grade_json(graded)}) {
    EXPECT_THAT(report, Not(HasSubstr("Secret")));
    EXPECT_THAT(report, Not(HasSubstr("secret")));
    EXPECT_THAT(report, Not(HasSubstr("e+308")));
    EXPECT_THAT(report, Not(HasSubstr("150000000000")));
  }
}

TEST_F(HiddenTests, TellTheInstructorEverything) {
  const Grade graded = grade(kUsualMean);
  ASSERT_EQ(graded.for_instructor.size(), 1U);
  EXPECT_THAT(graded.for_instructor[0].text, HasSubstr("1.5e+308"));
}

TEST_F(HiddenTests, GiveNoPointsBeforeTheyHaveRun) {
  std::vector<int> scores;
  std::vector<std::string> statuses;
  grade(kCarefulMean, [&](const Grade& so_far) {
    scores.push_back(so_far.score());
    statuses.push_back(so_far.lessons[0].tasks[0].status);
  });
  EXPECT_THAT(scores, ElementsAre(0, 0, 1, 1));
  EXPECT_THAT(statuses, ElementsAre("NOT_CHECKED", "NOT_CHECKED", "PASSED", "PASSED"));
}

TEST_F(HiddenTests, AreBuiltOnce) {
  const House house = open_house(HANDBUILT_SOURCE_DIR);
  const LessonInfo& lesson = *find_place(house, "00").lesson;
  const auto first = build_hidden_judge(house, lesson, hidden());
  const auto written = fs::last_write_time(first->program);
  EXPECT_EQ(fs::last_write_time(build_hidden_judge(house, lesson, hidden())->program), written);
  EXPECT_EQ(fs::status(first->program.parent_path().parent_path()).permissions(), fs::perms::owner_all);
}

TEST_F(HiddenTests, RunInTheSandboxThatRunsHere) {
  const House house = open_house(HANDBUILT_SOURCE_DIR);
  sandbox_ = SandboxMode::contained;
  try {
    sandbox_ = choose_sandbox(house, "");
  } catch (const Error& none) {
    GTEST_SKIP() << none.what();
  }
  EXPECT_EQ(grade(kCarefulMean).lessons[0].tasks[0].status, "PASSED") << to_string(sandbox_);
}

TEST_F(HiddenTests, OfAnotherLessonAreNone) {
  const House house = open_house(HANDBUILT_SOURCE_DIR);
  EXPECT_FALSE(build_hidden_judge(house, *find_place(house, "10").lesson, hidden()).has_value());
}

std::string refusal(const std::string& test, const std::string& other_file = "") {
  const test::TemporaryFolder folder;
  fs::create_directories(folder / "00_tour");
  write_file(folder / "00_tour/my.judge.cpp", test);
  if (!other_file.empty()) write_file(folder / ("00_tour/" + other_file), "words");
  const House house = open_house(HANDBUILT_SOURCE_DIR);
  return test::message_of<Error>([&] { build_hidden_judge(house, *find_place(house, "00").lesson, folder.path()); });
}

TEST(HiddenTestsRefused, NameTheFileThatDoesNotCompile) {
  EXPECT_THAT(refusal("TEST(Mean, Is) { nonsense; }\n"),
              testing::AllOf(HasSubstr("my.judge.cpp: this test does not compile:"), HasSubstr("error:")));
}

TEST(HiddenTestsRefused, NameTheSuiteOfNoTask) {
  EXPECT_THAT(refusal("\nTEST(Means, Is) {}\n"),
              HasSubstr("my.judge.cpp:2: the suite Means is that of no task of 00_tour; mean is judged by Mean"));
}

TEST(HiddenTestsRefused, NameTheMessageOfNoTask) {
  EXPECT_THAT(refusal("TEST(Mean, Is) {}\n", "means.message"), HasSubstr("means.message: expected the id of a task"));
}

}  // namespace
}  // namespace handbuilt::grader
