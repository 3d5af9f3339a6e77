#pragma once

#include <sys/types.h>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "core/descriptor.hpp"

namespace handbuilt::grader {

/// What a student's program may use.
struct Limits {
  double cpu_seconds = 2;
  double wall_seconds = 13;
  int memory_mb = 256;  ///< of address space; 0: no limit (the address sanitizer reserves terabytes)
};

/// How a program ended.
struct Ending {
  bool by_signal = false;
  int code = 0;  ///< the signal's number or the exit code
};

/// A program of the student's: in a process group of its own that is killed whole at the end and with the judge, with
/// its limits set, an almost empty environment, no input, and three pipes. Whatever else is to be taken from it
/// (network, files) is for a sandbox, which is a program put in front of `command`.
class Process {
 public:
  /// Throws DataError when the program cannot be run and Error when the system has no more processes or pipes.
  Process(const std::vector<std::string>& command, const Limits& limits);
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  [[nodiscard]] int calls() const { return calls_.get(); }      ///< what is written here arrives on its descriptor 3
  [[nodiscard]] int answers() const { return answers_.get(); }  ///< what it writes on descriptor 4
  [[nodiscard]] int output() const { return output_.get(); }    ///< its standard output and error

  /// Processor time used so far, of all its threads.
  [[nodiscard]] double cpu_seconds() const;

  /// How it ended, if it does so within `patience`.
  [[nodiscard]] std::optional<Ending> wait(std::chrono::milliseconds patience) const;

  /// Kills whatever is left of its group. No harm in calling it twice.
  void kill();

 private:
  pid_t pid_ = -1;
  Descriptor calls_, answers_, output_;
};

}  // namespace handbuilt::grader
