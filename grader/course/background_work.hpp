#pragma once

#include <sys/types.h>

#include <functional>

namespace handbuilt::grader {

/// Work done by a copy of this process, in a process group of its own, so that it can be given up at any moment with
/// everything it has started. What it computes it must leave in a file. The process that makes one must have no other
/// thread.
class BackgroundWork {
 public:
  /// Throws Error when no process can be started. An exception of `work` is written to standard error.
  explicit BackgroundWork(const std::function<void()>& work);

  /// Gives up what is not done: nothing of it is left running.
  ~BackgroundWork();
  BackgroundWork(const BackgroundWork&) = delete;
  BackgroundWork& operator=(const BackgroundWork&) = delete;

  enum class State { kRunning, kDone, kFailed, kKilled };  ///< kKilled: by a signal, that of a limit for example
  /// Does not wait.
  State state();
  /// Waits for the end.
  State wait();

 private:
  State ask(int options);

  pid_t process_;
  State state_ = State::kRunning;
};

}  // namespace handbuilt::grader
