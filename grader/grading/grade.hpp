#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "grader/course/json_files.hpp"
#include "grader/sandbox/mode.hpp"

namespace handbuilt::grader {

/// What a submission earned. While it is being graded, tasks that were not judged yet stand in it as NOT_CHECKED
/// without points, so that the most there is to earn is right from the start.
struct Grade {
  std::string submission;  ///< the name it was graded under
  SandboxMode sandbox = SandboxMode::graded;
  std::uint64_t seed = 0;
  std::vector<Verdict> lessons;
  /// By task id, for tasks with hidden tests: what the tests in everybody's copy said, before the hidden ones.
  std::map<std::string, TaskVerdict> before_hidden_tests;
  /// What the hidden tests said, a task each, with their names, inputs and expected values: for the instructor, never
  /// for a student's report.
  std::vector<Verdict> for_instructor;
  std::map<std::string, std::string> needs;  ///< by task id: the first task it needs, for those that need one
  std::vector<std::string> problems;  ///< of the submission as a whole, a line each: "10_convnet/a.cpp is not there"
  double seconds = 0;                 ///< on the clock, with compiling
  bool is_complete = false;           ///< false while tasks wait for their verdict

  [[nodiscard]] int score() const;
  [[nodiscard]] int max_score() const;
  [[nodiscard]] bool all_passed() const;
};

/// The verdict on a task that no judge has looked at.
TaskVerdict not_checked(const TaskInfo& task, const std::string& why);

}  // namespace handbuilt::grader
