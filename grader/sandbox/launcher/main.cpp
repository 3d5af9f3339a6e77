#include <fcntl.h>
#include <grp.h>
#include <linux/close_range.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <exception>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "grader/protocol/frame.hpp"
#include "grader/sandbox/job_user.hpp"
#include "grader/sandbox/launcher/bubblewrap.hpp"
#include "grader/sandbox/launcher/landlock.hpp"
#include "grader/sandbox/launcher/order.hpp"
#include "grader/sandbox/launcher/probe.hpp"
#include "grader/sandbox/launcher/seccomp.hpp"
#include "grader/sandbox/process_tree.hpp"
#include "grader/sandbox/rlimits.hpp"

// Stands in front of a job: see grader/sandbox/confinement.hpp. In contained mode it takes the job's rights away and
// watches over it; in graded mode it becomes bubblewrap first, and does the same as process 1 of its namespaces.
namespace handbuilt::grader {

namespace {

constexpr int kErrorDescriptor = 7;

void report(const std::string& line) {
  const std::string text = line + "\n";
  [[maybe_unused]] const ssize_t written = ::write(kReportDescriptor, text.data(), text.size());
}

/// Opens the worker's program while its folders can still be passed through, and leaves it open for `run_job`.
void open_program(const Order& order) {
  const int program = ::open(order.command[0].c_str(), O_PATH);
  if (program < 0) fail("cannot open " + order.command[0]);
  if (program == kProgramDescriptor) return;
  ::dup2(program, kProgramDescriptor);
  ::close(program);
}

/// For good: root's groups, real, effective and saved user.
void become_user(int uid) {
  const pid_t parent = ::getppid();
  const auto user = static_cast<uid_t>(uid);
  const auto group = static_cast<gid_t>(uid);
  if (::setgroups(0, nullptr) != 0 || ::setresgid(group, group, group) != 0 || ::setresuid(user, user, user) != 0)
    fail("cannot become user " + std::to_string(uid));
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // the change of user has taken it back
  if (::getppid() != parent) ::_exit(1);
}

/// What the job's user must be able to read. Its bubblewrap must find this program too.
void require_readable(std::vector<std::string> paths) {
  std::array<char, 4096> self{};
  if (::readlink("/proc/self/exe", self.data(), self.size() - 1) > 0) paths.emplace_back(self.data());
  for (const std::string& path : paths)
    if (::access(path.c_str(), R_OK) != 0)
      fail("user " + std::to_string(::getuid()) + " cannot read " + path +
           " (keep the course outside of anybody's home, in /opt/handbuilt for instance, or open the folders above it "
           "with chmod o+x)");
}

void restrict_job(const Order& order) {
  const bool is_own_user = order.uid >= 0 || order.is_inside;  // a user namespace counts for itself
  set_rlimits(order.limits, order.kind, is_own_user);
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) fail("cannot give up new privileges");
  if (order.mode == SandboxMode::contained && landlock_version() > 0) {
    std::vector<std::string> readable = system_folders(order.kind);
    readable.insert(readable.end(), order.readable.begin(), order.readable.end());
    restrict_files(readable, order.writable, order.kind == JobKind::worker ? kProgramDescriptor : -1);
  }
  restrict_calls(order.kind, order.mode == SandboxMode::graded);
}

[[noreturn]] void run_job(const Order& order) {
  std::vector<std::string> command = order.command;
  std::vector<char*> argv;
  for (std::string& word : command) argv.push_back(word.data());
  argv.push_back(nullptr);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  ::close_range(kErrorDescriptor + 1, ~0u, 0);
  ::close(kReportDescriptor);
  for (const int descriptor : {kProgramDescriptor, kErrorDescriptor}) ::fcntl(descriptor, F_SETFD, FD_CLOEXEC);
  if (order.kind == JobKind::compiler)
    for (const int descriptor : {kCallDescriptor, kAnswerDescriptor}) ::close(descriptor);
  try {
    if (order.mode == SandboxMode::contained && ::chdir("/") != 0) fail("cannot go to /");
    restrict_job(order);
    if (order.kind == JobKind::worker)
      ::execveat(kProgramDescriptor, "", argv.data(), environ, AT_EMPTY_PATH);
    else
      ::execve(argv[0], argv.data(), environ);
    fail("cannot run " + order.command[0]);
  } catch (const std::exception& error) {
    const std::string text = error.what();
    [[maybe_unused]] const ssize_t written = ::write(kErrorDescriptor, text.data(), text.size());
  }
  ::_exit(127);
}

/// Kills what the job has left, before anybody hears that it has ended.
void sweep(const Order& order) {
  if (order.is_inside) return;  // with process 1 the kernel ends them all
  if (order.uid >= 0) kill_others_of_own_user(order.uid);
  kill_descendants();
}

int watch_over(const Order& order) {
  std::array<int, 2> errors{};
  if (::pipe2(errors.data(), O_CLOEXEC) != 0) fail("cannot make a pipe");
  ::prctl(PR_SET_CHILD_SUBREAPER, 1);
  ::prctl(PR_SET_DUMPABLE, 0);
  const pid_t job = ::fork();
  if (job < 0) fail("cannot start a process");
  if (job == 0) {
    ::dup2(errors[1], kErrorDescriptor);
    run_job(order);
  }
  for (const int descriptor : {kCallDescriptor, kAnswerDescriptor, kProgramDescriptor, errors[1]}) ::close(descriptor);

  std::array<char, 1024> error{};
  const ssize_t failed = ::read(errors[0], error.data(), error.size());
  if (failed > 0) throw Error(std::string(error.data(), static_cast<std::size_t>(failed)));
  int status = 0;
  for (pid_t gone = 0; gone != job;) {
    gone = ::waitpid(-1, &status, 0);
    if (gone < 0 && errno != EINTR) fail("cannot wait for the program");
  }
  sweep(order);
  report(WIFSIGNALED(status) ? "signal " + std::to_string(WTERMSIG(status))
                             : "exit " + std::to_string(WEXITSTATUS(status)));
  return 0;
}

int launch(const Order& order) {
  if (!order.is_inside && order.kind == JobKind::worker) open_program(order);
  if (order.uid >= 0) become_user(order.uid);
  if (::geteuid() == 0) throw Error("a job never runs as root");
  if (!order.is_inside) require_readable(order.readable);
  if (order.mode == SandboxMode::graded && !order.is_inside) enter_bubblewrap(order);
  if (order.mode == SandboxMode::contained && order.uid < 0 && landlock_version() == 0)
    throw Error("only root can give a job a user of its own, and this kernel has no Landlock to keep it from files");
  return watch_over(order);
}

}  // namespace

}  // namespace handbuilt::grader

int main(int argc, char** argv) {
  using namespace handbuilt::grader;
  const std::vector<std::string> words(argv + 1, argv + argc);
  if (!words.empty() && words[0] == "probe") return probe({words.begin() + 1, words.end()});
  try {
    return launch(read_order(words));
  } catch (const std::exception& error) {
    report(std::string("failed ") + error.what());
    return 1;
  }
}
