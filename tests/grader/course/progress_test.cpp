#include "grader/course/progress.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>

#include "core/file.hpp"
#include "support/temporary_folder.hpp"

namespace handbuilt::grader {
namespace {

namespace fs = std::filesystem;

Verdict verdict_on(const std::string& task, const std::string& status) {
  Verdict verdict;
  verdict.tasks.resize(1);
  verdict.tasks[0].id = task;
  verdict.tasks[0].status = status;
  return verdict;
}

LessonInfo lesson(const std::string& id, const std::vector<std::string>& tasks) {
  LessonInfo info;
  info.id = id;
  for (const std::string& task : tasks) info.tasks.emplace_back().id = task;
  return info;
}

class Progress : public testing::Test {
 protected:
  Progress() { ::setenv("HANDBUILT_PROGRESS", folder_.path().c_str(), 1); }
  ~Progress() override { ::unsetenv("HANDBUILT_PROGRESS"); }
  [[nodiscard]] fs::path file() const { return folder_ / "progress.json"; }

  House house_{"/nowhere", {lesson("10_convnet", {"momentum-step", "training-step"})}};

 private:
  test::TemporaryFolder folder_;
};

TEST_F(Progress, HangsOnTheTaskWhateverItsLessonIsCalled) {
  remember(house_, verdict_on("momentum-step", "PASSED"), {});
  house_.lessons = {lesson("12_convolutional", {"momentum-step", "training-step"})};
  EXPECT_EQ(tasks_passed(house_.lessons[0], load_progress(house_)), 1);
  EXPECT_EQ(next_place(house_, load_progress(house_)).task->id, "training-step");
}

TEST_F(Progress, KeepsWhatItKnowsOfATaskThatTheCourseDoesNotHave) {
  remember(house_, verdict_on("gone", "PASSED"), {{"gone", "abc"}});
  remember(house_, verdict_on("momentum-step", "WRONG"), {});
  const CourseProgress progress = load_progress(house_);
  EXPECT_EQ(status_of(progress, "gone"), "PASSED");
  EXPECT_EQ(progress.at("gone").fingerprint, "abc");
}

TEST_F(Progress, SetsAFileAsideThatCannotBeReadAndOverwritesNoEarlierOne) {
  for (const char* bad : {"", "{\"schema\": 3}", "[1, 2"}) {
    write_file(file(), bad);
    EXPECT_TRUE(load_progress(house_).empty());
    EXPECT_FALSE(fs::exists(file()));
  }
  EXPECT_EQ(read_file(file().string() + ".bad"), "");
  EXPECT_EQ(read_file(file().string() + ".bad.3"), "[1, 2");
}

}  // namespace
}  // namespace handbuilt::grader
