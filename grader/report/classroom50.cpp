#include "grader/report/classroom50.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <vector>

#include "core/error.hpp"
#include "grader/report/words.hpp"

namespace handbuilt::grader {

namespace {

using Json = nlohmann::ordered_json;

Json test_of(const TaskVerdict& task) {
  return {{"test-name", task_name(task)}, {"passed", has_passed(task)}, {"score", task.points},
          {"max-score", task.max_points}, {"status", task.status},      {"output", told_of(task)}};
}

}  // namespace

Classroom50Submission read_classroom50(const std::function<std::optional<std::string>(const char*)>& variable,
                                       const std::string& now) {
  std::vector<std::string> missing;
  const auto optional = [&](const char* name) { return variable(name).value_or(""); };
  const auto required = [&](const char* name) {
    const std::string value = optional(name);
    if (value.empty()) missing.emplace_back(name);
    return value;
  };
  Classroom50Submission submission;
  submission.classroom = required("CLASSROOM");
  submission.assignment = required("ASSIGNMENT");
  submission.tag = required("SUBMISSION_TAG");
  submission.commit = required("COMMIT_URL");
  submission.release = required("RELEASE_URL");
  submission.review = optional("REVIEW_URL");
  if (submission.review.empty()) submission.review = submission.commit;
  submission.owner = optional("OWNER");
  if (submission.owner.empty()) submission.owner = optional("USERNAME");
  if (submission.owner.empty()) missing.emplace_back("OWNER");
  submission.assignment_type = optional("ASSIGNMENT_TYPE");
  if (submission.assignment_type.empty()) submission.assignment_type = "individual";
  submission.graded_at = now;
  if (!missing.empty())
    throw ValueError(fmt::format("the format classroom50 needs {} in the environment, as its runner sets them",
                                 fmt::join(missing, ", ")));
  if (!submission.tag.starts_with("submit/"))
    throw ValueError(fmt::format("SUBMISSION_TAG: expected submit/..., got \"{}\"", submission.tag));
  return submission;
}

std::string classroom50_report(const Grade& grade, const Classroom50Submission& submission) {
  Json tests = Json::array();
  for (const Verdict& lesson : grade.lessons)
    for (const TaskVerdict& task : lesson.tasks) {
      Json test = test_of(task);
      test["sandbox"] = to_string(grade.sandbox);
      test["seed"] = grade.seed;
      tests.push_back(test);
    }
  const Json report = {{"schema", "classroom50/result/v1"},   {"classroom", submission.classroom},
                       {"assignment", submission.assignment}, {"assignment_type", submission.assignment_type},
                       {"owner", submission.owner},           {"submission", submission.tag},
                       {"commit", submission.commit},         {"release", submission.release},
                       {"review", submission.review},         {"datetime", submission.graded_at},
                       {"graded_at", submission.graded_at},   {"score", grade.score()},
                       {"max-score", grade.max_score()},      {"tests", tests}};
  return report.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace handbuilt::grader
