#include "grader/course/background_work.hpp"

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <exception>
#include <string>

#include "core/error.hpp"
#include "grader/course/signals.hpp"

namespace handbuilt::grader {

namespace {

[[noreturn]] void do_and_exit(const std::function<void()>& work, pid_t parent) {
  ::setpgid(0, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(1);
  let_signals_through();
  try {
    work();
    ::_exit(0);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "course: %s\n", error.what());
    ::_exit(1);
  }
}

}  // namespace

BackgroundWork::BackgroundWork(const std::function<void()>& work) {
  std::fflush(nullptr);  // or both processes would print what waits
  const pid_t parent = ::getpid();
  process_ = ::fork();
  if (process_ < 0) throw Error(std::string("cannot start a process: ") + std::strerror(errno));
  if (process_ == 0) do_and_exit(work, parent);
  ::setpgid(process_, process_);  // here as well: whoever comes first
}

BackgroundWork::~BackgroundWork() {
  if (state() != State::kRunning) return;
  ::kill(-process_, SIGKILL);
  while (::waitpid(process_, nullptr, 0) < 0 && errno == EINTR) {
  }
}

BackgroundWork::State BackgroundWork::state() { return ask(WNOHANG); }

BackgroundWork::State BackgroundWork::wait() {
  while (ask(0) == State::kRunning) {
  }
  return state_;
}

BackgroundWork::State BackgroundWork::ask(int options) {
  int status = 0;
  if (state_ == State::kRunning && ::waitpid(process_, &status, options) == process_) {
    if (WIFSIGNALED(status))
      state_ = State::kKilled;
    else
      state_ = WEXITSTATUS(status) == 0 ? State::kDone : State::kFailed;
  }
  return state_;
}

}  // namespace handbuilt::grader
