#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace handbuilt::grader {

/// A program to run: its name (looked up in PATH) and arguments, never through a shell.
struct Command {
  std::vector<std::string> words;
  std::filesystem::path folder;          ///< where it runs; empty for the current one
  std::vector<std::string> environment;  ///< "NAME=value", beside what is inherited
};

/// The command as one could type it, for messages.
std::string shell_words(const Command& command);

/// Runs the command with this terminal's input and output and returns its exit code, or 128 + the signal that ended it.
/// Throws Error when it cannot be started.
int run(const Command& command);

/// Runs the command without input, hands over every line it prints (standard output and standard error, as they come)
/// and returns its exit code as `run` does.
int run_lines(const Command& command, const std::function<void(const std::string& line)>& use_line);

struct Captured {
  int exit_code = 0;   ///< or 128 + the signal
  std::string output;  ///< standard output and standard error as they came
};
/// Runs the command without input and collects what it prints.
Captured capture(const Command& command);

/// Replaces this process by the command. Returns only by throwing Error.
[[noreturn]] void become(const Command& command);

/// Does `name` stand in PATH as a program?
bool is_program(const std::string& name);

}  // namespace handbuilt::grader
