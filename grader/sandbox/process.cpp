#include "grader/sandbox/process.hpp"

#include <fcntl.h>
#include <linux/close_range.h>
#include <poll.h>
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
#include <sstream>
#include <thread>
#include <utility>

#include "core/error.hpp"
#include "grader/protocol/frame.hpp"
#include "grader/sandbox/job_user.hpp"
#include "grader/sandbox/rlimits.hpp"

namespace handbuilt::grader {

namespace {

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

std::vector<char*> pointers_to(const std::vector<std::string>& words) {
  std::vector<char*> pointers;
  for (const std::string& word : words) pointers.push_back(const_cast<char*>(word.c_str()));
  pointers.push_back(nullptr);
  return pointers;
}

/// What a child needs between fork and exec, where memory may not be asked for.
struct Start {
  char* const* argv;
  char* const* environment;
  int calls, answers, output, report;
  pid_t grader;
  const Limits& limits;
  const Confinement& confinement;
  bool has_own_group;
};

/// Between fork and exec: only what is safe there.
[[noreturn]] void become(const Start& start) {
  if (start.has_own_group) ::setpgid(0, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != start.grader) ::_exit(127);
  const int nothing = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  ::dup2(nothing, STDIN_FILENO);
  ::dup2(start.output, STDOUT_FILENO);
  ::dup2(start.output, STDERR_FILENO);
  ::dup2(start.calls, kCallDescriptor);
  ::dup2(start.answers, kAnswerDescriptor);
  const bool is_local = start.confinement.mode == SandboxMode::local;
  if (!is_local) ::dup2(start.report, kReportDescriptor);
  ::close_range(is_local ? kReportDescriptor : kReportDescriptor + 1, ~0u, 0);
  ::signal(SIGPIPE, SIG_DFL);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  if (is_local) set_rlimits(start.limits, start.confinement.kind, false);
  ::execve(start.argv[0], start.argv, start.environment);
  ::_exit(127);
}

}  // namespace

Process::Process(const std::vector<std::string>& command, const Limits& limits, Confinement confinement)
    : confinement_(std::move(confinement)) {
  if (command.empty() || ::access(command[0].c_str(), X_OK) != 0)
    throw DataError((command.empty() ? "" : command[0]) + ": expected a program that can be run");
  const std::vector<std::string> words = confined(command, limits, confinement_);
  if (::access(words[0].c_str(), X_OK) != 0) throw Error(words[0] + " is not there: build the course again");
  Pipe calls, answers, output, report;
  const std::vector<char*> argv = pointers_to(words), environment = pointers_to(confinement_.environment);

  // Orphans of a worker in good faith become ours, so that they can be found.
  if (is_worker_in_good_faith()) ::prctl(PR_SET_CHILD_SUBREAPER, 1);
  const Start start{argv.data(),
                    environment.data(),
                    calls.read_end.get(),
                    answers.write_end.get(),
                    output.write_end.get(),
                    report.write_end.get(),
                    ::getpid(),
                    limits,
                    confinement_,
                    has_own_group()};
  pid_ = ::fork();
  if (pid_ < 0) throw Error(std::string("cannot start a process: ") + std::strerror(errno));
  if (pid_ == 0) become(start);
  if (has_own_group()) ::setpgid(pid_, pid_);  // here as well: whoever comes first
  calls_ = std::move(calls.write_end);
  answers_ = std::move(answers.read_end);
  output_ = std::move(output.read_end);
  if (confinement_.mode != SandboxMode::local) report_ = std::move(report.read_end);
  for (const int descriptor : {calls_.get(), answers_.get(), output_.get()})
    ::fcntl(descriptor, F_SETFL, ::fcntl(descriptor, F_GETFL) | O_NONBLOCK);
}

Process::~Process() { kill(); }

bool Process::is_worker_in_good_faith() const {
  return confinement_.mode == SandboxMode::local && confinement_.kind == JobKind::worker;
}

/// A compiler in good faith stays in the grader's group: Ctrl-C at the terminal is meant for it as well.
bool Process::has_own_group() const {
  return confinement_.kind == JobKind::worker || confinement_.mode != SandboxMode::local;
}

double Process::cpu_seconds() const {
  clockid_t clock{};
  timespec time{};
  if (::clock_getcpuclockid(pid_, &clock) != 0 || ::clock_gettime(clock, &time) != 0) return 0;
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

TreeUsage Process::usage() const { return is_worker_in_good_faith() ? descendants_usage() : tree_usage(pid_); }

std::optional<Ending> Process::wait(std::chrono::milliseconds patience) const {
  if (report_.get() >= 0) return ending_from_report(patience);
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

std::optional<Ending> Process::ending_from_report(std::chrono::milliseconds patience) const {
  pollfd waiting{report_.get(), POLLIN, 0};
  if (::poll(&waiting, 1, static_cast<int>(patience.count())) == 0) return std::nullopt;
  std::array<char, 4096> buffer{};
  const ssize_t got = ::read(report_.get(), buffer.data(), buffer.size());
  const std::string report(buffer.data(), static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
  std::istringstream words(report);
  std::string kind;
  int code = 0;
  if (words >> kind >> code && (kind == "exit" || kind == "signal")) return Ending{kind == "signal", code};
  if (report.starts_with("failed ")) throw Error("the sandbox could not be made: " + report.substr(7));
  const ssize_t said = ::read(output_.get(), buffer.data(), buffer.size());  // bubblewrap's own words
  throw Error("the sandbox ended without saying how its program did: " +
              std::string(buffer.data(), static_cast<std::size_t>(std::max<ssize_t>(said, 0))));
}

void Process::kill() {
  if (pid_ < 0) return;
  if (has_own_group())
    ::kill(-pid_, SIGKILL);
  else
    kill_tree(pid_);
  ::kill(pid_, SIGKILL);  // it may not have made its group yet
  while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
  }
  pid_ = -1;
  if (is_worker_in_good_faith()) kill_descendants();
  if (confinement_.uid >= 0) kill_processes_of(confinement_.uid);
}

}  // namespace handbuilt::grader
