#include "grader/course/process.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string_view>

#include "core/error.hpp"

namespace handbuilt::grader {

namespace {

constexpr int kCannotStart = 127;

/// In the child, or instead of the parent: nothing here may fail with an exception.
void execute(const Command& command) {
  std::vector<char*> words;
  for (const std::string& word : command.words) words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);
  if (!command.folder.empty() && ::chdir(command.folder.c_str()) != 0) return;
  for (const std::string& variable : command.environment) ::putenv(const_cast<char*>(variable.c_str()));
  ::execvp(words[0], words.data());
}

[[noreturn]] void cannot_start(const Command& command) {
  throw Error("cannot start " + command.words.front() + ": " + std::strerror(errno));
}

/// `output` takes both standard output and standard error; -1 leaves a stream as it is.
pid_t start(const Command& command, int input, int output) {
  const pid_t child = ::fork();
  if (child < 0) cannot_start(command);
  if (child > 0) return child;
  if (input >= 0) ::dup2(input, STDIN_FILENO);
  if (output >= 0) ::dup2(output, STDOUT_FILENO);
  if (output >= 0) ::dup2(output, STDERR_FILENO);
  execute(command);
  constexpr std::string_view kMessage = "cannot start the program\n";
  [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, kMessage.data(), kMessage.size());
  ::_exit(kCannotStart);
}

int wait_for(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

int run_pieces(const Command& command, const std::function<void(std::string_view)>& use_piece) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) cannot_start(command);
  const int nothing = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  const pid_t child = start(command, nothing, ends[1]);
  ::close(ends[1]);
  ::close(nothing);

  std::array<char, 4096> buffer{};
  for (;;) {
    const ssize_t got = ::read(ends[0], buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    use_piece({buffer.data(), static_cast<std::size_t>(got)});
  }
  ::close(ends[0]);
  return wait_for(child);
}

}  // namespace

std::string shell_words(const Command& command) {
  std::string line;
  for (const std::string& word : command.words) {
    const bool plain = !word.empty() && word.find_first_of(" \t\n'\"\\$&|;<>()*?#~`") == std::string::npos;
    line += (line.empty() ? "" : " ") + (plain ? word : "'" + word + "'");
  }
  return line;
}

int run(const Command& command) { return wait_for(start(command, -1, -1)); }

int run_lines(const Command& command, const std::function<void(const std::string&)>& use_line) {
  std::string open_line;
  const int exit_code = run_pieces(command, [&](std::string_view piece) {
    for (const char c : piece) {
      if (c != '\n') {
        open_line += c;
        continue;
      }
      use_line(open_line);
      open_line.clear();
    }
  });
  if (!open_line.empty()) use_line(open_line);
  return exit_code;
}

Captured capture(const Command& command) {
  Captured captured;
  captured.exit_code = run_pieces(command, [&](std::string_view piece) { captured.output += piece; });
  return captured;
}

void become(const Command& command) {
  execute(command);
  cannot_start(command);
}

bool is_program(const std::string& name) {
  const char* path = std::getenv("PATH");
  std::string_view rest = path == nullptr ? "" : path;
  while (!rest.empty()) {
    const std::size_t colon = rest.find(':');
    const std::string candidate = std::string(rest.substr(0, colon)) + "/" + name;
    if (::access(candidate.c_str(), X_OK) == 0) return true;
    rest.remove_prefix(colon == std::string_view::npos ? rest.size() : colon + 1);
  }
  return false;
}

}  // namespace handbuilt::grader
