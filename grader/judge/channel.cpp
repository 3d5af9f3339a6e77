#include "grader/judge/channel.hpp"

#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

namespace handbuilt::grader {

namespace {

constexpr std::chrono::milliseconds kLook{20};          // how often what it uses is looked at
constexpr std::chrono::milliseconds kLastWords{2'000};  // how long a closed channel may take to become an ended program
constexpr int kMostProcesses = 64;                      // an exercise needs one; its sandbox has two more
constexpr double kSandboxMegabytes = 32;                // of those two

Reply reply(Reply::Kind kind) { return {kind, {}, {}, {}, {}}; }
Reply meddled(std::string reason) { return {Reply::Kind::meddled, {}, {}, {}, std::move(reason)}; }

Confinement worker_confinement(SandboxMode sandbox, int uid) {
  if (sandbox != SandboxMode::local) return {sandbox, JobKind::worker, uid, {}, {}, {"LC_ALL=C.UTF-8"}};
  return {sandbox,
          JobKind::worker,
          uid,
          {},
          {},
          {"PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8", "ASAN_OPTIONS=detect_leaks=0", "UBSAN_OPTIONS=print_stacktrace=1"}};
}

}  // namespace

Channel::Channel(const std::vector<std::string>& command, const Limits& limits, SandboxMode sandbox)
    : limits_(limits),
      user_(sandbox == SandboxMode::local ? std::optional<JobUser>() : std::optional<JobUser>(std::in_place)),
      process_(command, limits, worker_confinement(sandbox, user_ ? user_->uid() : -1)),
      deadline_(Clock::now() + std::chrono::microseconds(static_cast<std::int64_t>(limits.wall_seconds * 1e6))),
      looked_(Clock::now()) {}

Reply Channel::call(FrameKind kind, std::string_view payload) {
  sent_ = {kind, (std::uint64_t{nonces_()} << 32) | nonces_(), sent_.sequence + 1, 0};
  reader_.expect(sent_);
  const std::string frame = encode_frame(sent_, payload);
  std::size_t written = 0;
  for (;;) {
    if (written < frame.size()) {
      const ssize_t put = ::write(process_.calls(), frame.data() + written, frame.size() - written);
      if (put > 0) written += static_cast<std::size_t>(put);
      if (put < 0 && errno == EPIPE) return finish(silent_end());
    }
    if (auto limit = wait_for_traffic(written < frame.size())) return finish(std::move(*limit));
    drain_output();
    const bool is_open = take_answer_bytes();  // a program may answer and end at once: its answer counts
    if (auto answer = reader_.finished()) {
      if (answer->kind == Reply::Kind::answered && written == frame.size()) return std::move(*answer);
      return finish(answer->kind == Reply::Kind::answered ? meddled("it answered before it was asked")
                                                          : std::move(*answer));
    }
    if (!is_open) return finish(silent_end());
  }
}

std::optional<Reply> Channel::wait_for_traffic(bool writing) {
  std::array<pollfd, 3> watched{{{process_.answers(), POLLIN, 0}, {process_.output(), POLLIN, 0}, {-1, POLLOUT, 0}}};
  if (writing) watched[2].fd = process_.calls();
  for (;;) {
    if (auto limit = exceeded_limit()) return limit;
    const int ready = ::poll(watched.data(), watched.size(), static_cast<int>(kLook.count()));
    // A program that closed its output is not worth waking up for.
    if (watched[1].revents == POLLHUP) watched[1].fd = -1;
    if (ready > 0 && (watched[0].revents != 0 || watched[1].revents & POLLIN || watched[2].revents != 0))
      return std::nullopt;
  }
}

std::optional<Reply> Channel::exceeded_limit() {
  if (process_.cpu_seconds() > limits_.cpu_seconds) return reply(Reply::Kind::out_of_cpu_time);
  const Clock::time_point now = Clock::now();
  if (now > deadline_) return reply(Reply::Kind::out_of_wall_time);
  if (now - looked_ < kLook) return std::nullopt;
  looked_ = now;
  const TreeUsage usage = process_.usage();
  if (usage.cpu_seconds > limits_.cpu_seconds) return reply(Reply::Kind::out_of_cpu_time);
  if (limits_.memory_mb > 0 && usage.memory_mb > limits_.memory_mb + kSandboxMegabytes)
    return reply(Reply::Kind::out_of_memory);
  if (usage.processes > kMostProcesses) return meddled("it started more than a few processes");
  return std::nullopt;
}

/// The channel has closed without an answer: because the program has ended, or because it closed it itself.
Reply Channel::silent_end() {
  const auto ending = process_.wait(kLastWords);
  if (!ending || (!ending->by_signal && ending->code == kChannelBrokenExitCode))
    return meddled("it closed a descriptor of the grader's");
  if (ending->by_signal && ending->code == SIGXCPU) return reply(Reply::Kind::out_of_cpu_time);
  return {Reply::Kind::ended, {}, {}, *ending, {}};
}

void Channel::drain_output() {
  std::array<char, 16384> buffer;
  for (;;) {
    const ssize_t got = ::read(process_.output(), buffer.data(), buffer.size());
    if (got <= 0) return;
    output_.append(buffer.data(), std::min(static_cast<std::size_t>(got), kMostOutput - output_.size()));
    if (exceeded_limit()) return;  // or a flood would hold us here
  }
}

bool Channel::take_answer_bytes() {
  std::array<char, 65536> buffer;
  for (;;) {
    const ssize_t got = ::read(process_.answers(), buffer.data(), buffer.size());
    if (got == 0) return false;
    if (got < 0) return true;
    if (!reader_.take({buffer.data(), static_cast<std::size_t>(got)}) || exceeded_limit()) return true;
  }
}

Reply Channel::finish(Reply reply) {
  drain_output();
  process_.kill();
  return reply;
}

}  // namespace handbuilt::grader
