#include "grader/sandbox/process_tree.hpp"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

namespace handbuilt::grader {

namespace {

namespace fs = std::filesystem;

constexpr double kMegabyte = 1024.0 * 1024.0;
constexpr std::size_t kMostProcesses = 4096;  // a fork bomb is to be killed, not counted

std::string proc(pid_t pid, const char* file) { return "/proc/" + std::to_string(pid) + "/" + file; }

/// The children of a process, of each of its threads.
std::vector<pid_t> children_of(pid_t pid) {
  std::vector<pid_t> children;
  std::error_code error;
  for (fs::directory_iterator thread(proc(pid, "task"), error), end; !error && thread != end; thread.increment(error)) {
    std::ifstream file(thread->path() / "children");
    children.insert(children.end(), std::istream_iterator<pid_t>(file), std::istream_iterator<pid_t>());
  }
  return children;
}

std::vector<pid_t> descendants_of(pid_t root) {
  std::vector<pid_t> found = children_of(root);
  for (std::size_t i = 0; i < found.size() && found.size() < kMostProcesses; ++i)
    for (const pid_t child : children_of(found[i])) found.push_back(child);
  return found;
}

/// Adds what /proc/PID/stat says; nothing when the process is gone.
void add_usage(pid_t pid, TreeUsage& usage) {
  // Of a process that ends between opening and reading, the read fails; getline takes that for an empty file.
  std::ifstream file(proc(pid, "stat"));
  std::string line;
  std::getline(file, line, '\0');
  const std::size_t name_end = line.rfind(')');  // the name before it may hold anything
  if (name_end == std::string::npos) return;
  std::istringstream fields(line.substr(name_end + 1));
  const std::vector<std::string> field{std::istream_iterator<std::string>(fields), {}};
  constexpr std::size_t kFirst = 3;  // proc(5) counts the state, the first after the name, as field 3
  if (field.size() <= 24 - kFirst) return;
  const auto number = [&](std::size_t index) { return std::strtod(field[index - kFirst].c_str(), nullptr); };
  const double ticks = number(14) + number(15) + number(16) + number(17);
  usage.cpu_seconds += ticks / static_cast<double>(::sysconf(_SC_CLK_TCK));
  usage.memory_mb += number(24) * static_cast<double>(::sysconf(_SC_PAGESIZE)) / kMegabyte;
  ++usage.processes;
}

TreeUsage usage_of(const std::vector<pid_t>& pids) {
  TreeUsage usage;
  for (const pid_t pid : pids) add_usage(pid, usage);
  return usage;
}

}  // namespace

TreeUsage tree_usage(pid_t root) {
  std::vector<pid_t> all = descendants_of(root);
  all.push_back(root);
  return usage_of(all);
}

TreeUsage descendants_usage() { return usage_of(descendants_of(::getpid())); }

void kill_tree(pid_t root) {
  // From the top, so that nobody is left to start others; a second look finds those started meanwhile.
  for (int look = 0; look < 2; ++look) {
    const std::vector<pid_t> below = descendants_of(root);
    ::kill(root, SIGKILL);
    for (const pid_t pid : below) ::kill(pid, SIGKILL);
  }
}

void kill_descendants() {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(1);
  for (;;) {
    const std::vector<pid_t> left = descendants_of(::getpid());
    if (left.empty() || std::chrono::steady_clock::now() > deadline) return;
    for (const pid_t pid : left) ::kill(pid, SIGSTOP);  // first none may start another
    for (const pid_t pid : left) ::kill(pid, SIGKILL);
    while (::waitpid(-1, nullptr, WNOHANG) > 0) {
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
}

}  // namespace handbuilt::grader
