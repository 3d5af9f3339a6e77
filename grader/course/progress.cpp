#include "grader/course/progress.hpp"

namespace handbuilt::grader {

namespace {

std::filesystem::path progress_file(const House& house, const LessonInfo& lesson) {
  return house.progress_folder() / (lesson.id + ".json");
}

}  // namespace

LessonProgress load_progress(const House& house, const LessonInfo& lesson) {
  return read_progress(progress_file(house, lesson));
}

void save_progress(const House& house, const LessonInfo& lesson, const LessonProgress& progress) {
  write_progress(progress_file(house, lesson), progress);
}

void remember(const House& house, const LessonInfo& lesson, const Verdict& verdict) {
  LessonProgress progress = load_progress(house, lesson);
  for (const TaskVerdict& task : verdict.tasks) {
    progress[task.id].status = task.status;
    progress[task.id].points = task.points;
  }
  save_progress(house, lesson, progress);
}

}  // namespace handbuilt::grader
