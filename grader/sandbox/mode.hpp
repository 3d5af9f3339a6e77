#pragma once

#include <string>
#include <string_view>

namespace handbuilt::grader {

/// What keeps a student's code from doing more than answering.
enum class SandboxMode {
  local,     ///< good faith: a process of its own with limits of time, memory and output
  graded,    ///< bubblewrap: namespaces of its own, no network, a read-only system, no capabilities, a list of calls
  contained  ///< where bubblewrap is forbidden: a user of its own, Landlock where the kernel has it, a list of calls
};

/// "local", "graded", "contained".
[[nodiscard]] std::string_view to_string(SandboxMode mode);

/// The mode of this name. Throws ValueError for any other.
[[nodiscard]] SandboxMode sandbox_mode_named(const std::string& name);

}  // namespace handbuilt::grader
