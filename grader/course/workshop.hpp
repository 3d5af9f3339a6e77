#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "grader/sandbox/bounded_command.hpp"
#include "grader/sandbox/job_user.hpp"

namespace handbuilt::grader {

/// Where a compiler or linker reads a student's files and writes its own. In good faith that is where these files lie;
/// in a sandbox it is a folder of the job's user, into which files are copied and out of which regular files are taken.
class Workshop {
 public:
  /// `readable`: what the commands need beside the files that are brought in.
  Workshop(SandboxMode sandbox, std::vector<std::filesystem::path> readable);

  /// The path inside of a file to read.
  std::filesystem::path bring_in(const std::filesystem::path& file);

  /// The path inside of a file to write, which `take_out` moves to its place if the commands have written it.
  std::filesystem::path place_for(const std::filesystem::path& file) const;
  void take_out(const std::filesystem::path& file) const;

  /// Runs a compiler or linker.
  [[nodiscard]] BoundedRun run(std::vector<std::string> words, const Limits& limits) const;

 private:
  SandboxMode sandbox_;
  std::vector<std::filesystem::path> readable_;
  std::optional<JobUser> user_;  // none in good faith
  std::filesystem::path in_, out_;
};

}  // namespace handbuilt::grader
