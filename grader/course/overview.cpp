#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

#include "grader/course/commands.hpp"
#include "grader/course/progress.hpp"
#include "grader/course/report.hpp"
#include "grader/text/lines.hpp"

namespace handbuilt::grader {

namespace {

std::string hours_of(const LessonInfo& lesson) {
  return fmt::format("about {:g} {}", lesson.hours, lesson.hours == 1 ? "hour" : "hours");
}

/// "2 of 8 tasks", or "8 tasks" before the first check.
std::string tasks_done(const LessonInfo& lesson, const CourseProgress& progress) {
  const int passed = tasks_passed(lesson, progress);
  const std::string word = lesson.tasks.size() == 1 ? "task" : "tasks";
  if (passed == 0) return fmt::format("{} {}", lesson.tasks.size(), word);
  return fmt::format("{} of {} {} passed", passed, lesson.tasks.size(), word);
}

std::string lesson_lines(const LessonInfo& lesson, const CourseProgress& progress, const Terminal& terminal) {
  std::string text;
  for (const std::string& line : split_lines(wrapped(fmt::format("{}  {}", lesson.id, lesson.title), terminal.width)))
    text += toned(terminal, Tone::kStrong, line) + "\n";
  const std::string needs = lesson.needs.empty() ? "" : fmt::format(", after {}", fmt::join(lesson.needs, ", "));
  text +=
      wrapped(fmt::format("{}{}; {}", hours_of(lesson), needs, tasks_done(lesson, progress)), terminal.width, "    ");
  if (!lesson.summary.empty()) text += wrapped(lesson.summary, terminal.width, "    ");
  return text;
}

/// A lesson in a line: "00_tour: done", "10_convnet: 3 of 8 tasks pass", "10_convnet: not begun, about 6 hours".
std::string lesson_line(const LessonInfo& lesson, const CourseProgress& progress) {
  const int passed = tasks_passed(lesson, progress), all = static_cast<int>(lesson.tasks.size());
  const std::string far = all == 0        ? "to read and see"
                          : passed == all ? "done"
                          : passed == 0   ? "not begun"
                                          : fmt::format("{} of {} tasks pass", passed, all);
  return fmt::format("{}: {}{}", lesson.id, far, passed == all && all > 0 ? "" : ", " + hours_of(lesson));
}

/// All tasks of the course: how many pass and what they are worth.
std::string standing(const House& house, const CourseProgress& progress, const Terminal& terminal) {
  int passed = 0, all = 0, points = 0, max_points = 0;
  for (const LessonInfo& lesson : house.lessons)
    for (const TaskInfo& task : lesson.tasks) {
      const bool has_passed = status_of(progress, task.id) == "PASSED";
      passed += has_passed ? 1 : 0;
      points += has_passed ? task.points : 0;
      max_points += task.points;
      ++all;
    }
  return fmt::format("{}{} of {} tasks pass, {} of {} points", bar(terminal, passed, all), passed, all, points,
                     max_points);
}

/// What to do next, and what to type for it.
std::string next_step(const House& house, const CourseProgress& progress, const Terminal& terminal) {
  const auto [lesson, task] = next_place(house, progress);
  if (lesson == nullptr) return wrapped("Every task of every lesson passes.", terminal.width);
  const std::string status = status_of(progress, task->id);
  const bool was_tried = !status.empty() && status != "NOT_STARTED" && status != "NOT_CHECKED";
  std::string text;
  for (const std::string& line :
       split_lines(wrapped(fmt::format("Next: {}, {} ({} {}{})", task->id, task->title, task->points,
                                       task->points == 1 ? "point" : "points",
                                       was_tried ? "; last check: " + status_words(status) : ""),
                           terminal.width)))
    text += toned(terminal, Tone::kStrong, line) + "\n";
  for (const std::string& line :
       {fmt::format("read lessons/{}/README.md", lesson->id),
        fmt::format("write {}/{}/{}", house.exercises_shown().string(), lesson->id, task->file),
        "run ./course watch " + short_name(*lesson)})
    text += wrapped(line, terminal.width, "  ");
  return text;
}

}  // namespace

int run_overview(const House& house, const Terminal& terminal) {
  const CourseProgress progress = load_progress(house);
  std::string text = toned(terminal, Tone::kStrong, "Handbuilt: machine learning by hand") + "\n";
  text += wrapped(standing(house, progress, terminal), terminal.width) + "\n";
  for (const LessonInfo& lesson : house.lessons) text += wrapped(lesson_line(lesson, progress), terminal.width, "  ");
  text += "\n" + next_step(house, progress, terminal) + "\n";
  text += wrapped("See it work: ./course demo", terminal.width) +
          wrapped("All lessons and tasks: ./course list", terminal.width) +
          wrapped("All commands: ./course --help", terminal.width);
  fmt::print("{}", text);
  return 0;
}

int run_list(const House& house, bool json, const Terminal& terminal) {
  const CourseProgress progress = load_progress(house);
  if (json) {
    fmt::print("{}", list_as_json(house.lessons, progress));
    return 0;
  }
  for (std::size_t i = 0; i < house.lessons.size(); ++i) {
    const LessonInfo& lesson = house.lessons[i];
    fmt::print("{}", lesson_lines(lesson, progress, terminal));
    for (const TaskInfo& task : lesson.tasks) {
      const std::string status = status_of(progress, task.id);
      const std::string known = status.empty() ? "not checked" : status_words(status);
      fmt::print("{}", wrapped(fmt::format("{}  {} ({})", short_name(lesson, task.id), task.title, known),
                               terminal.width, "    "));
    }
  }
  return 0;
}

}  // namespace handbuilt::grader
