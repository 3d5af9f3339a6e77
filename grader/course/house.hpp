#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "grader/lesson_toml.hpp"

namespace handbuilt::grader {

/// Where things are in a checkout of Handbuilt, and which lessons it holds.
struct House {
  std::filesystem::path root;
  std::vector<LessonInfo> lessons;  ///< in the order of their numbers

  [[nodiscard]] std::filesystem::path build_folder() const { return root / "build" / "default"; }
  [[nodiscard]] std::filesystem::path lesson_folder(const LessonInfo& lesson) const {
    return root / "lessons" / lesson.id;
  }
  /// What a student edits.
  [[nodiscard]] std::filesystem::path exercise_folder(const LessonInfo& lesson) const;
  /// How messages name the folder of all exercises: "exercises", or the folder that HANDBUILT_EXERCISES names instead.
  [[nodiscard]] std::filesystem::path exercises_shown() const;
  [[nodiscard]] std::filesystem::path solution_folder(const LessonInfo& lesson) const {
    return root / "solutions" / lesson.id;
  }
  /// What the commands remember between runs; never committed. HANDBUILT_PROGRESS names another folder.
  [[nodiscard]] std::filesystem::path progress_folder() const;
};

/// The house this program was built in. Throws Error when the program stands outside of one.
std::filesystem::path find_root();

/// Reads every lesson that has a lesson.toml. Throws DataError for a bad one, and for a task id that stands in two
/// lessons: what is remembered of a student's work hangs on it, whatever the lessons are called.
House open_house(const std::filesystem::path& root);

/// What a user named: a lesson, or a lesson and one of its tasks.
struct Place {
  const LessonInfo* lesson = nullptr;
  const TaskInfo* task = nullptr;  ///< null when the whole lesson is meant
};

/// Finds `10`, `convnet`, `10_convnet` or any of them with `/task-id`. Throws ValueError in one line with the nearest
/// names when there is no such lesson or task.
Place find_place(const House& house, const std::string& name);

/// As `find_place`, for a command that needs a task.
Place find_task(const House& house, const std::string& name);

/// `10/conv2d-forward`, as one would type it.
std::string short_name(const LessonInfo& lesson, const std::string& task_id = "");

}  // namespace handbuilt::grader
