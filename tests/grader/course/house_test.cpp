#include "grader/course/house.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/error.hpp"
#include "support/message_of.hpp"

namespace handbuilt::grader {
namespace {

TaskInfo task(const std::string& id) {
  TaskInfo info;
  info.id = id;
  info.file = id + ".cpp";
  std::replace(info.file.begin(), info.file.end(), '-', '_');
  return info;
}

House house() {
  LessonInfo tour, convnet;
  tour.id = "00_tour";
  convnet.id = "10_convnet";
  convnet.number = 10;
  convnet.tasks = {task("conv2d-forward"), task("momentum-step")};
  return {"/nowhere", {tour, convnet}};
}

std::string refusal(const std::string& name) {
  return test::message_of<ValueError>([&] { find_task(house(), name); });
}

TEST(FindPlace, TakesANumberANameOrBoth) {
  const House here = house();
  for (const char* name : {"10", "convnet", "10_convnet"}) EXPECT_EQ(find_place(here, name).lesson->id, "10_convnet");
  for (const char* name : {"0", "00", "tour"}) EXPECT_EQ(find_place(here, name).lesson->id, "00_tour");
}

TEST(FindPlace, TakesATaskAfterASlash) {
  const House here = house();
  EXPECT_EQ(find_place(here, "10/momentum-step").task->id, "momentum-step");
  EXPECT_EQ(find_place(here, "10").task, nullptr);
}

TEST(FindPlace, SuggestsTheNearestLesson) {
  EXPECT_EQ(refusal("convent"), "no lesson \"convent\": did you mean convnet?");
}

TEST(FindPlace, SaysWhereLessonsAreListedWhenNothingIsNear) {
  EXPECT_EQ(refusal("77"), "no lesson \"77\": ./course list shows those there are");
}

TEST(FindPlace, SuggestsTheNearestTask) {
  EXPECT_EQ(refusal("10/conv2d-foward"),
            "lesson 10_convnet has no task \"conv2d-foward\": did you mean conv2d-forward?");
}

TEST(FindPlace, SuggestsTheTaskThatWasNamedWithoutItsLesson) {
  EXPECT_EQ(refusal("conv2d-forward"), "no lesson \"conv2d-forward\": did you mean 10/conv2d-forward?");
}

TEST(FindPlace, SuggestsTheTaskWhoseFileWasNamed) {
  EXPECT_EQ(refusal("exercises/10_convnet/conv2d_forward.cpp"),
            "no lesson \"exercises\": did you mean 10/conv2d-forward?");
}

TEST(FindTask, ShowsHowATaskIsNamed) {
  EXPECT_EQ(refusal("10"), "expected LESSON/TASK, for example 10/conv2d-forward");
}

TEST(FindTask, RefusesALessonWithoutTasks) { EXPECT_EQ(refusal("00"), "lesson 00_tour has no tasks"); }

}  // namespace
}  // namespace handbuilt::grader
