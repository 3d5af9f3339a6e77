#include "grader/lesson_toml.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <cctype>
#include <limits>
#include <set>
#include <string_view>

#include "core/error.hpp"
#include "core/file.hpp"

namespace handbuilt::grader {

namespace {

namespace fs = std::filesystem;

/// One table of the file, read key by key; what is left unread at the end is an unknown key.
class Reader {
 public:
  Reader(const fs::path& path, const toml::table& table) : path_(path), table_(table) {}

  [[noreturn]] void fail(const toml::source_region& where, const std::string& what) const {
    throw DataError(path_.string() + ":" + std::to_string(std::max(1u, static_cast<unsigned>(where.begin.line))) +
                    ": " + what);
  }
  [[noreturn]] void fail(const std::string& what) const { fail(table_.source(), what); }
  /// Fails at the line of a key.
  [[noreturn]] void fail_at(std::string_view key, const std::string& what) const {
    const toml::node* node = table_.get(key);
    fail(node != nullptr ? node->source() : table_.source(), what);
  }

  std::string text(std::string_view key) {
    const toml::node& node = required(key, "a string");
    if (!node.is_string()) fail(node.source(), expected(key, "a string"));
    if (node.as_string()->get().empty()) fail(node.source(), expected(key, "a string that is not empty"));
    return node.as_string()->get();
  }
  std::string text_or(std::string_view key, std::string otherwise) {
    return table_.contains(key) ? text(key) : (seen_.emplace(key), std::move(otherwise));
  }

  double number_or(std::string_view key, double otherwise, double low, double high) {
    seen_.emplace(key);
    const toml::node* node = table_.get(key);
    if (node == nullptr) return otherwise;
    const auto value = node->value<double>();
    if (!value || node->is_boolean() || !(*value >= low && *value <= high))
      fail(node->source(), expected(key, "a number from " + plain(low) + " to " + plain(high)));
    return *value;
  }
  int whole(std::string_view key, int low, int high) {
    const toml::node& node = required(key, "a whole number");
    if (!node.is_integer() || node.as_integer()->get() < low || node.as_integer()->get() > high)
      fail(node.source(), expected(key, "a whole number from " + std::to_string(low) + " to " + std::to_string(high)));
    return static_cast<int>(node.as_integer()->get());
  }
  int whole_or(std::string_view key, int otherwise, int low, int high) {
    return table_.contains(key) ? whole(key, low, high) : (seen_.emplace(key), otherwise);
  }

  std::vector<std::string> texts(std::string_view key) {
    seen_.emplace(key);
    std::vector<std::string> result;
    const toml::node* node = table_.get(key);
    if (node == nullptr) return result;
    if (!node->is_array()) fail(node->source(), expected(key, "an array of strings"));
    for (const toml::node& element : *node->as_array()) {
      if (!element.is_string()) fail(element.source(), expected(key, "an array of strings"));
      result.push_back(element.as_string()->get());
    }
    return result;
  }

  void allow(std::string_view key) { seen_.emplace(key); }
  void refuse_unknown_keys() const {
    for (const auto& [key, value] : table_)
      if (!seen_.contains(std::string(key.str())))
        fail(value.source(), "unknown key \"" + std::string(key.str()) + "\"");
  }

 private:
  const toml::node& required(std::string_view key, const std::string& kind) {
    seen_.emplace(key);
    const toml::node* node = table_.get(key);
    if (node == nullptr) fail("expected \"" + std::string(key) + "\" (" + kind + ")");
    return *node;
  }
  static std::string expected(std::string_view key, const std::string& kind) {
    return "expected \"" + std::string(key) + "\" to be " + kind;
  }
  static std::string plain(double value) {
    std::string digits = std::to_string(value);
    digits.erase(digits.find_last_not_of('0') + 1);
    if (digits.back() == '.') digits.pop_back();
    return digits;
  }

  const fs::path& path_;
  const toml::table& table_;
  std::set<std::string, std::less<>> seen_;
};

bool is_task_id(const std::string& id) {
  const auto allowed = [](unsigned char c) { return std::islower(c) || std::isdigit(c) || c == '-'; };
  return !id.empty() && std::islower(static_cast<unsigned char>(id.front())) && id.back() != '-' &&
         id.find("--") == std::string::npos && std::all_of(id.begin(), id.end(), allowed);
}

bool is_plain_source_file(const std::string& file) {
  return file.size() > 4 && file.ends_with(".cpp") && file.find('/') == std::string::npos && file.front() != '.';
}

TaskInfo read_task(const fs::path& path, const toml::table& table) {
  Reader reader(path, table);
  TaskInfo task;
  task.id = reader.text("id");
  if (!is_task_id(task.id)) reader.fail_at("id", "expected a task id like conv2d-forward, got \"" + task.id + "\"");
  task.file = reader.text("file");
  if (!is_plain_source_file(task.file))
    reader.fail_at("file", "expected the name of an exercise file like conv2d_forward.cpp, got \"" + task.file + "\"");
  task.title = reader.text("title");
  task.points = reader.whole("points", 1, 1000);
  task.cpu_seconds = reader.number_or("cpu_seconds", task.cpu_seconds, 0.1, 3600);
  task.wall_seconds = reader.number_or("wall_seconds", 5 + 4 * task.cpu_seconds, task.cpu_seconds, 36000);
  task.memory_mb = reader.whole_or("memory_mb", task.memory_mb, 32, 65536);
  task.needs = reader.texts("needs");
  task.hints = reader.texts("hints");
  reader.refuse_unknown_keys();
  return task;
}

void check_tasks(const fs::path& path, const toml::array& tables, const std::vector<TaskInfo>& tasks) {
  std::set<std::string> earlier;
  for (std::size_t i = 0; i < tasks.size(); ++i) {
    const Reader reader(path, *tables[i].as_table());
    for (const std::string& need : tasks[i].needs)
      if (!earlier.contains(need))
        reader.fail_at("needs", "task \"" + tasks[i].id + "\" needs \"" + need + "\", which is no task above it");
    if (!earlier.insert(tasks[i].id).second)
      reader.fail_at("id", "task id \"" + tasks[i].id + "\" stands here a second time");
  }
}

int number_in(const std::string& lesson_id) {
  const bool well_formed = lesson_id.size() > 3 && std::isdigit(static_cast<unsigned char>(lesson_id[0])) &&
                           std::isdigit(static_cast<unsigned char>(lesson_id[1])) && lesson_id[2] == '_';
  return well_formed ? (lesson_id[0] - '0') * 10 + (lesson_id[1] - '0') : -1;
}

}  // namespace

LessonInfo read_lesson(const fs::path& lesson_toml) {
  constexpr std::size_t kLargestFile = 1 << 20;
  const std::string content = read_file(lesson_toml, kLargestFile);
  toml::table table;
  try {
    table = toml::parse(content);
  } catch (const toml::parse_error& error) {
    throw DataError(lesson_toml.string() + ":" + std::to_string(error.source().begin.line) + ": " +
                    std::string(error.description()));
  }

  Reader reader(lesson_toml, table);
  LessonInfo lesson;
  lesson.id = fs::absolute(lesson_toml).parent_path().filename().string();
  lesson.number = number_in(lesson.id);
  if (lesson.number < 0)
    reader.fail("expected a lesson's folder to be named like 10_convnet, got \"" + lesson.id + "\"");
  lesson.title = reader.text("title");
  lesson.hours = reader.number_or("hours", 0, 0, 1000);
  lesson.summary = reader.text_or("summary", "");
  lesson.needs = reader.texts("needs");
  lesson.hidden_tests = reader.whole_or("hidden_tests", 0, 0, 100'000);
  reader.allow("task");
  reader.refuse_unknown_keys();

  if (const toml::node* node = table.get("task")) {
    if (!node->is_array_of_tables()) reader.fail(node->source(), "expected [[task]] tables");
    for (const toml::node& element : *node->as_array())
      lesson.tasks.push_back(read_task(lesson_toml, *element.as_table()));
    check_tasks(lesson_toml, *node->as_array(), lesson.tasks);
  }
  return lesson;
}

std::string suite_name(const std::string& task_id) {
  std::string name;
  bool upper = true;
  for (const char c : task_id) {
    if (c != '-') name += upper ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
    upper = c == '-';
  }
  return name;
}

std::string file_stem(const TaskInfo& task) { return std::filesystem::path(task.file).stem().string(); }

}  // namespace handbuilt::grader
