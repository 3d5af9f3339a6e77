#include "grader/judge/process.hpp"

#include <fcntl.h>
#include <linux/close_range.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <thread>
#include <utility>

#include "core/error.hpp"
#include "grader/protocol/frame.hpp"

namespace handbuilt::grader {

namespace {

constexpr rlim_t kMegabyte = rlim_t{1} << 20;

/// The two ends of a pipe, moved out of the way of the descriptors a worker is promised.
struct Pipe {
  Descriptor read_end, write_end;

  Pipe() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) fail();
    const Descriptor low_read(ends[0]), low_write(ends[1]);
    read_end.reset(::fcntl(ends[0], F_DUPFD_CLOEXEC, 10));
    write_end.reset(::fcntl(ends[1], F_DUPFD_CLOEXEC, 10));
    if (read_end.get() < 0 || write_end.get() < 0) fail();
  }
  [[noreturn]] static void fail() { throw Error(std::string("cannot make a pipe: ") + std::strerror(errno)); }
};

void set_limit(__rlimit_resource resource, rlim_t soft, rlim_t hard) {
  const rlimit limit{soft, hard};
  ::setrlimit(resource, &limit);
}

void set_limits(const Limits& limits) {
  // The judge watches the exact time; this is the net below, which holds even if the judge is stopped.
  const auto seconds = static_cast<rlim_t>(std::ceil(limits.cpu_seconds)) + 1;
  set_limit(RLIMIT_CPU, seconds, seconds + 1);
  if (limits.memory_mb > 0) {
    const rlim_t bytes = static_cast<rlim_t>(limits.memory_mb) * kMegabyte;
    set_limit(RLIMIT_AS, bytes, bytes);
  }
  set_limit(RLIMIT_CORE, 0, 0);
  set_limit(RLIMIT_FSIZE, 16 * kMegabyte, 16 * kMegabyte);
  set_limit(RLIMIT_NOFILE, 64, 64);
}

/// Between fork and exec: only what is safe there.
[[noreturn]] void become(char* const* argv, int calls, int answers, int output, pid_t judge, const Limits& limits) {
  ::setpgid(0, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != judge) ::_exit(127);
  const int nothing = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  ::dup2(nothing, STDIN_FILENO);
  ::dup2(output, STDOUT_FILENO);
  ::dup2(output, STDERR_FILENO);
  ::dup2(calls, kCallDescriptor);
  ::dup2(answers, kAnswerDescriptor);
  ::close_range(kAnswerDescriptor + 1, ~0u, 0);
  ::signal(SIGPIPE, SIG_DFL);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  set_limits(limits);
  static char path[] = "PATH=/usr/bin:/bin", locale[] = "LC_ALL=C.UTF-8";
  static char sanitizer[] = "ASAN_OPTIONS=detect_leaks=0", undefined[] = "UBSAN_OPTIONS=print_stacktrace=1";
  char* const environment[] = {path, locale, sanitizer, undefined, nullptr};
  ::execve(argv[0], argv, environment);
  ::_exit(127);
}

}  // namespace

Process::Process(const std::vector<std::string>& command, const Limits& limits) {
  if (command.empty() || ::access(command[0].c_str(), X_OK) != 0)
    throw DataError((command.empty() ? "" : command[0]) + ": expected a program that can be run");
  Pipe calls, answers, output;
  std::vector<char*> argv;
  for (const std::string& word : command) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);

  const pid_t judge = ::getpid();
  pid_ = ::fork();
  if (pid_ < 0) throw Error(std::string("cannot start a process: ") + std::strerror(errno));
  if (pid_ == 0)
    become(argv.data(), calls.read_end.get(), answers.write_end.get(), output.write_end.get(), judge, limits);
  ::setpgid(pid_, pid_);  // here as well: whoever comes first
  calls_ = std::move(calls.write_end);
  answers_ = std::move(answers.read_end);
  output_ = std::move(output.read_end);
  for (const int descriptor : {calls_.get(), answers_.get(), output_.get()})
    ::fcntl(descriptor, F_SETFL, ::fcntl(descriptor, F_GETFL) | O_NONBLOCK);
}

Process::~Process() { kill(); }

double Process::cpu_seconds() const {
  clockid_t clock{};
  timespec time{};
  if (::clock_getcpuclockid(pid_, &clock) != 0 || ::clock_gettime(clock, &time) != 0) return 0;
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

std::optional<Ending> Process::wait(std::chrono::milliseconds patience) const {
  using Clock = std::chrono::steady_clock;
  const auto deadline = Clock::now() + patience;
  for (;;) {
    // Only look: until the group is killed, the dead leader keeps its number from being given to somebody else.
    siginfo_t info{};
    if (::waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid == pid_)
      return Ending{info.si_code != CLD_EXITED, info.si_status};
    if (Clock::now() >= deadline) return std::nullopt;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
}

void Process::kill() {
  if (pid_ < 0) return;
  ::kill(-pid_, SIGKILL);
  while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
  }
  pid_ = -1;
}

}  // namespace handbuilt::grader
