#pragma once

#include <string>
#include <vector>

namespace handbuilt::grader {

/// The kernel's version of Landlock; 0: it has none.
int landlock_version();

/// Lets this process and all that it starts read (and run) only below `readable`, and write only below `writable`; with
/// Landlock 6 also send signals only among themselves. What does not exist is left out. `program` is the descriptor of
/// one more file that may be read, which may lie where its user cannot go; -1: none. Needs no_new_privs. Throws Error.
void restrict_files(const std::vector<std::string>& readable, const std::vector<std::string>& writable, int program);

}  // namespace handbuilt::grader
