#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "core/file.hpp"
#include "grader/course/house.hpp"
#include "grader/grade_class/class_report.hpp"
#include "grader/grade_class/html.hpp"
#include "support/temporary_folder.hpp"

namespace handbuilt::grader {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

TaskVerdict verdict(const std::string& status, const std::string& message) {
  TaskVerdict task;
  task.id = "tour-mean";
  task.title = "Mean";
  task.status = status;
  task.max_points = 1;
  task.points = status == "PASSED" ? 1 : 0;
  task.message = message;
  return task;
}

ClassResult result(const std::string& name, const TaskVerdict& task) {
  Grade grade;
  grade.submission = name;
  grade.is_complete = true;
  Verdict lesson;
  lesson.lesson = "00_tour";
  lesson.score = task.points;
  lesson.max_score = 1;
  lesson.tasks = {task};
  grade.lessons = {lesson};
  return {{name, name, name, "", {}, false}, grade, false, ""};
}

class Pages : public testing::Test {
 protected:
  Pages() : house_(open_house(HANDBUILT_SOURCE_DIR)) {
    report_.plan.out = folder_.path();
    report_.tasks = {{"00_tour", "tour-mean", "Mean", 1}};
    report_.max_score = 1;
  }
  House house_;
  test::TemporaryFolder folder_;
  ClassReport report_;
};

TEST_F(Pages, RunNothingThatAStudentWrote) {
  const std::string hostile = "<script>alert(1)</script>\x1b[2J\xFF\"'&";
  TaskVerdict task = verdict("WRONG", hostile);
  task.printed = task.input = task.help = task.rationale = task.note = hostile;
  report_.results = {result(hostile, task), result("2", verdict("WRONG", hostile))};
  report_.results[0].grade->problems = {hostile};
  report_.aside = {hostile};
  for (const std::string& page : {class_page(house_, report_), student_page(house_, report_, report_.results[0]),
                                  similarity_page(report_), timings_page(report_)})
    EXPECT_THAT(page, AllOf(Not(HasSubstr("<script>alert")), Not(HasSubstr("\x1b")), Not(HasSubstr("\xFF"))));
  EXPECT_THAT(class_page(house_, report_),
              HasSubstr("&lt;script&gt;alert(1)&lt;/script&gt;\\x1b[2J\\xff&quot;&#39;&amp;"));
}

TEST_F(Pages, NeedNothingFromOutside) {
  report_.results = {result("alice", verdict("PASSED", ""))};
  for (const std::string& page : {class_page(house_, report_), student_page(house_, report_, report_.results[0])})
    EXPECT_THAT(page, AllOf(Not(HasSubstr("src=")), Not(HasSubstr("<link")), Not(HasSubstr("@import")),
                            HasSubstr("default-src 'none'")));
}

TEST_F(Pages, GroupTheSameMistakeWhateverItsNumbers) {
  report_.results = {result("a", verdict("WRONG", "entry (0, 1) is 3\nmore")),
                     result("b", verdict("WRONG", "entry (12, 7) is -2\nless")),
                     result("c", verdict("WRONG", "another")),
                     result("d", verdict("PASSED", "")),
                     result("e", verdict("NOT_STARTED", "")),
                     result("f", verdict("NOT_STARTED", ""))};
  const std::vector<CommonMistake> mistakes = commonest_mistakes(report_);
  ASSERT_EQ(mistakes.size(), 1U);
  EXPECT_EQ(mistakes[0].students, 2);
  EXPECT_EQ(mistakes[0].said, "entry (0, 1) is 3");
}

TEST_F(Pages, TellNotGradedFromZero) {
  report_.results = {result("alice", verdict("WRONG", "no")),
                     {{"bob", "bob", "bob", "", {}, false}, {}, false, "disk full"}};
  EXPECT_EQ(grades_csv(report_),
            "submission,student,state,late,total,of,00_tour,00_tour/tour-mean\r\n"
            "alice,alice,graded,,0,1,0,0\r\n"
            "bob,bob,not graded: disk full,,,1,,\r\n");
  EXPECT_THAT(class_page(house_, report_), AllOf(HasSubstr("<b>1 not graded</b>"), HasSubstr("disk full")));
  EXPECT_THAT(student_page(house_, report_, report_.results[1]), HasSubstr("no fault of the submission"));
}

TEST_F(Pages, SayTheSameWhateverTookHowLong) {
  report_.results = {result("alice", verdict("PASSED", ""))};
  ClassReport slower = report_;
  slower.results[0].grade->seconds = 99;
  slower.results[0].grade->lessons[0].tasks[0].seconds = 98;
  EXPECT_EQ(class_page(house_, report_), class_page(house_, slower));
  EXPECT_EQ(grades_csv(report_), grades_csv(slower));
  EXPECT_NE(timings_csv(report_), timings_csv(slower));
  EXPECT_THAT(timings_page(slower), HasSubstr("99.00"));
}

TEST_F(Pages, ShowWhatIsAlikeSideBySide) {
  report_.results = {result("alice", verdict("PASSED", "")), result("bob", verdict("PASSED", ""))};
  for (const ClassResult& one : report_.results) {
    fs::create_directories(report_.plan.taken_in(one.entry) / "00_tour");
    write_file(report_.plan.taken_in(one.entry) / "00_tour" / "mean.cpp",
               "first line\nint <" + one.entry.name + ">;\nlast line\n");
  }
  report_.similarity.compared = 1;
  report_.similarity.pairs = {{0, 1, 0.93, 40, {{"00_tour/mean.cpp", 0.93, 40, {{2, 2, 2, 2, 40}}}}}};
  EXPECT_THAT(similarity_page(report_), AllOf(HasSubstr("not a verdict"), HasSubstr("alice and bob: 93 %"),
                                              HasSubstr("<mark>   2  int &lt;alice&gt;;</mark>"),
                                              HasSubstr("<mark>   2  int &lt;bob&gt;;</mark>")));
  EXPECT_THAT(class_page(house_, report_), HasSubstr("similarity.html#pair-1"));
}

TEST_F(Pages, NameNobodyElseInWhatAStudentGetsBack) {
  report_.results = {result("alice", verdict("PASSED", "")), result("bob", verdict("PASSED", ""))};
  report_.similarity.pairs = {{0, 1, 0.93, 40, {}}};
  EXPECT_THAT(student_page(house_, report_, report_.results[0]), Not(HasSubstr("bob")));
}

}  // namespace
}  // namespace handbuilt::grader
