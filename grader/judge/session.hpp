#pragma once

#include <cstdint>
#include <exception>
#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/random.hpp"
#include "grader/judge/channel.hpp"
#include "grader/judge/verdict.hpp"
#include "grader/lesson_toml.hpp"
#include "grader/sandbox/mode.hpp"

namespace handbuilt::grader {

/// A mistake that would lead to the answer of a failing test.
struct Suspicion {
  /// "the kernel is flipped", and which of the answers given for that name it is: 0, 1, ...
  using Mistake = std::pair<std::string, int>;
  Mistake mistake;
  std::string help;
};

/// Why a test of a task did not pass.
struct Failure {
  Status status = Status::wrong;
  std::string message;
  std::string rationale;
  std::string help;
  bool recognised = false;  ///< the message names the mistake, and is worth more than an earlier one that does not
  std::string pattern{};    ///< what all wrong entries have in common; a suspicion says more
  std::vector<Suspicion> suspicions{};  ///< the mistakes that explain the answer, the likeliest first
  std::string input{};                  ///< the call that went wrong; the session fills it in
  std::string frames{};                 ///< the calls that led to it, for replay; the session fills them in
};

/// The whole message, below the suspicion or the pattern, if any.
[[nodiscard]] std::string headed_message(const Failure& failure, const Suspicion* suspicion);

/// Leaves a test whose student's function gave no value.
class StudentFailed : public std::exception {
 public:
  explicit StudentFailed(Status status) : status_(status) {}
  [[nodiscard]] Status status() const { return status_; }
  [[nodiscard]] const char* what() const noexcept override { return "the student's code gave no answer"; }

 private:
  Status status_;
};

/// A call as the judge's tests made it, kept so that a message can show it.
struct Call {
  using Show = std::string (*)(std::string_view arguments, std::string_view names);

  std::string function;  ///< "convnet::conv2d_forward"
  std::string names;     ///< of the parameters, "input, weights"; may be empty
  std::string arguments;
  Show show = nullptr;
};

/// One run of a judge: which lesson, where its workers are, and the task and test at hand. The functions of
/// `namespace student` and the expectations report to the one session of the program.
class Session {
 public:
  struct Options {
    std::filesystem::path workers;
    std::filesystem::path keep;  ///< where failing calls are kept; empty: nowhere
    std::uint64_t seed = 0;
    bool sanitized = false;
    SandboxMode sandbox = SandboxMode::local;
  };

  static Session& current();

  void configure(Options options) { options_ = std::move(options); }
  [[nodiscard]] const Options& options() const { return options_; }

  /// Around all tests of a task.
  void begin_task(const TaskInfo& task);
  [[nodiscard]] TaskResult end_task();

  /// Before each test: its random stream depends on the seed and its own name alone.
  void begin_test(const std::string& name);

  /// True when no further test of the task can say anything new: the worker is gone or the task is not started.
  [[nodiscard]] bool task_is_over() const { return over_; }

  [[nodiscard]] Random& draws() { return draws_; }

  /// Calls a function of the student's. Gives the answer's payload, or records the failure and throws StudentFailed.
  std::string call(FrameKind kind, Call call);

  void fail(Failure failure);
  /// An answer of this task is not what the mistake leads to: whatever went wrong elsewhere has another cause.
  void rule_out(const Suspicion::Mistake& mistake) { ruled_out_.insert(mistake); }
  /// Takes back the last failure: it was what the test wanted.
  void forgive();
  /// Adds a line to what the report says when the task passes.
  void note(const std::string& line);
  [[nodiscard]] bool test_has_failed() const { return failures_in_test_ > 0; }

  /// "convnet::conv2d_forward was called with\n  input = ..."; empty before the first call of a test.
  [[nodiscard]] std::string describe_last_call() const;

  /// What the judge itself could not do; makes its exit code 2.
  void judge_failed(const std::string& why);
  [[nodiscard]] const std::string& judge_failure() const { return judge_failure_; }

 private:
  Channel& channel();
  [[nodiscard]] Failure failure_of(const Reply& reply) const;
  [[nodiscard]] Failure failure_of_exception(const std::string& payload) const;
  [[nodiscard]] Failure failure_of_ending(Ending ending) const;
  [[nodiscard]] const Failure& telling_failure() const;
  /// The first mistake that explains this failure and that no answer speaks against; none: null.
  [[nodiscard]] const Suspicion* suspected(const Failure& failure) const;
  [[nodiscard]] bool says_something_new(const Failure& failure) const;
  void keep_call(const Failure& failure);

  Options options_;
  Random draws_{0};
  std::string judge_failure_;

  TaskInfo task_;
  std::chrono::steady_clock::time_point task_began_;
  std::unique_ptr<Channel> channel_;
  std::vector<Failure> failures_;
  std::set<Suspicion::Mistake> ruled_out_;
  std::string notes_;
  bool over_ = false;

  int failures_in_test_ = 0;
  std::optional<Call> last_call_;
  std::string frames_;       // the calls of this test, for replay
  std::string replay_file_;  // of the telling failure
};

/// What a student should hear of a task that passes: note("loss 0.69 -> 0.04 in 60 steps").
inline void note(const std::string& line) { Session::current().note(line); }

}  // namespace handbuilt::grader
