#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "grader/sandbox/confinement.hpp"

namespace handbuilt::grader {

/// What came of a command that runs under limits.
struct BoundedRun {
  Ending ending;
  std::string output;   ///< standard output and standard error as they came, at most `kMostOutputOfACommand`
  std::string stopped;  ///< why it was killed: "took more than 20 seconds"; empty when it ended by itself
};

inline constexpr std::size_t kMostOutputOfACommand = std::size_t{1} << 20;

/// Runs a command without input, its whole process tree watched, and kills what is left of it. Throws as Process does,
/// and Error when the sandbox fails.
BoundedRun run_bounded(const std::vector<std::string>& command, const Limits& limits, const Confinement& confinement);

}  // namespace handbuilt::grader
