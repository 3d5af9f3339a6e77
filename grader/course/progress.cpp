#include "grader/course/progress.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

#include "core/error.hpp"
#include "grader/course/builder.hpp"
#include "grader/text/free_name.hpp"

namespace handbuilt::grader {

namespace {

namespace fs = std::filesystem;

fs::path progress_file(const House& house) { return house.progress_folder() / "progress.json"; }

}  // namespace

CourseProgress load_progress(const House& house) {
  const fs::path file = progress_file(house);
  try {
    return read_progress(file);
  } catch (const DataError& error) {
    const fs::path aside = free_name(file.string() + ".bad");
    fs::rename(file, aside);
    fmt::print(stderr, "course: what was remembered of your progress cannot be read and is set aside as {} ({})\n",
               aside.filename().string(), error.what());
    return {};
  }
}

void change_progress(const House& house, const std::function<void(CourseProgress&)>& change) {
  fs::create_directories(house.progress_folder());
  const BuildLock lock(house.progress_folder() / "lock");
  CourseProgress progress = load_progress(house);
  change(progress);
  write_progress(progress_file(house), progress);
}

void remember(const House& house, const Verdict& verdict, const std::map<std::string, std::string>& fingerprints) {
  change_progress(house, [&](CourseProgress& progress) {
    for (const TaskVerdict& task : verdict.tasks) {
      const auto print = fingerprints.find(task.id);
      progress[task.id].verdict = task;
      progress[task.id].fingerprint = print == fingerprints.end() ? "" : print->second;
    }
  });
}

std::string status_of(const CourseProgress& progress, const std::string& task_id) {
  const auto found = progress.find(task_id);
  return found == progress.end() ? "" : found->second.verdict.status;
}

const TaskInfo* first_unfinished(const LessonInfo& lesson, const CourseProgress& progress) {
  const auto task = std::find_if(lesson.tasks.begin(), lesson.tasks.end(), [&](const TaskInfo& candidate) {
    return status_of(progress, candidate.id) != "PASSED";
  });
  return task == lesson.tasks.end() ? nullptr : &*task;
}

Place next_place(const House& house, const CourseProgress& progress) {
  for (const LessonInfo& lesson : house.lessons)
    if (const TaskInfo* task = first_unfinished(lesson, progress)) return {&lesson, task};
  return {};
}

int tasks_passed(const LessonInfo& lesson, const CourseProgress& progress) {
  return static_cast<int>(std::count_if(lesson.tasks.begin(), lesson.tasks.end(), [&](const TaskInfo& task) {
    return status_of(progress, task.id) == "PASSED";
  }));
}

}  // namespace handbuilt::grader
