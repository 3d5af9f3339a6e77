#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace handbuilt::grader {

/// One task of a lesson, as its [[task]] table says.
struct TaskInfo {
  std::string id;           ///< stable, lower case with dashes: "conv2d-forward"
  std::string file;         ///< the exercise file that holds it: "conv2d_forward.cpp"
  std::string title;        ///< what a student reads: "Slide every kernel over every channel"
  int points = 0;           ///< at least 1
  double cpu_seconds = 2;   ///< processor time for the whole task
  double wall_seconds = 0;  ///< time on the clock; 0 in the file means 5 + 4 cpu_seconds, filled in by the reader
  int memory_mb = 256;      ///< address space of the worker
  std::vector<std::string> needs;  ///< ids of tasks that must pass before this one can be judged
  std::vector<std::string> hints;  ///< from a nudge to nearly the answer
};

/// What lesson.toml says about a lesson.
struct LessonInfo {
  std::string id;     ///< the folder's name: "10_convnet"
  int number = 0;     ///< 10
  std::string title;  ///< "A convolutional network"
  double hours = 0;   ///< what a student should set aside
  std::string summary;
  std::vector<std::string> needs;  ///< ids of lessons to do before
  int hidden_tests = 0;            ///< how many more an instructor keeps for the grading; not in this folder
  std::vector<TaskInfo> tasks;     ///< in the file's order; a task stands after those it needs
};

/// Reads lessons/NN_name/lesson.toml; `id` and `number` come from the folder's name. Throws DataError
/// "path:line: what was expected, what came" for bad TOML, a missing, unknown or mistyped key, a task id that is
/// repeated or malformed, and a `needs` that names no earlier task.
LessonInfo read_lesson(const std::filesystem::path& lesson_toml);

/// The GoogleTest suite that judges a task: "conv2d-forward" -> "Conv2dForward".
std::string suite_name(const std::string& task_id);

/// The name of a task's worker: "conv2d_forward.cpp" -> "conv2d_forward".
std::string file_stem(const TaskInfo& task);

}  // namespace handbuilt::grader
