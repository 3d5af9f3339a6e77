#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "grader/course/json_files.hpp"

namespace handbuilt::grader {

/// One exercise file to build into a worker.
struct WorkerJob {
  std::filesystem::path source;  ///< what to compile; need not exist
  std::string shown;             ///< how messages call it: "exercises/10_convnet/conv2d_forward.cpp"
  std::filesystem::path worker;  ///< where the executable goes; beside it WORKER.compile_error when there is none
  BuildCommands commands;
  std::vector<std::string> libraries;  ///< files that the link depends on
};

/// Compiles and links every job, `at_once` of them at a time, by the recorded commands and without CMake. A hash of the
/// source, the headers beside it, the commands and the libraries stands in WORKER.key, so only what changed is built. A
/// job that does not build leaves its compiler's words, shortened and in plain language, in WORKER.compile_error.
void build_workers(const std::vector<WorkerJob>& jobs, int at_once);

/// The exercise files of the lesson that hold these tasks and what they need (all files when `task_ids` is empty).
std::vector<std::string> files_of(const LessonInfo& lesson, const std::vector<std::string>& task_ids);

}  // namespace handbuilt::grader
