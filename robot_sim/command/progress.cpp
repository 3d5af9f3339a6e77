#include <unistd.h>

#include <chrono>
#include <cstdio>

#include "robot_sim/command/commands.hpp"

namespace handbuilt::robot_sim {

std::function<void(double)> progress_line(const std::string& what) {
  using Clock = std::chrono::steady_clock;
  const bool terminal = isatty(STDERR_FILENO) == 1;
  const auto pause = terminal ? std::chrono::milliseconds(200) : std::chrono::milliseconds(10'000);
  auto next = Clock::now() + std::chrono::milliseconds(terminal ? 1000 : 10'000);
  bool shown = false;
  return [=](double share) mutable {
    if (share >= 1 && shown && terminal) std::fprintf(stderr, "\r\033[K");
    if (share >= 1 || Clock::now() < next) return;
    next = Clock::now() + pause;
    shown = true;
    std::fprintf(stderr, terminal ? "\r%s: %.0f %% " : "%s: %.0f %%\n", what.c_str(), 100 * share);
    std::fflush(stderr);
  };
}

}  // namespace handbuilt::robot_sim
