// Grades small classes of lesson 00 with ./course grade-class, as an instructor does.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include "core/file.hpp"
#include "grader/course/process.hpp"
#include "support/temporary_folder.hpp"
#include "system/class_of_lesson_00.hpp"

namespace handbuilt::grader {
namespace {

namespace fs = std::filesystem;
using test::class_of;
using test::final_files;
using test::grade_class;
using testing::AllOf;
using testing::HasSubstr;

class GradeClass : public testing::Test {
 protected:
  test::TemporaryFolder folder_;
};

/// How many submissions of these results have their record.
std::size_t records_in(const fs::path& out) {
  std::size_t count = 0;
  const fs::path records = out / ".state" / "records";
  if (fs::is_directory(records))
    for (const fs::directory_entry& entry : fs::directory_iterator(records))
      if (entry.path().extension() == ".json") ++count;
  return count;
}

/// When every record was written, by name.
std::map<std::string, fs::file_time_type> record_times(const fs::path& out) {
  std::map<std::string, fs::file_time_type> times;
  for (const fs::directory_entry& entry : fs::directory_iterator(out / ".state" / "records"))
    if (entry.path().extension() == ".json") times[entry.path().filename()] = entry.last_write_time();
  return times;
}

/// Starts grading, and kills the grader without a chance to clean up once it has written some of the records.
void kill_half_way(const fs::path& submissions, const fs::path& out, std::size_t after) {
  const pid_t child = ::fork();
  if (child == 0) {
    become(grade_class(submissions, out, {"--jobs", "1"}));
  }
  const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (records_in(out) < after && std::chrono::steady_clock::now() < give_up)
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  ::kill(child, SIGKILL);
  int status = 0;
  ::waitpid(child, &status, 0);
  ASSERT_TRUE(WIFSIGNALED(status)) << "it ended before it could be killed";
}

TEST_F(GradeClass, GivesEverybodyWhatTheyEarned) {
  class_of(folder_ / "class", 6);
  write_file(folder_ / "class" / "mallory.zip", "not a zip");
  const Captured graded = capture(grade_class(folder_ / "class", folder_ / "out", {}));
  EXPECT_EQ(graded.exit_code, 0) << graded.output;
  EXPECT_THAT(graded.output, AllOf(HasSubstr("mallory: refused"), HasSubstr("7 of 7 graded")));
  const std::string csv = read_file(folder_ / "out" / "grades.csv");
  EXPECT_THAT(
      csv, AllOf(HasSubstr("student0,student0,graded,,1,1,1,1\r\n"), HasSubstr("student1,student1,graded,,0,1,0,0\r\n"),
                 HasSubstr("student2,student2,graded,,0,1,0,0\r\n"),
                 HasSubstr("mallory,mallory,refused: mallory.zip: it cannot be read")));
  EXPECT_THAT(read_file(folder_ / "out/students/student2/feedback.html"), HasSubstr("compile error"));
  EXPECT_TRUE(fs::exists(folder_ / "out/students/student0/grade.json"));
}

TEST_F(GradeClass, KilledHalfWayGoesOnWithoutGradingAnythingTwice) {
  class_of(folder_ / "class", 6);
  ASSERT_EQ(capture(grade_class(folder_ / "class", folder_ / "undisturbed", {})).exit_code, 0);

  kill_half_way(folder_ / "class", folder_ / "out", 3);
  const auto before = record_times(folder_ / "out");
  ASSERT_GE(before.size(), 3U);
  ASSERT_LT(before.size(), 6U);
  const Captured second = capture(grade_class(folder_ / "class", folder_ / "out", {}));
  EXPECT_EQ(second.exit_code, 0) << second.output;
  EXPECT_THAT(second.output, HasSubstr("6 submissions"));
  EXPECT_THAT(second.output, HasSubstr(std::to_string(before.size()) + " graded before, which stand"));

  const auto after = record_times(folder_ / "out");
  EXPECT_EQ(after.size(), 6U);
  for (const auto& [name, time] : before) EXPECT_EQ(after.at(name), time) << name << " was graded twice";
  EXPECT_EQ(final_files(folder_ / "out"), final_files(folder_ / "undisturbed"));
  EXPECT_TRUE(fs::is_empty(folder_ / "out/.state/work")) << "what the killed run left is gone";
}

TEST_F(GradeClass, GradesAgainOnlyWhatChanged) {
  class_of(folder_ / "class", 3);
  ASSERT_EQ(capture(grade_class(folder_ / "class", folder_ / "out", {})).exit_code, 0);
  fs::copy_file(test::mean_of(0, folder_ / "class"), test::mean_of(1, folder_ / "class"),
                fs::copy_options::overwrite_existing);
  const Captured second = capture(grade_class(folder_ / "class", folder_ / "out", {}));
  EXPECT_THAT(second.output, AllOf(HasSubstr("2 graded before"), HasSubstr("1 of 1  student1: 1 of 1 points")));
  EXPECT_THAT(read_file(folder_ / "out/grades.csv"), HasSubstr("student1,student1,graded,,1,1,1,1\r\n"));
}

TEST_F(GradeClass, GivesTheSameBytesWhateverTheJobsAndTheOrder) {
  class_of(folder_ / "class", 6);
  fs::create_directory(folder_ / "shuffled");  // a folder is read in the order in which it was filled, or by hash
  for (const int i : {4, 2, 5, 0, 3, 1})
    fs::copy(folder_ / "class" / ("student" + std::to_string(i)),
             folder_ / "shuffled" / ("student" + std::to_string(i)), fs::copy_options::recursive);
  ASSERT_EQ(capture(grade_class(folder_ / "class", folder_ / "one", {"--jobs", "1"})).exit_code, 0);
  ASSERT_EQ(capture(grade_class(folder_ / "shuffled", folder_ / "two", {"--jobs", "2"})).exit_code, 0);
  EXPECT_EQ(final_files(folder_ / "one"), final_files(folder_ / "two"));
  ASSERT_EQ(capture(grade_class(folder_ / "class", folder_ / "seed", {"--class-seed", "8"})).exit_code, 0);
  EXPECT_NE(final_files(folder_ / "one"), final_files(folder_ / "seed")) << "another seed gives other inputs";
}

TEST_F(GradeClass, SaysWhatCouldNotBeGradedAndGoesOn) {
  class_of(folder_ / "class", 3);
  // Where student1's files would go stands a file: a fault of the machine, not of the student.
  fs::create_directories(folder_ / "out/students");
  write_file(folder_ / "out/students/student1", "in the way");
  const Captured graded = capture(grade_class(folder_ / "class", folder_ / "out", {}));
  EXPECT_EQ(graded.exit_code, 2);
  EXPECT_THAT(graded.output, HasSubstr("student1"));
  fs::remove(folder_ / "out/students/student1");
  const Captured again = capture(grade_class(folder_ / "class", folder_ / "out", {}));
  EXPECT_EQ(again.exit_code, 0) << again.output;
  EXPECT_THAT(again.output, HasSubstr("2 graded before, which stand"));
}

TEST_F(GradeClass, RefusesInOneLineWhatItCannotDo) {
  fs::create_directory(folder_ / "empty");
  for (const auto& [words, expected] : std::vector<std::pair<std::vector<std::string>, std::string>>{
           {{"--lesson", "tuor"}, "did you mean"},
           {{}, "expected a folder or an archive for every student, found none"},
           {{"--hidden", "/nowhere"}, "expected a folder of hidden tests"}}) {
    Command command = grade_class(folder_ / "empty", folder_ / "out", words);
    const Captured refused = capture(command);
    EXPECT_EQ(refused.exit_code, 2);
    EXPECT_THAT(refused.output, HasSubstr(expected));
    EXPECT_EQ(std::count(refused.output.begin(), refused.output.end(), '\n'), 1) << refused.output;
  }
}

}  // namespace
}  // namespace handbuilt::grader
