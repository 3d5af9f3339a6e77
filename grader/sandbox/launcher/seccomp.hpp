#pragma once

#include "grader/sandbox/confinement.hpp"

namespace handbuilt::grader {

/// Lets this process and all that it starts ask the system only for what a job of this kind needs. Needs
/// no_new_privs. Throws Error.
///
/// A worker may compute, use threads, read files and write on what is open; `may_write_files`: also open files for
/// writing (it then sees no folder but its own /tmp). What no exercise needs by accident (starting a process, the
/// network, another's memory, signals to others) kills it with SIGSYS, which becomes FORBIDDEN; whatever else is not on
/// the list is answered as if the kernel did not have it. A compiler may do all but what reaches out of its job.
void restrict_calls(JobKind kind, bool may_write_files);

}  // namespace handbuilt::grader
