#pragma once

#include <sys/types.h>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "core/descriptor.hpp"
#include "grader/sandbox/confinement.hpp"
#include "grader/sandbox/limits.hpp"
#include "grader/sandbox/process_tree.hpp"

namespace handbuilt::grader {

/// A program of the student's, or one that reads the student's files: with its limits set, an environment of its own,
/// no input, and three pipes, confined as it should be. It is killed at the end and with the grader, and with it
/// whatever it has started.
class Process {
 public:
  /// Throws DataError when the program cannot be run and Error when the system has no more processes or pipes.
  Process(const std::vector<std::string>& command, const Limits& limits, Confinement confinement = {});
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  [[nodiscard]] int calls() const { return calls_.get(); }      ///< what is written here arrives on its descriptor 3
  [[nodiscard]] int answers() const { return answers_.get(); }  ///< what it writes on descriptor 4
  [[nodiscard]] int output() const { return output_.get(); }    ///< its standard output and error

  /// Processor time used so far by the first process alone, of all its threads; exact and quickly read.
  [[nodiscard]] double cpu_seconds() const;

  /// What it and all that it started have used; takes some 0.1 ms to read.
  [[nodiscard]] TreeUsage usage() const;

  /// How it ended, if it does so within `patience`. Throws Error when not it but its sandbox failed.
  [[nodiscard]] std::optional<Ending> wait(std::chrono::milliseconds patience) const;

  /// Kills whatever is left of it. No harm in calling it twice.
  void kill();

 private:
  [[nodiscard]] std::optional<Ending> ending_from_report(std::chrono::milliseconds patience) const;
  [[nodiscard]] bool is_worker_in_good_faith() const;
  [[nodiscard]] bool has_own_group() const;

  Confinement confinement_;
  pid_t pid_ = -1;
  Descriptor calls_, answers_, output_, report_;
};

}  // namespace handbuilt::grader
