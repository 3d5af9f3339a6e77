#include "grader/report/github.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <string_view>

#include "grader/report/words.hpp"

namespace handbuilt::grader {

namespace {

using Json = nlohmann::ordered_json;

std::string base64(std::string_view bytes) {
  constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::string_view group = bytes.substr(i, 3);
    unsigned bits = 0;
    for (std::size_t k = 0; k < 3; ++k)
      bits = bits << 8 | (k < group.size() ? static_cast<unsigned char>(group[k]) : 0);
    for (std::size_t k = 0; k < 4; ++k) text += k <= group.size() ? kDigits[bits >> (18 - 6 * k) & 63] : '=';
  }
  return text;
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

/// The reporter prints messages to the workflow's log, where the runner obeys lines that start with "::", whatever
/// blanks are before it, and "##[" anywhere.
std::string without_commands(std::string text) {
  replace_all(text, "::", ": :");
  replace_all(text, "##[", "# #[");
  return text;
}

const char* status_of(const TaskVerdict& task) {
  if (has_passed(task)) return "pass";
  return was_not_judged(task) ? "error" : "fail";
}

const char* status_of(const Grade& grade) {
  if (!grade.is_complete) return "error";
  return grade.all_passed() ? "pass" : "fail";
}

Json test_of(const TaskVerdict& task) {
  Json test = {{"name", without_commands(task_name(task))},
               {"status", status_of(task)},
               {"score", task.points},
               {"max_score", task.max_points},
               {"message", nullptr},
               {"execution_time", fmt::format("{:.3f}s", task.seconds)}};
  if (!has_passed(task)) test["message"] = without_commands(told_of(task));
  return test;
}

}  // namespace

std::string github_result(const Grade& grade) {
  Json tests = Json::array();
  for (const Verdict& lesson : grade.lessons)
    for (const TaskVerdict& task : lesson.tasks) tests.push_back(test_of(task));
  const Json result = {{"version", 1},
                       {"status", status_of(grade)},
                       {"max_score", grade.max_score()},
                       {"message", without_commands(told_of_grading(grade))},
                       {"tests", tests}};
  return result.dump();
}

std::string github_report(const Grade& grade) { return base64(github_result(grade)) + "\n"; }

}  // namespace handbuilt::grader
