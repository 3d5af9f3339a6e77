#include "grader/course/house.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <map>

#include "core/error.hpp"
#include "grader/course/terminal.hpp"

namespace handbuilt::grader {

namespace {

namespace fs = std::filesystem;

/// "convnet" of "10_convnet".
std::string plain_name(const LessonInfo& lesson) { return lesson.id.substr(lesson.id.find('_') + 1); }

bool is_number(const std::string& text, int& number) {
  const char* last = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data(), last, number);
  return error == std::errc() && end == last;
}

std::string suggestion(const std::string& name, const std::vector<std::string>& known, const std::string& otherwise) {
  const std::vector<std::string> nearest = nearest_names(name, known);
  if (nearest.empty()) return otherwise;
  return fmt::format("did you mean {}?", fmt::join(nearest, " or "));
}

/// The tasks that somebody may have meant who named one without its lesson, or its file.
std::vector<std::string> tasks_named_like(const House& house, const std::string& typed) {
  const std::string name = fs::path(typed).filename().string();
  std::vector<std::string> places;
  for (const LessonInfo& lesson : house.lessons)
    for (const TaskInfo& task : lesson.tasks)
      if (task.id == name || task.file == name) places.push_back(short_name(lesson, task.id));
  return places;
}

/// `typed` is the whole of what was typed, which `name` is the first part of.
const LessonInfo& find_lesson(const House& house, const std::string& name, const std::string& typed) {
  int number = -1;
  const bool by_number = is_number(name, number);
  std::vector<std::string> known;
  for (const LessonInfo& lesson : house.lessons) {
    if (lesson.id == name || plain_name(lesson) == name || (by_number && lesson.number == number)) return lesson;
    known.insert(known.end(), {lesson.id, plain_name(lesson)});
  }
  if (const std::vector<std::string> meant = tasks_named_like(house, typed); !meant.empty())
    throw ValueError(fmt::format("no lesson \"{}\": did you mean {}?", name, fmt::join(meant, " or ")));
  throw ValueError(
      fmt::format("no lesson \"{}\": {}", name, suggestion(name, known, "./course list shows those there are")));
}

const TaskInfo& find_task_of(const LessonInfo& lesson, const std::string& id) {
  std::vector<std::string> known;
  for (const TaskInfo& task : lesson.tasks) {
    if (task.id == id) return task;
    known.push_back(task.id);
  }
  const std::string all = known.empty() ? "it has none" : fmt::format("it has {}", fmt::join(known, ", "));
  throw ValueError(fmt::format("lesson {} has no task \"{}\": {}", lesson.id, id, suggestion(id, known, all)));
}

void refuse_repeated_tasks(const std::vector<LessonInfo>& lessons) {
  std::map<std::string, std::string> lesson_of;
  for (const LessonInfo& lesson : lessons)
    for (const TaskInfo& task : lesson.tasks)
      if (const auto [first, is_new] = lesson_of.emplace(task.id, lesson.id); !is_new)
        throw DataError(fmt::format("lessons/{}/lesson.toml: task id \"{}\" is taken by lesson {}", lesson.id, task.id,
                                    first->second));
}

}  // namespace

fs::path House::progress_folder() const {
  const char* elsewhere = std::getenv("HANDBUILT_PROGRESS");
  return elsewhere == nullptr ? root / ".progress" : fs::path(elsewhere);
}

fs::path House::exercises_shown() const {
  const char* elsewhere = std::getenv("HANDBUILT_EXERCISES");
  return elsewhere == nullptr ? "exercises" : elsewhere;
}

fs::path House::exercise_folder(const LessonInfo& lesson) const {
  const fs::path shown = exercises_shown();
  return fs::absolute(std::getenv("HANDBUILT_EXERCISES") == nullptr ? root / shown : shown) / lesson.id;
}

fs::path find_root() {
  const fs::path program = fs::read_symlink("/proc/self/exe");
  for (fs::path folder = program.parent_path(); folder != folder.root_path(); folder = folder.parent_path())
    if (fs::exists(folder / "CMakePresets.json") && fs::exists(folder / "lessons")) return folder;
  throw Error(fmt::format("{} does not stand inside a checkout of Handbuilt", program.string()));
}

House open_house(const fs::path& root) {
  House house{root, {}};
  for (const fs::directory_entry& entry : fs::directory_iterator(root / "lessons"))
    if (fs::exists(entry.path() / "lesson.toml")) house.lessons.push_back(read_lesson(entry.path() / "lesson.toml"));
  std::sort(house.lessons.begin(), house.lessons.end(),
            [](const LessonInfo& a, const LessonInfo& b) { return a.id < b.id; });
  refuse_repeated_tasks(house.lessons);
  return house;
}

Place find_place(const House& house, const std::string& name) {
  const std::size_t slash = name.find('/');
  const LessonInfo& lesson = find_lesson(house, name.substr(0, slash), name);
  const std::string task = slash == std::string::npos ? "" : name.substr(slash + 1);
  return {&lesson, task.empty() ? nullptr : &find_task_of(lesson, task)};
}

Place find_task(const House& house, const std::string& name) {
  const Place place = find_place(house, name);
  if (place.task != nullptr) return place;
  if (place.lesson->tasks.empty()) throw ValueError(fmt::format("lesson {} has no tasks", place.lesson->id));
  throw ValueError(
      fmt::format("expected LESSON/TASK, for example {}", short_name(*place.lesson, place.lesson->tasks.front().id)));
}

std::string short_name(const LessonInfo& lesson, const std::string& task_id) {
  const std::string number = fmt::format("{:02}", lesson.number);
  return task_id.empty() ? number : number + "/" + task_id;
}

}  // namespace handbuilt::grader
