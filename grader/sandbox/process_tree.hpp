#pragma once

#include <sys/types.h>

namespace handbuilt::grader {

/// What a process and all that descends from it have used.
struct TreeUsage {
  double cpu_seconds = 0;  ///< also of descendants that are gone, when somebody in the tree has waited for them
  double memory_mb = 0;    ///< resident now; what two of them share counts twice
  int processes = 0;       ///< alive, or dead and not waited for
};

/// Of `root` and its descendants.
TreeUsage tree_usage(pid_t root);

/// Of the descendants of this process alone.
TreeUsage descendants_usage();

/// Kills `root` and its descendants. `root` has still to be waited for when it is a child of this process.
void kill_tree(pid_t root);

/// Kills every descendant of this process and waits until they are gone, or for a second: as a subreaper
/// (PR_SET_CHILD_SUBREAPER) a process is also left those whose parents have died.
void kill_descendants();

}  // namespace handbuilt::grader
