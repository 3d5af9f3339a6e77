#include "grader/report/grade_json.hpp"

#include <nlohmann/json.hpp>

#include "grader/report/words.hpp"
#include "grader/text/printable.hpp"

namespace handbuilt::grader {

namespace {

using Json = nlohmann::ordered_json;

Json json_of(const TaskVerdict& task, const Grade& grade) {
  Json json = {{"id", task.id},          {"title", printable(task.title)}, {"status", task.status},
               {"points", task.points},  {"max_points", task.max_points},  {"message", printable(task.message, true)},
               {"seconds", task.seconds}};
  const auto add = [&](const char* key, const std::string& text) {
    if (!text.empty()) json[key] = printable(text, true);
  };
  add("note", task.note);
  add("rationale", task.rationale);
  add("help", task.help);
  add("input", task.input);
  add("stdout", task.printed);
  const auto before = grade.before_hidden_tests.find(task.id);
  if (before != grade.before_hidden_tests.end()) json["status_before_hidden_tests"] = before->second.status;
  return json;
}

Json json_of(const Verdict& lesson, const Grade& grade) {
  Json json = {{"lesson", lesson.lesson}, {"score", lesson.score}, {"max_score", lesson.max_score}};
  json["tasks"] = Json::array();
  for (const TaskVerdict& task : lesson.tasks) json["tasks"].push_back(json_of(task, grade));
  return json;
}

}  // namespace

std::string grade_json(const Grade& grade) {
  Json json = {{"schema", "handbuilt/grade/v1"},
               {"submission", printable(grade.submission)},
               {"sandbox", to_string(grade.sandbox)},
               {"seed", grade.seed},
               {"score", grade.score()},
               {"max_score", grade.max_score()},
               {"complete", grade.is_complete},
               {"seconds", grade.seconds},
               {"problems", Json::array()},
               {"lessons", Json::array()}};
  for (const std::string& problem : grade.problems) json["problems"].push_back(printable(problem));
  for (const Verdict& lesson : grade.lessons) json["lessons"].push_back(json_of(lesson, grade));
  return json.dump(2) + "\n";
}

}  // namespace handbuilt::grader
