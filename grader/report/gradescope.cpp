#include "grader/report/gradescope.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "grader/report/words.hpp"

namespace handbuilt::grader {

namespace {

using Json = nlohmann::ordered_json;

const char* visibility_of(HiddenTestsShown shown) {
  switch (shown) {
    case HiddenTestsShown::after_due_date:
      return "after_due_date";
    case HiddenTestsShown::after_published:
      return "after_published";
    case HiddenTestsShown::at_once:
      break;
  }
  return "visible";
}

Json test_of(const TaskVerdict& task, const std::string& number) {
  return {{"status", has_passed(task) ? "passed" : "failed"},
          {"name", task_name(task)},
          {"name_format", "text"},
          {"number", number},
          {"output", told_of(task)},
          {"output_format", "text"},
          {"visibility", "visible"},
          {"extra_data", {{"status", task.status}, {"seconds", task.seconds}}}};
}

void add_points(Json& test, const TaskVerdict& task) {
  test["score"] = task.points;
  test["max_score"] = task.max_points;
}

void add_tests(Json& tests, const Grade& grade, const TaskVerdict& task, const std::string& number,
               HiddenTestsShown hidden_tests) {
  const auto before = grade.before_hidden_tests.find(task.id);
  const bool is_split = before != grade.before_hidden_tests.end() && hidden_tests != HiddenTestsShown::at_once;
  if (is_split) tests.push_back(test_of(before->second, number));
  Json test = test_of(task, is_split ? number + ".1" : number);
  add_points(test, task);
  if (is_split) {
    test["name"] = task_name(task) + ", with your instructor's own tests";
    test["visibility"] = visibility_of(hidden_tests);
  }
  tests.push_back(test);
}

/// Tasks that pass everybody's tests.
int count_passed(const Grade& grade) {
  int passed = 0;
  for (const Verdict& lesson : grade.lessons)
    for (const TaskVerdict& task : lesson.tasks) {
      const auto before = grade.before_hidden_tests.find(task.id);
      passed += has_passed(before == grade.before_hidden_tests.end() ? task : before->second) ? 1 : 0;
    }
  return passed;
}

}  // namespace

std::string gradescope_report(const Grade& grade, HiddenTestsShown hidden_tests) {
  Json tests = Json::array();
  for (std::size_t i = 0; i < grade.lessons.size(); ++i)
    for (std::size_t k = 0; k < grade.lessons[i].tasks.size(); ++k)
      add_tests(tests, grade, grade.lessons[i].tasks[k], fmt::format("{}.{}", i + 1, k + 1), hidden_tests);
  const Json report = {
      {"score", grade.score()},
      {"execution_time", grade.seconds},
      {"output", told_of_grading(grade)},
      {"output_format", "text"},
      {"stdout_visibility", "hidden"},
      {"extra_data", {{"sandbox", to_string(grade.sandbox)}, {"seed", grade.seed}, {"complete", grade.is_complete}}},
      {"tests", tests},
      {"leaderboard", Json::array({{{"name", "Tasks passed"}, {"value", count_passed(grade)}}})}};
  return report.dump(2) + "\n";
}

}  // namespace handbuilt::grader
