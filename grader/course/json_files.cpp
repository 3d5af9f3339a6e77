#include "grader/course/json_files.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "core/error.hpp"
#include "core/file.hpp"

// The only file of the course program that knows the JSON library: it costs seconds to compile.
namespace handbuilt::grader {

namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kProgressSchema = "handbuilt/progress/v1";
constexpr auto kReplaceBadText = Json::error_handler_t::replace;  // a student's program may print anything
constexpr std::size_t kLargestFile = std::size_t{64} << 20;

/// Reads a file and hands its JSON to `read`; whatever is wrong with it becomes one error that names the file.
template <class Read>
auto parsed(const std::filesystem::path& path, Read&& read) {
  const std::string text = read_file(path, kLargestFile);
  try {
    return read(Json::parse(text));
  } catch (const Json::exception& error) {
    throw DataError(path.string() + ": " + error.what());
  }
}

void expect_schema(const std::filesystem::path& path, const Json& json, const std::string& schema) {
  const std::string found = json.at("schema").get<std::string>();
  if (found != schema) throw DataError(path.string() + ": expected \"" + schema + "\", got \"" + found + "\"");
}

TaskVerdict task_verdict(const Json& json) {
  return {json.at("id").get<std::string>(),
          json.at("title").get<std::string>(),
          json.at("status").get<std::string>(),
          json.at("points").get<int>(),
          json.at("max_points").get<int>(),
          json.at("message").get<std::string>(),
          json.value("note", ""),
          json.value("rationale", ""),
          json.value("help", ""),
          json.value("input", ""),
          json.value("replay", ""),
          json.value("stdout", ""),
          json.at("seconds").get<double>()};
}

Json as_json(const TaskVerdict& task) {
  return {{"id", task.id},
          {"title", task.title},
          {"status", task.status},
          {"points", task.points},
          {"max_points", task.max_points},
          {"message", task.message},
          {"note", task.note},
          {"help", task.help},
          {"rationale", task.rationale},
          {"input", task.input},
          {"replay", task.replay},
          {"stdout", task.printed},
          {"seconds", task.seconds}};
}

BuildCommands build_commands(const Json& json) {
  return {json.at("compile").get<std::vector<std::string>>(), json.at("link").get<std::vector<std::string>>()};
}

}  // namespace

bool Verdict::all_passed() const {
  return std::all_of(tasks.begin(), tasks.end(), [](const TaskVerdict& task) { return task.status == "PASSED"; });
}

Verdict read_verdict(const std::filesystem::path& path) {
  return parsed(path, [&](const Json& json) {
    expect_schema(path, json, "handbuilt/verdict/v1");
    Verdict verdict{json.at("lesson").get<std::string>(),
                    json.at("seed").get<std::uint64_t>(),
                    json.at("score").get<int>(),
                    json.at("max_score").get<int>(),
                    {},
                    json.dump(2) + "\n",
                    json.value("sandbox", "local")};
    for (const Json& task : json.at("tasks")) verdict.tasks.push_back(task_verdict(task));
    return verdict;
  });
}

Recipe read_recipe(const std::filesystem::path& path) {
  return parsed(path, [](const Json& json) {
    Recipe recipe;
    for (const auto& [file, entry] : json.at("files").items())
      recipe[file] = {build_commands(entry.at("normal")), build_commands(entry.at("sanitized")),
                      entry.value("libraries", std::vector<std::string>{}),
                      entry.value("readable", std::vector<std::string>{})};
    return recipe;
  });
}

std::map<std::string, Measured> read_results(const std::filesystem::path& path) {
  return parsed(path, [&](const Json& json) {
    expect_schema(path, json, "handbuilt/results/v1");
    std::map<std::string, Measured> numbers;
    for (const auto& [name, number] : json.at("numbers").items()) {
      const double value = number.at("value").get<double>();
      numbers[name] = {value, number.value("low", value), number.value("high", value), number.value("n", 1)};
    }
    return numbers;
  });
}

CourseProgress read_progress(const std::filesystem::path& path) {
  CourseProgress progress;
  if (!std::filesystem::exists(path)) return progress;
  return parsed(path, [&](const Json& json) {
    expect_schema(path, json, kProgressSchema);
    for (const auto& [task, entry] : json.at("tasks").items()) {
      TaskProgress& known = progress[task];
      if (entry.contains("verdict")) known.verdict = task_verdict(entry.at("verdict"));
      known.fingerprint = entry.value("fingerprint", "");
      known.hints_shown = entry.value("hints_shown", 0);
    }
    return progress;
  });
}

void write_progress(const std::filesystem::path& path, const CourseProgress& progress) {
  Json tasks = Json::object();
  for (const auto& [task, entry] : progress) {
    Json& known = tasks[task] = Json::object();
    if (!entry.verdict.status.empty()) known["verdict"] = as_json(entry.verdict);
    known["fingerprint"] = entry.fingerprint;
    known["hints_shown"] = entry.hints_shown;
  }
  write_file(path, Json{{"schema", kProgressSchema}, {"tasks", tasks}}.dump(2, ' ', false, kReplaceBadText) + "\n");
}

std::string list_as_json(const std::vector<LessonInfo>& lessons, const CourseProgress& progress) {
  Json list = Json::array();
  for (const LessonInfo& lesson : lessons) {
    Json tasks = Json::array();
    for (const TaskInfo& task : lesson.tasks) {
      const auto found = progress.find(task.id);
      const std::string status = found == progress.end() ? "" : found->second.verdict.status;
      tasks.push_back({{"id", task.id},
                       {"title", task.title},
                       {"file", task.file},
                       {"points", task.points},
                       {"needs", task.needs},
                       {"status", status.empty() ? "NOT_CHECKED" : status}});
    }
    list.push_back({{"id", lesson.id},
                    {"number", lesson.number},
                    {"title", lesson.title},
                    {"summary", lesson.summary},
                    {"hours", lesson.hours},
                    {"needs", lesson.needs},
                    {"tasks", tasks}});
  }
  return Json{{"schema", "handbuilt/list/v1"}, {"lessons", list}}.dump(2) + "\n";
}

std::string verdicts_as_json(const std::vector<Verdict>& verdicts) {
  if (verdicts.size() == 1) return verdicts.front().text;
  Json all = Json::array();
  for (const Verdict& verdict : verdicts) all.push_back(Json::parse(verdict.text));
  return Json{{"schema", "handbuilt/verdicts/v1"}, {"verdicts", all}}.dump(2) + "\n";
}

}  // namespace handbuilt::grader
