#pragma once

#include <string>
#include <vector>

#include "grader/sandbox/confinement.hpp"

namespace handbuilt::grader {

/// What the launcher is told to do: the words that `confined` wrote.
struct Order {
  SandboxMode mode = SandboxMode::graded;
  JobKind kind = JobKind::worker;
  bool is_inside = false;  ///< in bubblewrap's namespaces already
  int uid = -1;
  Limits limits;
  std::vector<std::string> readable, writable;
  std::vector<std::string> command;
};

/// Throws Error for words that make no order.
Order read_order(const std::vector<std::string>& words);

/// What went wrong while the sandbox was made, with errno's own words. Throws Error.
[[noreturn]] void fail(const std::string& what);

/// The descriptor on which the launcher keeps the worker's program open: opened while it still has the right to.
inline constexpr int kProgramDescriptor = 6;

/// The folders of the system that a job may read: those that hold libraries, and for a compiler programs and headers.
std::vector<std::string> system_folders(JobKind kind);

}  // namespace handbuilt::grader
