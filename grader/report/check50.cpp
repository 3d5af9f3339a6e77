#include "grader/report/check50.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "grader/report/words.hpp"
#include "grader/text/lines.hpp"
#include "grader/text/printable.hpp"

namespace handbuilt::grader {

namespace {

using Json = nlohmann::ordered_json;

/// Checks are named like functions of Python: "conv2d-forward" -> "conv2d_forward".
std::string check_name(std::string task_id) {
  std::replace(task_id.begin(), task_id.end(), '-', '_');
  return task_id;
}

Json passed(const TaskVerdict& task) { return was_not_judged(task) ? Json(nullptr) : Json(has_passed(task)); }

Json cause(const TaskVerdict& task) {
  if (has_passed(task)) return nullptr;
  Json cause = {{"rationale", printable(task.message, true)}, {"help", nullptr}, {"status", task.status}};
  if (task.message.empty()) cause["rationale"] = told_in_a_line(task);
  if (!task.help.empty()) cause["help"] = printable(task.help, true);
  return cause;
}

Json check_of(const TaskVerdict& task, const std::string& lesson, const Grade& grade) {
  const auto need = grade.needs.find(task.id);
  Json log = Json::array();
  if (!task.printed.empty())
    for (const std::string& line : split_lines(printed_by(task))) log.push_back(line);
  return {{"name", check_name(task.id)},
          {"description", printable(task.title)},
          {"passed", passed(task)},
          {"log", log},
          {"cause", cause(task)},
          {"data",
           {{"lesson", lesson},
            {"points", task.points},
            {"max_points", task.max_points},
            {"seconds", task.seconds},
            {"sandbox", to_string(grade.sandbox)},
            {"seed", grade.seed}}},
          {"dependency", need == grade.needs.end() ? Json(nullptr) : Json(check_name(need->second))}};
}

}  // namespace

std::string check50_report(const Grade& grade) {
  std::string slug = "handbuilt";
  Json results = Json::array();
  for (const Verdict& lesson : grade.lessons) {
    slug += "/" + lesson.lesson;
    for (const TaskVerdict& task : lesson.tasks) results.push_back(check_of(task, lesson.lesson, grade));
  }
  return Json{{"slug", slug}, {"results", results}, {"version", HANDBUILT_VERSION}}.dump(4) + "\n";
}

}  // namespace handbuilt::grader
