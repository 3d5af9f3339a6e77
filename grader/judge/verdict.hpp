#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "grader/sandbox/mode.hpp"

namespace handbuilt::grader {

/// What became of a task.
enum class Status {
  passed,
  wrong,    ///< an answer or a property is not what it should be
  crashed,  ///< a signal, an exception of its own, or the end of the program
  timed_out,
  out_of_memory,
  compile_error,
  forbidden,    ///< it meddled with the grader
  not_started,  ///< the stub is still there
  not_checked   ///< a task it needs has not passed, or the judge itself failed
};

/// "PASSED", "OUT_OF_MEMORY", ...
[[nodiscard]] std::string_view to_string(Status status);

/// The verdict on one task, as the judge gives it.
struct TaskResult {
  std::string id, title;
  Status status = Status::not_checked;
  int points = 0, max_points = 0;
  std::string message;    ///< what went wrong; empty when passed
  double seconds = 0;     ///< on the clock, for the whole task
  std::string note;       ///< what to hear of a task that passed; may be empty
  std::string rationale;  ///< what the failing test wants and why; may be empty
  std::string help;       ///< what to look at; may be empty
  std::string input;      ///< "convnet::f was called with\n  input = ..."; may be empty
  std::string replay;     ///< the file that keeps the failing call; may be empty
  std::string output;     ///< what the student's code printed, at most 64 KiB ("stdout" in the file)
};

/// The verdict on one lesson's exercise.
struct LessonResult {
  std::string lesson;
  std::uint64_t seed = 0;
  SandboxMode sandbox = SandboxMode::local;  ///< what the student's code ran in
  std::vector<TaskResult> tasks;

  [[nodiscard]] int score() const;
  [[nodiscard]] int max_score() const;
  [[nodiscard]] bool all_passed() const;
};

/// Schema handbuilt/verdict/v1.
[[nodiscard]] std::string to_json(const LessonResult& verdict);

}  // namespace handbuilt::grader
