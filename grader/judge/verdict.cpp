#include "grader/judge/verdict.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <numeric>
#include <utility>

namespace handbuilt::grader {

namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kSchema = "handbuilt/verdict/v1";

constexpr std::array<std::pair<Status, std::string_view>, 9> kNames{{{Status::passed, "PASSED"},
                                                                     {Status::wrong, "WRONG"},
                                                                     {Status::crashed, "CRASHED"},
                                                                     {Status::timed_out, "TIMED_OUT"},
                                                                     {Status::out_of_memory, "OUT_OF_MEMORY"},
                                                                     {Status::compile_error, "COMPILE_ERROR"},
                                                                     {Status::forbidden, "FORBIDDEN"},
                                                                     {Status::not_started, "NOT_STARTED"},
                                                                     {Status::not_checked, "NOT_CHECKED"}}};

Json json_of(const TaskResult& task) {
  Json json = {{"id", task.id},          {"title", task.title},           {"status", to_string(task.status)},
               {"points", task.points},  {"max_points", task.max_points}, {"message", task.message},
               {"seconds", task.seconds}};
  const auto add = [&](const char* key, const std::string& text) {
    if (!text.empty()) json[key] = text;
  };
  add("note", task.note);
  add("rationale", task.rationale);
  add("help", task.help);
  add("input", task.input);
  add("replay", task.replay);
  add("stdout", task.output);
  return json;
}

}  // namespace

std::string_view to_string(Status status) {
  for (const auto& [value, name] : kNames)
    if (value == status) return name;
  return "UNKNOWN";
}

int LessonResult::score() const {
  return std::accumulate(tasks.begin(), tasks.end(), 0, [](int sum, const auto& task) { return sum + task.points; });
}

int LessonResult::max_score() const {
  return std::accumulate(tasks.begin(), tasks.end(), 0,
                         [](int sum, const auto& task) { return sum + task.max_points; });
}

bool LessonResult::all_passed() const {
  return std::all_of(tasks.begin(), tasks.end(), [](const auto& task) { return task.status == Status::passed; });
}

std::string to_json(const LessonResult& verdict) {
  Json json = {{"schema", kSchema},        {"lesson", verdict.lesson},
               {"seed", verdict.seed},     {"sandbox", to_string(verdict.sandbox)},
               {"score", verdict.score()}, {"max_score", verdict.max_score()},
               {"tasks", Json::array()}};
  for (const TaskResult& task : verdict.tasks) json["tasks"].push_back(json_of(task));
  // A student may print any bytes.
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace handbuilt::grader
