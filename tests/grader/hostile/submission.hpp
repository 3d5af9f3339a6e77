#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "grader/sandbox/mode.hpp"

namespace handbuilt::grader {

/// A hostile file for the task `doubled`, kept as NAME.toml:
///
///     does = "ends the program from a static constructor"
///     graded = "CRASHED"       the status it must get; a mode that is not named is not tried: it would not be safe, or
///     contained = "CRASHED"    the submission is only about another
///     local = "CRASHED"
///     says = "exit code 0"     what the message must contain; may be missing
///     top = "#include <cstdlib>"
///     code = "..."             the whole of doubled.cpp after `#include "tasks.hpp"` and top
///     body = "..."             or only what doubled() does, followed by a wrong answer
///
/// In code and body, {SECRET} stands for the path of a file that everybody may read but no job, {SOLUTION} for that of
/// the same text among the course's solutions, and {WORK} for the folder of the grading.
struct HostileSubmission {
  std::string name, does;
  std::map<SandboxMode, std::string> status;
  std::string says;
  std::string top, code, body;

  /// The text of doubled.cpp.
  [[nodiscard]] std::string source(const std::map<std::string, std::string>& places) const;
};

/// Throws DataError naming the file for a key that is missing or unknown.
HostileSubmission read_hostile_submission(const std::filesystem::path& path);

}  // namespace handbuilt::grader
