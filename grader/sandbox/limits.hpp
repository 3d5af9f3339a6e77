#pragma once

namespace handbuilt::grader {

/// What a program and all that it starts may use.
struct Limits {
  double cpu_seconds = 2;
  double wall_seconds = 13;
  int memory_mb = 256;  ///< of address space a process, and resident in all; 0: no limit (sanitizers reserve terabytes)
};

/// How a program ended.
struct Ending {
  bool by_signal = false;
  int code = 0;  ///< the signal's number or the exit code
};

}  // namespace handbuilt::grader
