#include "grader/sandbox/bounded_command.hpp"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>

#include "grader/sandbox/process.hpp"

namespace handbuilt::grader {

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds kLook{50};
constexpr milliseconds kLastWords{5'000};  // from the end of its output to the end of the program

std::string number(double value) {
  std::string text = std::to_string(value);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

std::string exceeded(const Process& process, const Limits& limits, Clock::time_point began) {
  const TreeUsage usage = process.usage();
  if (usage.cpu_seconds > limits.cpu_seconds) return "took more than " + number(limits.cpu_seconds) + " seconds";
  if (std::chrono::duration<double>(Clock::now() - began).count() > limits.wall_seconds)
    return "took more than " + number(limits.wall_seconds) + " seconds";
  if (limits.memory_mb > 0 && usage.memory_mb > limits.memory_mb)
    return "asked for more than " + std::to_string(limits.memory_mb) + " MB of memory";
  return "";
}

/// False at the end of the stream.
bool take_output(int descriptor, std::string& output) {
  std::array<char, 16384> buffer;
  for (;;) {
    const ssize_t got = ::read(descriptor, buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return got < 0;
    output.append(buffer.data(), std::min(static_cast<std::size_t>(got), kMostOutputOfACommand - output.size()));
    if (output.size() == kMostOutputOfACommand) return true;
  }
}

}  // namespace

BoundedRun run_bounded(const std::vector<std::string>& command, const Limits& limits, const Confinement& confinement) {
  const Clock::time_point began = Clock::now();
  Process process(command, limits, confinement);
  BoundedRun run;
  Clock::time_point looked = began;
  pollfd waiting{process.output(), POLLIN, 0};
  while (run.stopped.empty()) {
    ::poll(&waiting, 1, static_cast<int>(kLook.count()));
    if (!take_output(process.output(), run.output)) break;
    if (run.output.size() == kMostOutputOfACommand) run.stopped = "printed more than a megabyte";
    if (Clock::now() - looked < kLook) continue;
    looked = Clock::now();
    run.stopped = exceeded(process, limits, began);
  }
  if (!run.stopped.empty()) return run;
  if (const auto ending = process.wait(kLastWords))
    run.ending = *ending;
  else
    run.stopped = "did not end";
  return run;
}

}  // namespace handbuilt::grader
