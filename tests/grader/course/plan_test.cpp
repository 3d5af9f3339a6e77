#include "grader/course/plan.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace handbuilt::grader {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

TaskInfo task(const std::string& id, const std::vector<std::string>& needs) {
  TaskInfo info;
  info.id = id;
  info.file = id + ".cpp";
  info.needs = needs;
  return info;
}

/// pool <- back <- step
LessonInfo chain() {
  LessonInfo lesson;
  lesson.tasks = {task("pool", {}), task("back", {"pool"}), task("step", {"pool", "back"})};
  return lesson;
}

Verdict verdict_of(const std::vector<std::pair<std::string, std::string>>& statuses) {
  Verdict verdict;
  for (const auto& [id, status] : statuses) {
    verdict.tasks.emplace_back();
    verdict.tasks.back().id = id;
    verdict.tasks.back().status = status;
  }
  return verdict;
}

TEST(WhatItWaitsFor, IsTheTaskAtTheBottomWithItsStateAndFile) {
  const std::string text = what_it_waits_for(
      chain(), "step", verdict_of({{"pool", "NOT_STARTED"}, {"back", "NOT_CHECKED"}, {"step", "NOT_CHECKED"}}), {},
      "exercises/10_convnet");
  EXPECT_THAT(text, AllOf(HasSubstr("needs pool"), HasSubstr("not started"), HasSubstr("exercises/10_convnet/pool.cpp"),
                          Not(HasSubstr("back"))));
}

TEST(WhatItWaitsFor, RemembersWhatWasNotJudgedAgain) {
  CourseProgress progress;
  progress["pool"].verdict.status = "PASSED";
  progress["back"].verdict.status = "CRASHED";
  EXPECT_THAT(what_it_waits_for(chain(), "step", verdict_of({{"step", "NOT_CHECKED"}}), progress, "exercises"),
              AllOf(HasSubstr("needs back"), HasSubstr("crashed")));
}

}  // namespace
}  // namespace handbuilt::grader
