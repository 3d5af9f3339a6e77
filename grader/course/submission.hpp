#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "grader/course/json_files.hpp"
#include "grader/sandbox/limits.hpp"
#include "grader/sandbox/mode.hpp"

namespace handbuilt::grader {

/// An exercise takes a second and some 300 MB; with sanitizers three times as long.
inline constexpr Limits kCompileLimits{20, 60, 1536};

/// One exercise file to build into a worker.
struct WorkerJob {
  std::filesystem::path source;        ///< what to compile; need not exist
  std::string shown;                   ///< how messages call it: "exercises/10_convnet/conv2d_forward.cpp"
  std::filesystem::path worker;        ///< where the executable goes; beside it WORKER.compile_error when there is none
  BuildCommands commands;              ///< as the recipe has them
  std::vector<std::string> libraries;  ///< files that compiling and linking depend on
  std::vector<std::filesystem::path> joined;      ///< workers of other files whose functions this one calls
  std::vector<std::filesystem::path> off_limits;  ///< folders it may include nothing from, its own folder excepted
  SandboxMode sandbox = SandboxMode::local;       ///< in which it is compiled and linked
  std::vector<std::filesystem::path> readable{};  ///< what that must let through, beside the source and its headers
  Limits limits = kCompileLimits;
};

/// Compiles and links every job, `at_once` of them at a time, by the recorded commands and without CMake. Hashes of the
/// sources, the headers beside them, the commands and the libraries are kept, so only what changed is built. A job that
/// does not build leaves its compiler's words, shortened and in plain language, in WORKER.compile_error; what the
/// compiler suspects in a file that does build stands in WORKER.warnings. WORKER.forbidden lies beside the first when
/// the file reads what is off limits.
void build_workers(const std::vector<WorkerJob>& jobs, int at_once);

/// The exercise files of these tasks and of what they need, in the lesson's order (all files when none is named).
std::vector<std::string> files_of(const LessonInfo& lesson, const std::vector<std::string>& task_ids);

/// The other files whose functions the tasks of `file` need.
std::vector<std::string> files_needed_by(const LessonInfo& lesson, const std::string& file);

}  // namespace handbuilt::grader
