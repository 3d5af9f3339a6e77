#include "grader/lesson_toml.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "core/error.hpp"
#include "core/file.hpp"

namespace handbuilt::grader {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class LessonToml : public testing::Test {
 protected:
  ~LessonToml() override { std::filesystem::remove_all(root_); }

  LessonInfo read(const std::string& content, const std::string& folder = "10_convnet") const {
    std::filesystem::create_directories(root_ / folder);
    write_file(root_ / folder / "lesson.toml", content);
    return read_lesson(root_ / folder / "lesson.toml");
  }
  std::string error_of(const std::string& content, const std::string& folder = "10_convnet") const {
    try {
      read(content, folder);
    } catch (const DataError& error) {
      return error.what();
    }
    return "no error";
  }

 private:
  const std::filesystem::path root_ =
      std::filesystem::path(testing::TempDir()) /
      (std::string("lesson_toml_") + testing::UnitTest::GetInstance()->current_test_info()->name());
};

const std::string kTask = "[[task]]\nid = \"one\"\nfile = \"one.cpp\"\ntitle = \"One\"\npoints = 1\n";

TEST_F(LessonToml, ReadsEverythingATaskSays) {
  const LessonInfo lesson = read(R"(
title = "A convolutional network"
hours = 3.5
needs = ["08_backprop"]
summary = "Train one by hand."
[[task]]
id = "conv2d-forward"
file = "conv2d_forward.cpp"
title = "Slide every kernel over every channel"
points = 2
cpu_seconds = 3
wall_seconds = 9
memory_mb = 128
hints = ["Look.", "Look closer."]
[[task]]
id = "conv2d-backward"
file = "conv2d_backward.cpp"
title = "Back"
points = 3
needs = ["conv2d-forward"]
)");
  EXPECT_EQ(lesson.id, "10_convnet");
  EXPECT_EQ(lesson.number, 10);
  EXPECT_EQ(lesson.hours, 3.5);
  EXPECT_THAT(lesson.needs, ElementsAre("08_backprop"));
  ASSERT_EQ(lesson.tasks.size(), 2u);
  EXPECT_EQ(lesson.tasks[0].points, 2);
  EXPECT_EQ(lesson.tasks[0].wall_seconds, 9);
  EXPECT_EQ(lesson.tasks[0].memory_mb, 128);
  EXPECT_THAT(lesson.tasks[0].hints, ElementsAre("Look.", "Look closer."));
  EXPECT_THAT(lesson.tasks[1].needs, ElementsAre("conv2d-forward"));
}

TEST_F(LessonToml, GivesALargerWallLimitThanProcessorTimeByDefault) {
  const TaskInfo task = read("title = \"T\"\n" + kTask).tasks.at(0);
  EXPECT_GT(task.wall_seconds, task.cpu_seconds);
}

TEST_F(LessonToml, ReadsHowManyTestsAreHidden) {
  EXPECT_EQ(read("title = \"T\"\n" + kTask).hidden_tests, 0);
  EXPECT_EQ(read("title = \"T\"\nhidden_tests = 3\n" + kTask).hidden_tests, 3);
}

TEST_F(LessonToml, NamesFileAndLineOfBadToml) {
  EXPECT_THAT(error_of("title = \"T\"\n\npoints = = 3\n"), HasSubstr("10_convnet/lesson.toml:3: "));
}

TEST_F(LessonToml, RefusesAMissingKey) { EXPECT_THAT(error_of("hours = 2\n"), HasSubstr("expected \"title\"")); }

TEST_F(LessonToml, RefusesAnUnknownKeyAtItsLine) {
  EXPECT_THAT(error_of("title = \"T\"\n" + kTask + "cpu_second = 3\n"), HasSubstr(":7: unknown key \"cpu_second\""));
}

TEST_F(LessonToml, RefusesPointsThatAreNoWholeNumber) {
  EXPECT_THAT(error_of("title = \"T\"\n[[task]]\nid = \"one\"\nfile = \"one.cpp\"\ntitle = \"One\"\npoints = \"2\"\n"),
              HasSubstr(":6: expected \"points\" to be a whole number"));
}

TEST_F(LessonToml, RefusesATaskIdTwice) {
  EXPECT_THAT(error_of("title = \"T\"\n" + kTask + kTask), HasSubstr("\"one\" stands here a second time"));
}

TEST_F(LessonToml, RefusesToNeedATaskBelow) {
  EXPECT_THAT(error_of("title = \"T\"\n" + kTask + "needs = [\"two\"]\n"), HasSubstr("needs \"two\""));
}

TEST_F(LessonToml, RefusesAFileOutsideTheLesson) {
  EXPECT_THAT(error_of("title = \"T\"\n[[task]]\nid = \"one\"\nfile = \"../one.cpp\"\ntitle = \"One\"\npoints = 1\n"),
              HasSubstr("got \"../one.cpp\""));
}

TEST_F(LessonToml, RefusesAFolderWithoutANumber) {
  EXPECT_THAT(error_of("title = \"T\"\n", "convnet"), HasSubstr("named like 10_convnet"));
}

TEST(SuiteName, IsTheTaskIdInCapitals) {
  EXPECT_EQ(suite_name("conv2d-forward"), "Conv2dForward");
  EXPECT_EQ(suite_name("mean"), "Mean");
}

}  // namespace
}  // namespace handbuilt::grader
