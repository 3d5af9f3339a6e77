#include "grader/course/signals.hpp"

#include <sys/signalfd.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <string>

#include "core/error.hpp"

namespace handbuilt::grader {

namespace {

sigset_t held_signals() {
  sigset_t held;
  ::sigemptyset(&held);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGCHLD}) ::sigaddset(&held, signal);
  return held;
}

}  // namespace

Signals::Signals() {
  const sigset_t held = held_signals();
  descriptor_ = ::signalfd(-1, &held, SFD_NONBLOCK | SFD_CLOEXEC);
  if (descriptor_ < 0) throw Error(std::string("cannot wait for signals: ") + std::strerror(errno));
  ::sigprocmask(SIG_BLOCK, &held, nullptr);
}

Signals::~Signals() {
  stop_wanted();  // taken, so that a second Ctrl-C does not kill what is already ending
  const sigset_t held = held_signals();
  ::sigprocmask(SIG_UNBLOCK, &held, nullptr);
  ::close(descriptor_);
}

bool Signals::stop_wanted() {
  signalfd_siginfo info{};
  while (::read(descriptor_, &info, sizeof info) == static_cast<ssize_t>(sizeof info))
    if (info.ssi_signo != SIGCHLD) stop_wanted_ = true;
  return stop_wanted_;
}

void let_signals_through() {
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

}  // namespace handbuilt::grader
