#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "grader/judge/answer_reader.hpp"
#include "grader/judge/reply.hpp"
#include "grader/protocol/frame.hpp"
#include "grader/sandbox/job_user.hpp"
#include "grader/sandbox/process.hpp"

namespace handbuilt::grader {

/// A running worker and the conversation with it. The worker is taken to be hostile: nothing it sends can crash the
/// judge, keep it waiting beyond the limits, or be taken for the answer to another call.
class Channel {
 public:
  /// Starts the worker in a sandbox. Throws as JobUser and Process do.
  Channel(const std::vector<std::string>& command, const Limits& limits, SandboxMode sandbox = SandboxMode::local);

  /// Sends a call and waits for its answer. After any reply but `answered` the worker has been killed.
  Reply call(FrameKind kind, std::string_view payload);

  /// What the program has printed so far, cut at `kMostOutput`.
  [[nodiscard]] const std::string& output() const { return output_; }

  static constexpr std::size_t kMostOutput = 64 * 1024;

 private:
  using Clock = std::chrono::steady_clock;

  /// Waits until something can be read (or, when `writing`, written); gives a reply when a limit is reached first.
  std::optional<Reply> wait_for_traffic(bool writing);
  std::optional<Reply> exceeded_limit();
  Reply silent_end();
  void drain_output();
  /// False at the end of the stream.
  bool take_answer_bytes();
  Reply finish(Reply reply);

  Limits limits_;
  std::optional<JobUser> user_;  // none in good faith
  Process process_;
  Clock::time_point deadline_, looked_;
  std::random_device nonces_;
  FrameHeader sent_;
  AnswerReader reader_;
  std::string output_;
};

}  // namespace handbuilt::grader
