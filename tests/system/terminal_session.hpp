#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

namespace handbuilt::test {

/// A program on a pseudo-terminal of its own, driven as a person would: keys go in, and what the screen was sent is
/// read.
class TerminalSession {
 public:
  struct Setting {
    int columns = 80;
    std::filesystem::path folder;          ///< where the program runs
    std::vector<std::string> environment;  ///< "NAME=value", beside what is inherited
  };
  TerminalSession(const std::vector<std::string>& words, const Setting& setting);

  /// Kills what still runs.
  ~TerminalSession();
  TerminalSession(const TerminalSession&) = delete;
  TerminalSession& operator=(const TerminalSession&) = delete;

  void type(const std::string& keys);

  /// What the program writes up to and including `text`, looked for after what earlier calls returned. Throws Error,
  /// with what came instead, when it does not come within a generous time.
  std::string wait_for(const std::string& text);

  /// What the program writes until it ends.
  std::string wait_for_end();

  /// After wait_for_end: its exit code, or 128 + the signal that ended it.
  [[nodiscard]] int exit_code() const { return exit_code_; }

  /// Everything written so far, with '\n' at the end of lines.
  [[nodiscard]] const std::string& output() const { return output_; }

  /// Does the terminal show what is typed, line by line, as it does at a shell's prompt?
  [[nodiscard]] bool is_sane() const;

  /// The processes of the terminal's session, the program itself included.
  [[nodiscard]] std::vector<pid_t> processes() const;

  /// Processor time of the program and of the children it has waited for, in seconds.
  [[nodiscard]] double cpu_seconds() const;

 private:
  bool read_some(int milliseconds);

  int terminal_ = -1;
  pid_t program_ = -1;
  bool has_ended_ = false;
  int exit_code_ = -1;
  std::string output_;
  std::size_t seen_ = 0;
};

}  // namespace handbuilt::test
