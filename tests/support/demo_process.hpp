#pragma once

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <csignal>

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace handbuilt::testing {

/// A demo as a child process, killed when this goes out of scope.
class DemoProcess {
 public:
  explicit DemoProcess(const char* program, std::vector<std::string> arguments = {}) : process_(fork()) {
    if (process_ == 0) {
      prctl(PR_SET_PDEATHSIG, SIGKILL);  // left over, it would hold the test's output open
      std::vector<char*> words{const_cast<char*>(program)};
      for (std::string& argument : arguments) words.push_back(argument.data());
      words.push_back(nullptr);
      execv(program, words.data());
      _exit(127);
    }
  }
  ~DemoProcess() {
    if (process_ > 0 && !ended()) {
      kill(process_, SIGKILL);
      waitpid(process_, nullptr, 0);
    }
  }
  DemoProcess(const DemoProcess&) = delete;
  DemoProcess& operator=(const DemoProcess&) = delete;

  /// Whether it has ended; its exit code is then in `exit_code`, -1 for a signal.
  bool ended() {
    int status = 0;
    if (!exit_code && waitpid(process_, &status, WNOHANG) == process_)
      exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return exit_code.has_value();
  }

  std::optional<int> exit_code;

 private:
  pid_t process_;
};

/// Whether something holds within a minute, asked again and again.
inline bool wait_until(const std::function<bool()>& holds) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (std::chrono::steady_clock::now() < deadline) {
    if (holds()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return holds();
}

}  // namespace handbuilt::testing
