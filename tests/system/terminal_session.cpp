#include "system/terminal_session.hpp"

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string_view>
#include <utility>

#include "core/error.hpp"

namespace handbuilt::test {

namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::seconds kPatience{60};  // for a loaded machine; what comes ends the wait at once

/// The fields of /proc/PID/stat behind the program's name, which may hold spaces; empty when there is no such process.
std::vector<std::string> stat_of(const std::string& pid) {
  std::ifstream file("/proc/" + pid + "/stat");
  std::string line;
  std::getline(file, line);
  const std::size_t name_end = line.rfind(')');
  if (name_end == std::string::npos) return {};
  std::istringstream rest(line.substr(name_end + 1));
  std::vector<std::string> fields;
  for (std::string field; rest >> field;) fields.push_back(field);
  return fields;
}

}  // namespace

TerminalSession::TerminalSession(const std::vector<std::string>& words, const Setting& setting) {
  std::vector<std::string> arguments = words, variables = setting.environment;
  std::vector<char*> argv;
  for (std::string& word : arguments) argv.push_back(word.data());
  argv.push_back(nullptr);
  winsize size{};
  size.ws_col = static_cast<unsigned short>(setting.columns);
  size.ws_row = 40;

  program_ = ::forkpty(&terminal_, nullptr, nullptr, &size);
  if (program_ < 0) throw Error("cannot open a pseudo-terminal");
  if (program_ == 0) {
    for (std::string& variable : variables) ::putenv(variable.data());
    if (::chdir(setting.folder.c_str()) == 0) ::execvp(argv[0], argv.data());
    ::_exit(127);
  }
  ::fcntl(terminal_, F_SETFD, FD_CLOEXEC);
}

TerminalSession::~TerminalSession() {
  for (const pid_t process : processes()) ::kill(process, SIGKILL);
  if (!has_ended_) ::waitpid(program_, nullptr, 0);
  ::close(terminal_);
}

void TerminalSession::type(const std::string& keys) {
  if (::write(terminal_, keys.data(), keys.size()) != static_cast<ssize_t>(keys.size()))
    throw Error("the terminal does not take what is typed");
}

/// False when the program has closed its side.
bool TerminalSession::read_some(int milliseconds) {
  pollfd waits{terminal_, POLLIN, 0};
  if (::poll(&waits, 1, milliseconds) <= 0) return true;
  std::array<char, 4096> buffer{};
  const ssize_t got = ::read(terminal_, buffer.data(), buffer.size());
  if (got < 0 && errno == EINTR) return true;
  if (got <= 0) return false;
  for (const char c : std::string_view(buffer.data(), static_cast<std::size_t>(got)))
    if (c != '\r') output_ += c;
  return true;
}

std::string TerminalSession::wait_for(const std::string& text) {
  const auto deadline = Clock::now() + kPatience;
  bool is_open = true;
  for (;;) {
    if (const std::size_t at = output_.find(text, seen_); at != std::string::npos) {
      const std::string came = output_.substr(seen_, at + text.size() - seen_);
      seen_ = at + text.size();
      return came;
    }
    if (!is_open || Clock::now() > deadline)
      throw Error("waited for \"" + text + "\", and this came:\n" + output_.substr(seen_));
    is_open = read_some(100);
  }
}

std::string TerminalSession::wait_for_end() {
  const auto deadline = Clock::now() + kPatience;
  while (read_some(100))
    if (Clock::now() > deadline) throw Error("the program did not end after writing:\n" + output_.substr(seen_));
  int status = 0;
  ::waitpid(program_, &status, 0);
  has_ended_ = true;
  exit_code_ = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
  return output_.substr(std::exchange(seen_, output_.size()));
}

bool TerminalSession::is_sane() const {
  termios mode{};
  return ::tcgetattr(terminal_, &mode) == 0 && (mode.c_lflag & ECHO) != 0 && (mode.c_lflag & ICANON) != 0;
}

std::vector<pid_t> TerminalSession::processes() const {
  constexpr std::size_t kState = 0, kSession = 3;
  std::vector<pid_t> found;
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    const std::string pid = entry.path().filename().string();
    if (pid.find_first_not_of("0123456789") != std::string::npos) continue;
    const std::vector<std::string> fields = stat_of(pid);
    if (fields.size() > kSession && fields[kState] != "Z" && fields[kSession] == std::to_string(program_))
      found.push_back(std::stoi(pid));
  }
  return found;
}

double TerminalSession::cpu_seconds() const {
  constexpr std::size_t kFirst = 11, kLast = 14;  // utime, stime, and those of waited-for children
  const std::vector<std::string> fields = stat_of(std::to_string(program_));
  double ticks = 0;
  for (std::size_t i = kFirst; i <= kLast && i < fields.size(); ++i) ticks += std::stod(fields[i]);
  return ticks / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

}  // namespace handbuilt::test
