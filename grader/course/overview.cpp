#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

#include "grader/course/commands.hpp"
#include "grader/course/progress.hpp"
#include "grader/course/report.hpp"
#include "grader/text/lines.hpp"

namespace handbuilt::grader {

namespace {

std::vector<LessonProgress> all_progress(const House& house) {
  std::vector<LessonProgress> progress;
  for (const LessonInfo& lesson : house.lessons) progress.push_back(load_progress(house, lesson));
  return progress;
}

std::string status_of(const LessonProgress& progress, const TaskInfo& task) {
  const auto found = progress.find(task.id);
  return found == progress.end() ? "" : found->second.status;
}

/// "2 of 8 tasks", or "8 tasks" before the first check.
std::string tasks_done(const LessonInfo& lesson, const LessonProgress& progress) {
  const auto passed = std::count_if(lesson.tasks.begin(), lesson.tasks.end(),
                                    [&](const TaskInfo& task) { return status_of(progress, task) == "PASSED"; });
  const std::string word = lesson.tasks.size() == 1 ? "task" : "tasks";
  if (passed == 0) return fmt::format("{} {}", lesson.tasks.size(), word);
  return fmt::format("{} of {} {} passed", passed, lesson.tasks.size(), word);
}

std::string lesson_lines(const LessonInfo& lesson, const LessonProgress& progress, const Terminal& terminal) {
  std::string text;
  for (const std::string& line : split_lines(wrapped(fmt::format("{}  {}", lesson.id, lesson.title), terminal.width)))
    text += toned(terminal, Tone::kStrong, line) + "\n";
  const std::string needs = lesson.needs.empty() ? "" : fmt::format(", after {}", fmt::join(lesson.needs, ", "));
  text += wrapped(fmt::format("about {:g} hours{}; {}", lesson.hours, needs, tasks_done(lesson, progress)),
                  terminal.width, "    ");
  if (!lesson.summary.empty()) text += wrapped(lesson.summary, terminal.width, "    ");
  return text;
}

/// The first task that has not passed, and what to type.
std::string next_step(const House& house, const std::vector<LessonProgress>& progress) {
  for (std::size_t i = 0; i < house.lessons.size(); ++i)
    for (const TaskInfo& task : house.lessons[i].tasks)
      if (status_of(progress[i], task) != "PASSED") {
        const LessonInfo& lesson = house.lessons[i];
        return fmt::format("next: read lessons/{}/README.md, write exercises/{}/{}, then\n  ./course check {}\n",
                           lesson.id, lesson.id, task.file, short_name(lesson, task.id));
      }
  return "every task of every lesson has passed\n";
}

}  // namespace

int run_overview(const House& house, const Terminal& terminal) {
  const std::vector<LessonProgress> progress = all_progress(house);
  fmt::print("{}\n", toned(terminal, Tone::kStrong, "Handbuilt: machine learning, built by hand"));
  for (std::size_t i = 0; i < house.lessons.size(); ++i)
    fmt::print("\n{}", lesson_lines(house.lessons[i], progress[i], terminal));
  fmt::print("\n{}", wrapped(next_step(house, progress), terminal.width));
  fmt::print("{}", wrapped("see it work: ./course demo    all commands: ./course --help", terminal.width));
  return 0;
}

int run_list(const House& house, bool json, const Terminal& terminal) {
  const std::vector<LessonProgress> progress = all_progress(house);
  if (json) {
    fmt::print("{}", list_as_json(house.lessons, progress));
    return 0;
  }
  for (std::size_t i = 0; i < house.lessons.size(); ++i) {
    const LessonInfo& lesson = house.lessons[i];
    fmt::print("{}", lesson_lines(lesson, progress[i], terminal));
    for (const TaskInfo& task : lesson.tasks) {
      const std::string status = status_of(progress[i], task);
      const std::string known = status.empty() ? "" : fmt::format(" ({})", status_words(status));
      fmt::print("{}", wrapped(fmt::format("{}  {}{}", short_name(lesson, task.id), task.title, known), terminal.width,
                               "    "));
    }
  }
  return 0;
}

}  // namespace handbuilt::grader
