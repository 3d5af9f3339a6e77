#pragma once

#include "grader/sandbox/confinement.hpp"
#include "grader/sandbox/limits.hpp"

namespace handbuilt::grader {

/// Sets the limits of this process and of what it starts: the net below the watching, which holds even if the grader is
/// stopped. `is_own_user`: the processes of this user are the job's alone, so that their number can be limited. Safe
/// between fork and exec.
void set_rlimits(const Limits& limits, JobKind kind, bool is_own_user);

}  // namespace handbuilt::grader
