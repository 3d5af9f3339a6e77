#include "grader/grade_class/record.hpp"

#include <gtest/gtest.h>

#include "core/error.hpp"
#include "core/file.hpp"
#include "grader/report/grade_json.hpp"
#include "support/message_of.hpp"
#include "support/temporary_folder.hpp"

namespace handbuilt::grader {
namespace {

namespace fs = std::filesystem;

Grade sample() {
  Grade grade;
  grade.submission = "al\x1b\xFF";
  grade.sandbox = SandboxMode::contained;
  grade.seed = 77;
  grade.seconds = 1.25;
  grade.is_complete = true;
  grade.problems = {"10_convnet/a.cpp is not there"};
  Verdict lesson;
  lesson.lesson = "10_convnet";
  lesson.score = 2;
  lesson.max_score = 5;
  TaskVerdict task;
  task.id = "conv2d-forward";
  task.title = "Slide";
  task.status = "WRONG";
  task.max_points = 5;
  task.points = 2;
  task.message = "line\nline <b>";
  task.printed = "\xC0 printed";
  task.help = "help";
  task.seconds = 0.5;
  lesson.tasks = {task};
  grade.lessons = {lesson};
  TaskVerdict before = task;
  before.status = "PASSED";
  grade.before_hidden_tests["conv2d-forward"] = before;
  return grade;
}

TEST(ClassRecord, ComesBackAsItWasWritten) {
  const test::TemporaryFolder folder;
  write_record(folder / "r.json", {"key", false, sample()});
  const ClassRecord back = read_record(folder / "r.json");
  EXPECT_EQ(back.key, "key");
  EXPECT_EQ(grade_json(back.grade), grade_json(sample()));
}

TEST(ClassRecord, OfAnotherKindIsRefused) {
  const test::TemporaryFolder folder;
  write_file(folder / "half.json", "{\"schema\": \"handbuilt/class-rec");
  write_file(folder / "other.json", "{\"schema\": \"handbuilt/list/v1\"}");
  for (const char* name : {"half.json", "other.json", "none.json"})
    test::message_of<DataError>([&] { read_record(folder / name); });
}

class Standing : public testing::Test {
 protected:
  Standing() {
    plan_.out = folder_ / "out";
    plan_.course = "course";
    entry_ = {"alice", "alice", "alice", folder_ / "alice", {}, false};
    fs::create_directories(folder_ / "alice");
    write_file(folder_ / "alice" / "a.cpp", "one");
    fs::create_directories(plan_.record_of(entry_).parent_path());
    fs::create_directories(plan_.taken_in(entry_));
    write_record(plan_.record_of(entry_), {key_of(plan_, entry_), false, sample()});
  }
  [[nodiscard]] bool still_stands() const { return stands(plan_, entry_, key_of(plan_, entry_)); }
  test::TemporaryFolder folder_;
  ClassPlan plan_;
  ClassEntry entry_;
};

TEST_F(Standing, WhileNothingChanges) { EXPECT_TRUE(still_stands()); }

TEST_F(Standing, NotAfterTheSubmissionChanged) {
  write_file(folder_ / "alice" / "a.cpp", "two");
  EXPECT_FALSE(still_stands());
}

TEST_F(Standing, WhenAFileChangedThatNobodyGrades) {
  write_file(folder_ / "alice" / "notes.txt", "two");
  EXPECT_TRUE(still_stands());
}

TEST_F(Standing, NotWithAnotherSeedSandboxLessonOrCourse) {
  const ClassPlan plan = plan_;
  plan_.class_seed = 1;
  EXPECT_FALSE(still_stands());
  plan_ = plan;
  plan_.sandbox = SandboxMode::local;
  EXPECT_FALSE(still_stands());
  plan_ = plan;
  plan_.lessons = {"00_tour"};
  EXPECT_FALSE(still_stands());
  plan_ = plan;
  plan_.course = "changed";
  EXPECT_FALSE(still_stands());
}

TEST_F(Standing, NotWhenTheRecordIsDamagedOrTheFilesAreGone) {
  fs::remove_all(plan_.taken_in(entry_));
  EXPECT_FALSE(still_stands());
  fs::create_directories(plan_.taken_in(entry_));
  ASSERT_TRUE(still_stands());
  write_file(plan_.record_of(entry_), "{");
  EXPECT_FALSE(still_stands());
}

TEST(Seed, DependsOnTheClassAndTheNameAlone) {
  ClassPlan plan;
  plan.class_seed = 5;
  ClassEntry alice{"alice", "Alice", "alice", "/a", {}, false}, moved{"alice", "A.", "x", "/b", {}, true};
  ClassEntry bob{"bob", "Bob", "bob", "/a", {}, false};
  EXPECT_EQ(seed_of(plan, alice), seed_of(plan, moved));
  EXPECT_NE(seed_of(plan, alice), seed_of(plan, bob));
  const std::uint64_t before = seed_of(plan, alice);
  plan.class_seed = 6;
  EXPECT_NE(seed_of(plan, alice), before);
}

}  // namespace
}  // namespace handbuilt::grader
