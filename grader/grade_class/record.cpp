#include "grader/grade_class/record.hpp"

#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "core/file.hpp"
#include "grader/report/grade_json.hpp"

namespace handbuilt::grader {

namespace {

using Json = nlohmann::ordered_json;
namespace fs = std::filesystem;

constexpr const char* kRecordSchema = "handbuilt/class-record/v1";
constexpr const char* kPlanSchema = "handbuilt/class-plan/v1";

template <class Read>
auto parsed(const fs::path& path, const std::string& schema, Read&& read) {
  try {
    const Json json = Json::parse(read_file(path));
    if (json.at("schema") != schema) throw DataError(path.string() + ": expected \"" + schema + "\"");
    return read(json);
  } catch (const Json::exception& error) {
    throw DataError(path.string() + ": " + error.what());
  }
}

TaskVerdict task_of(const Json& json) {
  TaskVerdict task;
  task.id = json.at("id").get<std::string>();
  task.title = json.at("title").get<std::string>();
  task.status = json.at("status").get<std::string>();
  task.points = json.at("points").get<int>();
  task.max_points = json.at("max_points").get<int>();
  task.message = json.at("message").get<std::string>();
  task.note = json.value("note", "");
  task.rationale = json.value("rationale", "");
  task.help = json.value("help", "");
  task.input = json.value("input", "");
  task.printed = json.value("stdout", "");
  task.seconds = json.at("seconds").get<double>();
  return task;
}

/// What `grade_json` wrote.
Grade grade_of(const Json& json) {
  Grade grade;
  grade.submission = json.at("submission").get<std::string>();
  grade.sandbox = sandbox_mode_named(json.at("sandbox").get<std::string>());
  grade.seed = json.at("seed").get<std::uint64_t>();
  grade.problems = json.at("problems").get<std::vector<std::string>>();
  grade.seconds = json.at("seconds").get<double>();
  grade.is_complete = json.at("complete").get<bool>();
  for (const Json& lesson : json.at("lessons")) {
    Verdict verdict;
    verdict.lesson = lesson.at("lesson").get<std::string>();
    verdict.seed = grade.seed;
    verdict.sandbox = to_string(grade.sandbox);
    verdict.score = lesson.at("score").get<int>();
    verdict.max_score = lesson.at("max_score").get<int>();
    for (const Json& task : lesson.at("tasks")) {
      verdict.tasks.push_back(task_of(task));
      if (!task.contains("status_before_hidden_tests")) continue;
      TaskVerdict before = verdict.tasks.back();
      before.status = task.at("status_before_hidden_tests").get<std::string>();
      grade.before_hidden_tests[before.id] = before;
    }
    grade.lessons.push_back(std::move(verdict));
  }
  return grade;
}

}  // namespace

void write_record(const fs::path& path, const ClassRecord& record) {
  const Json json = {{"schema", kRecordSchema},
                     {"key", record.key},
                     {"refused", record.refused},
                     {"grade", Json::parse(grade_json(record.grade))}};
  write_file(path, json.dump(1) + "\n");
}

ClassRecord read_record(const fs::path& path) {
  return parsed(path, kRecordSchema, [](const Json& json) {
    return ClassRecord{json.at("key").get<std::string>(), json.at("refused").get<bool>(), grade_of(json.at("grade"))};
  });
}

void write_plan(const fs::path& path, const ClassPlan& plan, const std::vector<std::string>& slugs) {
  const Json json = {
      {"schema", kPlanSchema},          {"folder", plan.folder.string()}, {"out", plan.out.string()},
      {"lessons", plan.lessons},        {"class_seed", plan.class_seed},  {"sandbox", to_string(plan.sandbox)},
      {"hidden", plan.hidden.string()}, {"course", plan.course},          {"slugs", slugs}};
  write_file(path, json.dump(1) + "\n");
}

SharedPlan read_plan(const fs::path& path) {
  return parsed(path, kPlanSchema, [](const Json& json) {
    SharedPlan shared;
    shared.plan.folder = json.at("folder").get<std::string>();
    shared.plan.out = json.at("out").get<std::string>();
    shared.plan.lessons = json.at("lessons").get<std::vector<std::string>>();
    shared.plan.class_seed = json.at("class_seed").get<std::uint64_t>();
    shared.plan.sandbox = sandbox_mode_named(json.at("sandbox").get<std::string>());
    shared.plan.hidden = json.at("hidden").get<std::string>();
    shared.plan.course = json.at("course").get<std::string>();
    shared.slugs = json.at("slugs").get<std::vector<std::string>>();
    return shared;
  });
}

}  // namespace handbuilt::grader
