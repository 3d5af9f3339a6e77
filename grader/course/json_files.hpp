#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "grader/lesson_toml.hpp"
#include "grader/text/lesson_text.hpp"

namespace handbuilt::grader {

/// One task's verdict, as the judge wrote it.
struct TaskVerdict {
  std::string id, title;
  std::string status;  ///< PASSED, WRONG, CRASHED, TIMED_OUT, OUT_OF_MEMORY, COMPILE_ERROR, NOT_STARTED, ...
  int points = 0;      ///< earned
  int max_points = 0;
  std::string message;    ///< what went wrong
  std::string note;       ///< what to hear of a task that passed
  std::string rationale;  ///< why it is asked
  std::string help;       ///< what to look at
  std::string input;      ///< the call that went wrong, and on what
  std::string replay;     ///< the kept message that failed, for `course debug`
  std::string printed;    ///< what the student's program printed
  double seconds = 0;
};

/// A whole handbuilt/verdict/v1.
struct Verdict {
  std::string lesson;
  std::uint64_t seed = 0;
  int score = 0, max_score = 0;
  std::vector<TaskVerdict> tasks;
  std::string text;              ///< the file as it was, for --json
  std::string sandbox{"local"};  ///< what the student's code ran in: local, graded or contained

  [[nodiscard]] bool all_passed() const;
};
/// Throws DataError naming the file when it is missing or is not a verdict.
Verdict read_verdict(const std::filesystem::path& path);

/// How to compile and link one exercise file. Words may hold {source}, {object} and {worker}.
struct BuildCommands {
  std::vector<std::string> compile, link;
};
/// How to build one exercise file, normally and with sanitizers, as CMake recorded it.
struct FileRecipe {
  BuildCommands normal, sanitized;
  std::vector<std::string> libraries;  ///< files the linked worker depends on
  std::vector<std::string> readable;   ///< files and folders that compiling and linking read
};
/// The recipes of a lesson by exercise file ("conv2d_forward.cpp").
using Recipe = std::map<std::string, FileRecipe>;
/// Throws DataError naming the file.
Recipe read_recipe(const std::filesystem::path& path);

/// The numbers of a handbuilt/results/v1. Throws DataError naming the file.
std::map<std::string, Measured> read_results(const std::filesystem::path& path);

/// What is remembered of a student's work on one task.
struct TaskProgress {
  TaskVerdict verdict;      ///< of the last check; its status is empty before the first
  std::string fingerprint;  ///< of all that this verdict rests on; empty when it should not be relied on
  int hints_shown = 0;
};
/// A student's way through the course, by task id. Ids that the course does not have (any more, or yet) stay.
using CourseProgress = std::map<std::string, TaskProgress>;
/// No file, no progress. Throws DataError when there is one that cannot be read.
CourseProgress read_progress(const std::filesystem::path& path);
void write_progress(const std::filesystem::path& path, const CourseProgress& progress);

/// The form of `course list --json`.
std::string list_as_json(const std::vector<LessonInfo>& lessons, const CourseProgress& progress);

/// One verdict as it is; several as {"schema": "handbuilt/verdicts/v1", "verdicts": [...]}.
std::string verdicts_as_json(const std::vector<Verdict>& verdicts);

}  // namespace handbuilt::grader
