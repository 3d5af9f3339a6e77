#include "grader/grading/grade_submission.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "core/error.hpp"
#include "core/file.hpp"
#include "support/message_of.hpp"
#include "support/temporary_folder.hpp"

namespace handbuilt::grader {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const char* const kRightMean = R"(#include "tasks.hpp"
double tour::mean(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}
)";

const char* const kWrongMean = R"(#include "tasks.hpp"
double tour::mean(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum;
}
)";

class GradeSubmission : public testing::Test {
 protected:
  /// A submission of lesson 00 with this text as its only file.
  GradeRequest tour(const std::string& text, const std::string& name = "ada") {
    const fs::path folder = folder_ / name / "00_tour";
    fs::create_directories(folder);
    write_file(folder / "mean.cpp", text);
    return request(folder_ / name);
  }
  GradeRequest request(const fs::path& submission) {
    GradeRequest request;
    request.submission = submission;
    request.sandbox = SandboxMode::local;
    request.seed = 7;
    request.work = folder_ / "work";
    request.at_once = 2;
    request.is_prepared = true;
    return request;
  }

  test::TemporaryFolder folder_;
  House house_ = open_house(HANDBUILT_SOURCE_DIR);
};

TEST_F(GradeSubmission, GivesARightAnswerItsPoints) {
  const Grade grade = grade_submission(house_, tour(kRightMean));
  EXPECT_EQ(grade.submission, "ada");
  EXPECT_EQ(grade.sandbox, SandboxMode::local);
  EXPECT_EQ(grade.seed, 7U);
  ASSERT_EQ(grade.lessons.size(), 1U);
  EXPECT_EQ(grade.lessons[0].lesson, "00_tour");
  EXPECT_EQ(grade.score(), 1);
  EXPECT_EQ(grade.max_score(), 1);
  EXPECT_TRUE(grade.is_complete && grade.all_passed());
  EXPECT_GT(grade.seconds, 0);
}

TEST_F(GradeSubmission, GivesAWrongOneNone) {
  const Grade grade = grade_submission(house_, tour(kWrongMean));
  EXPECT_EQ(grade.lessons[0].tasks[0].status, "WRONG");
  EXPECT_EQ(grade.score(), 0);
  EXPECT_FALSE(grade.all_passed());
}

TEST_F(GradeSubmission, TellsOfEveryTaskAsItIsJudged) {
  GradeRequest whole = request(fs::path(HANDBUILT_SOURCE_DIR) / "exercises" / "10_convnet");
  std::vector<std::size_t> judged, all;
  bool was_complete_early = false;
  const Grade grade = grade_submission(house_, whole, [&](const Grade& so_far) {
    std::size_t done = 0;
    for (const TaskVerdict& task : so_far.lessons[0].tasks) done += task.status == "NOT_STARTED";
    judged.push_back(done);
    all.push_back(so_far.lessons[0].tasks.size());
    was_complete_early |= so_far.is_complete && done < so_far.lessons[0].tasks.size();
  });
  EXPECT_EQ(judged.front(), 0U);
  EXPECT_EQ(judged.back(), 8U);
  EXPECT_GT(judged.size(), 4U);  // two that are quick may be told of at once
  EXPECT_TRUE(std::is_sorted(judged.begin(), judged.end()));
  EXPECT_THAT(all, testing::Each(8));
  EXPECT_FALSE(was_complete_early);
  EXPECT_EQ(grade.max_score(), grade.lessons[0].max_score);
}

TEST_F(GradeSubmission, JudgesWhatATaskNeedsAndReportsTheTaskAlone) {
  if (!fs::exists(fs::path(HANDBUILT_SOURCE_DIR) / "solutions")) GTEST_SKIP() << "a student's copy has no solutions";
  GradeRequest one = request(fs::path(HANDBUILT_SOURCE_DIR) / "solutions");
  one.lessons = {"10_convnet"};
  one.tasks = {"training-step"};
  const Grade grade = grade_submission(house_, one);
  ASSERT_EQ(grade.lessons.size(), 1U);
  ASSERT_EQ(grade.lessons[0].tasks.size(), 1U);
  EXPECT_EQ(grade.lessons[0].tasks[0].status, "PASSED");
  EXPECT_EQ(grade.max_score(), grade.lessons[0].tasks[0].max_points);
  EXPECT_EQ(grade.score(), grade.max_score());
}

TEST_F(GradeSubmission, GradesAMissingLessonThatWasAskedFor) {
  fs::create_directories(folder_ / "empty");
  GradeRequest asked = request(folder_ / "empty");
  asked.lessons = {"00"};
  const Grade grade = grade_submission(house_, asked);
  ASSERT_EQ(grade.lessons.size(), 1U);
  EXPECT_EQ(grade.lessons[0].tasks[0].message, "00_tour/mean.cpp is not there");
  EXPECT_THAT(grade.problems, ElementsAre("00_tour/mean.cpp is not there"));
  EXPECT_EQ(grade.score(), 0);
  EXPECT_EQ(grade.max_score(), 1);
}

TEST_F(GradeSubmission, RefusesAFolderWithNothingToGrade) {
  fs::create_directories(folder_ / "empty");
  EXPECT_THAT(test::message_of<DataError>([&] { grade_submission(house_, request(folder_ / "empty")); }),
              HasSubstr("empty: expected exercise files"));
  EXPECT_THAT(test::message_of<DataError>([&] { grade_submission(house_, request(folder_ / "nowhere")); }),
              HasSubstr("nowhere: expected a folder"));
}

TEST_F(GradeSubmission, SaysThatALinkIsNotTaken) {
  fs::create_directories(folder_ / "eve/00_tour");
  fs::create_symlink(fs::path(HANDBUILT_SOURCE_DIR) / "solutions/00_tour/mean.cpp", folder_ / "eve/00_tour/mean.cpp");
  GradeRequest linked = request(folder_ / "eve");
  linked.lessons = {"00_tour"};
  const Grade grade = grade_submission(house_, linked);
  EXPECT_EQ(grade.lessons[0].tasks[0].status, "COMPILE_ERROR");
  EXPECT_EQ(grade.lessons[0].tasks[0].message, "00_tour/mean.cpp is a symbolic link: hand in the file itself");
}

TEST_F(GradeSubmission, KeepsNothingBetweenSubmissionsInOneWorkFolder) {
  EXPECT_EQ(grade_submission(house_, tour(kRightMean, "ada")).score(), 1);
  EXPECT_EQ(grade_submission(house_, tour(kWrongMean, "bob")).score(), 0);
}

TEST_F(GradeSubmission, NamesNoPathOfTheGradingMachine) {
  const Grade grade = grade_submission(house_, tour("#include \"tasks.hpp\"\nint broken(\n"));
  const TaskVerdict& task = grade.lessons[0].tasks[0];
  EXPECT_EQ(task.status, "COMPILE_ERROR");
  EXPECT_THAT(task.message, HasSubstr("00_tour/mean.cpp:"));
  EXPECT_THAT(task.message, testing::Not(HasSubstr(folder_.path().string())));
  EXPECT_THAT(grade_submission(house_, tour(kWrongMean)).lessons[0].tasks[0].replay, IsEmpty());
}

}  // namespace
}  // namespace handbuilt::grader
