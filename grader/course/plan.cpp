#include "grader/course/plan.hpp"

#include <fmt/format.h>

#include <map>
#include <set>

#include "grader/course/fingerprint.hpp"
#include "grader/course/progress.hpp"
#include "grader/course/report.hpp"
#include "grader/course/submission.hpp"

namespace handbuilt::grader {

namespace fs = std::filesystem;

std::string judge_fingerprint(const House& house, const LessonInfo& lesson) {
  Fingerprint print;
  print.add_content(house.build_folder() / "bin" / ("judge_" + lesson.id));
  print.add_content(house.lesson_folder(lesson) / "lesson.toml");
  const fs::path recipe_file = recipe_folder(house, lesson) / "recipe.json";
  print.add_content(recipe_file);
  std::set<std::string> libraries;  // most files are built with the same ones
  for (const auto& [file, recipe] : read_recipe(recipe_file))
    libraries.insert(recipe.libraries.begin(), recipe.libraries.end());
  for (const std::string& library : libraries) print.add_content(library);
  return print.text();
}

Fingerprints task_fingerprints(const LessonInfo& lesson, const Submission& submission, const std::string& judge) {
  Fingerprints prints;
  for (const TaskInfo& task : lesson.tasks) {
    Fingerprint print;
    print.add(judge);
    for (const std::string& file : files_of(lesson, {task.id})) print.add_content(submission.folder / file);
    if (fs::is_directory(submission.folder)) print.add_headers(submission.folder);
    prints[task.id] = print.text();
  }
  return prints;
}

bool still_stands(const CourseProgress& progress, const Fingerprints& prints, const std::string& task_id) {
  const auto known = progress.find(task_id);
  const auto print = prints.find(task_id);
  return known != progress.end() && print != prints.end() && !known->second.verdict.status.empty() &&
         known->second.fingerprint == print->second;
}

std::vector<std::string> stale_tasks(const LessonInfo& lesson, const CourseProgress& progress,
                                     const Fingerprints& prints) {
  std::vector<std::string> stale;
  for (const TaskInfo& task : lesson.tasks)
    if (!still_stands(progress, prints, task.id)) stale.push_back(task.id);
  return stale;
}

Plan plan_check(const LessonInfo& lesson, const std::vector<std::string>& wanted, const CourseProgress& progress,
                const Fingerprints& prints) {
  const std::set<std::string> asked(wanted.begin(), wanted.end());
  std::set<std::string> needed;
  Plan plan;
  // A task stands after those it needs, so going backwards meets every need after the task that has it.
  for (auto task = lesson.tasks.rbegin(); task != lesson.tasks.rend(); ++task) {
    const bool is_asked = asked.contains(task->id);
    if (!is_asked && !needed.contains(task->id)) continue;
    needed.insert(task->needs.begin(), task->needs.end());
    if (is_asked || !still_stands(progress, prints, task->id))
      plan.tasks.insert(plan.tasks.begin(), task->id);
    else if (status_of(progress, task->id) != "PASSED")
      plan.unmet.push_back(task->id);
  }
  return plan;
}

std::string what_it_waits_for(const LessonInfo& lesson, const std::string& task_id, const Verdict& verdict,
                              const CourseProgress& progress, const std::string& exercise_folder) {
  std::map<std::string, std::string> status;
  for (const TaskInfo& task : lesson.tasks) status[task.id] = status_of(progress, task.id);
  for (const TaskVerdict& task : verdict.tasks) status[task.id] = task.status;

  std::set<std::string> awaited{task_id};
  const TaskInfo* bottom = nullptr;
  // A task stands after those it needs, so going backwards ends at the one that waits for no other.
  for (auto task = lesson.tasks.rbegin(); task != lesson.tasks.rend(); ++task) {
    if (!awaited.contains(task->id) || status[task->id] == "PASSED") continue;
    awaited.insert(task->needs.begin(), task->needs.end());
    if (task->id != task_id) bottom = &*task;
  }
  if (bottom == nullptr) return "";
  return fmt::format("it needs {}, which has to pass first and does not ({})\nmend {}/{}", bottom->id,
                     status_words(status[bottom->id]), exercise_folder, bottom->file);
}

}  // namespace handbuilt::grader
