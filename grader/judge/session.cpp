#include "grader/judge/session.hpp"

#include <signal.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <string_view>
#include <utility>

#include "core/error.hpp"
#include "core/file.hpp"
#include "grader/judge/sanitizer_report.hpp"
#include "grader/protocol/codec.hpp"
#include "grader/protocol/parts.hpp"

namespace handbuilt::grader {

namespace {

constexpr std::size_t kMostKeptBytes = std::size_t{64} << 20;
constexpr double kSanitizerSlowdown = 5;

std::string seconds_text(double seconds) {
  std::string text = std::to_string(seconds);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text + (text == "1" ? " second" : " seconds");
}

std::string signal_text(int number) {
  const char* abbreviation = ::sigabbrev_np(number);
  const std::string name = abbreviation != nullptr ? std::string("SIG") + abbreviation : std::to_string(number);
  switch (number) {
    case SIGSEGV:
      return name + ": it touched memory that is not its own, or called itself without end";
    case SIGFPE:
      return name + ": it divided a whole number by zero";
    case SIGABRT:
      return name + ": it gave up (an assertion, or an exception nobody could catch)";
    default:
      return name + " (" + ::strsignal(number) + ")";
  }
}

/// What the last failed assertion in the output means; empty if there is none. The standard library writes
/// "Assertion '...' failed", assert() "Assertion `...' failed".
std::string failed_assertion(const std::string& output) {
  const std::string mark = "Assertion ";
  const std::size_t begin = output.rfind(mark);
  if (begin == std::string::npos) return "";
  const std::size_t from = begin + mark.size() + 1, end = output.find("' failed", from);
  if (end == std::string::npos) return "";
  const std::string condition = output.substr(from, end - from);
  if (condition == "__n < this->size()") return "it reads or writes past the end of a std::vector";
  if (condition == "!this->empty()") return "it asks an empty std::vector for an entry";
  return "this assertion does not hold: " + condition;
}

/// The name of an argument, of "input, weights, bias", by its number from 0; the number itself if it has none.
std::string argument_name(std::string_view names, const std::string& number) {
  std::string name;
  for (long left = std::strtol(number.c_str(), nullptr, 10); left >= 0 && !names.empty(); --left)
    name = detail::next_name(names);
  return name.empty() ? number : name;
}

}  // namespace

std::string headed_message(const Failure& failure, const Suspicion* suspicion) {
  const std::string head = suspicion != nullptr ? "it looks as if " + suspicion->mistake.first : failure.pattern;
  return head.empty() ? failure.message : head + "\n" + failure.message;
}

Session& Session::current() {
  static Session session;
  return session;
}

void Session::begin_task(const TaskInfo& task) {
  task_ = task;
  task_began_ = std::chrono::steady_clock::now();
  channel_.reset();
  failures_.clear();
  ruled_out_.clear();
  notes_.clear();
  replay_file_.clear();
  over_ = false;
}

void Session::begin_test(const std::string& name) {
  draws_ = Random(options_.seed, name);
  failures_in_test_ = 0;
  last_call_.reset();
  frames_.clear();
}

TaskResult Session::end_task() {
  TaskResult verdict;
  verdict.id = task_.id;
  verdict.title = task_.title;
  verdict.status = Status::passed;
  verdict.max_points = task_.points;
  if (channel_) {
    const SanitizerReport report = read_sanitizer_report(channel_->output(), task_.file);
    verdict.output = report.found ? report.before : channel_->output();  // the message has the rest
  }
  channel_.reset();
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - task_began_;
  verdict.seconds = elapsed.count();
  if (failures_.empty()) {
    verdict.points = task_.points;
    verdict.note = notes_;
    return verdict;
  }
  const Failure& failure = telling_failure();
  keep_call(failure);
  verdict.status = failure.status;
  const Suspicion* suspicion = suspected(failure);
  verdict.message = headed_message(failure, suspicion);
  verdict.rationale = failure.rationale;
  verdict.help = suspicion != nullptr && !suspicion->help.empty() ? suspicion->help : failure.help;
  verdict.input = failure.input;
  verdict.replay = replay_file_;
  return verdict;
}

const Suspicion* Session::suspected(const Failure& failure) const {
  const auto found = std::find_if(failure.suspicions.begin(), failure.suspicions.end(),
                                  [&](const Suspicion& suspicion) { return !ruled_out_.contains(suspicion.mistake); });
  return found == failure.suspicions.end() ? nullptr : &*found;
}

/// Meddling outweighs everything; otherwise the first failure decides, unless a later wrong answer was recognised.
const Failure& Session::telling_failure() const {
  const auto meddling =
      std::find_if(failures_.begin(), failures_.end(), [](const Failure& f) { return f.status == Status::forbidden; });
  if (meddling != failures_.end()) return *meddling;
  // With sanitizers, a line to look at says more than an answer that came out wrong somewhere before it.
  const auto crash =
      std::find_if(failures_.begin(), failures_.end(), [](const Failure& f) { return f.status == Status::crashed; });
  if (options_.sanitized && crash != failures_.end()) return *crash;
  if (failures_.front().status != Status::wrong) return failures_.front();
  const auto recognised = std::find_if(failures_.begin(), failures_.end(),
                                       [&](const Failure& f) { return f.recognised || suspected(f) != nullptr; });
  return recognised != failures_.end() ? *recognised : failures_.front();
}

Channel& Session::channel() {
  if (!channel_) {
    Limits limits{task_.cpu_seconds, task_.wall_seconds, task_.memory_mb};
    if (options_.sanitized)
      limits = {task_.cpu_seconds * kSanitizerSlowdown, task_.wall_seconds * kSanitizerSlowdown, 0};
    const auto worker = std::filesystem::absolute(options_.workers / file_stem(task_));
    channel_ = std::make_unique<Channel>(std::vector<std::string>{worker.string()}, limits, options_.sandbox);
  }
  return *channel_;
}

std::string Session::call(FrameKind kind, Call call) {
  if (over_) throw StudentFailed(failures_.back().status);
  ByteWriter payload;
  write_value(payload, call.function);
  payload.raw(call.arguments.data(), call.arguments.size());
  if (!options_.keep.empty()) {
    // A replay needs the calls before, which made and moved the student's objects.
    const std::string frame = encode_frame({kind, 0, 0, 0}, payload.bytes());
    if (frames_.size() + frame.size() > kMostKeptBytes) frames_.clear();
    frames_ += frame;
  }
  last_call_ = std::move(call);
  Reply reply = channel().call(kind, payload.bytes());
  if (reply.kind == Reply::Kind::answered && reply.frame == FrameKind::returned) return std::move(reply.payload);
  if (reply.frame == FrameKind::refused) {
    ByteReader in(reply.payload);
    throw ProtocolError("the worker refuses a call of " + last_call_->function + ": " + read_value<std::string>(in));
  }
  Failure failure = failure_of(reply);
  const Status status = failure.status;
  over_ = reply.kind != Reply::Kind::answered || status == Status::not_started;
  fail(std::move(failure));
  throw StudentFailed(status);
}

Failure Session::failure_of(const Reply& reply) const {
  switch (reply.kind) {
    case Reply::Kind::answered:
      if (reply.frame == FrameKind::not_started) return {Status::not_started, "not started yet", "", "", false};
      if (reply.frame == FrameKind::out_of_memory) break;
      return failure_of_exception(reply.payload);
    case Reply::Kind::out_of_cpu_time:
      return {
          Status::timed_out,
          "your code was stopped after " + seconds_text(task_.cpu_seconds) + " of computing: a loop without an end?",
          "", "", false};
    case Reply::Kind::out_of_wall_time:
      return {Status::timed_out,
              "your code was stopped after " + seconds_text(task_.wall_seconds) + ": it seems to wait for something",
              "", "", false};
    case Reply::Kind::out_of_memory:
      break;
    case Reply::Kind::meddled:
      return {Status::forbidden, "your code meddled with the grader: " + reply.reason, "", "", false};
    case Reply::Kind::ended:
      return failure_of_ending(reply.ending);
  }
  return {Status::out_of_memory,
          "your code asked for more memory than the " + std::to_string(task_.memory_mb) + " MB it may use", "", "",
          false};
}

Failure Session::failure_of_exception(const std::string& payload) const {
  ThrownKind kind = ThrownKind::something_else;
  std::string type, text;
  try {
    ByteReader in(payload);
    read_value(in, kind);
    read_value(in, type);
    read_value(in, text);
  } catch (const ProtocolError&) {
    return {Status::forbidden, "your code meddled with the grader: it made up an answer", "", "", false};
  }
  if (kind == ThrownKind::index_error)
    return {Status::wrong, "your code indexes a tensor wrongly: " + text, "", "", true};
  if (kind == ThrownKind::changed_constant)
    return {Status::wrong,
            "your code changed its input `" + argument_name(last_call_->names, text) + "`, which is const", "",
            "who else may still need it? Change a copy", true};
  const Status status = kind == ThrownKind::other_handbuilt_error ? Status::wrong : Status::crashed;
  return {status, "your code threw " + type + (text.empty() ? "" : ": " + text), "", "", true};
}

Failure Session::failure_of_ending(Ending ending) const {
  const SanitizerReport report = read_sanitizer_report(channel_ ? channel_->output() : "", task_.file);
  if (report.found) return {Status::crashed, report.message(task_.file), "", "", false};
  if (!ending.by_signal)
    return {Status::crashed,
            "your code ended the program (exit code " + std::to_string(ending.code) + ") instead of returning", "", "",
            false};
  if (ending.code == SIGSYS)
    return {Status::forbidden, "your code asked the system for something an exercise has no need of", "", "", false};
  const std::string assertion = channel_ ? failed_assertion(channel_->output()) : "";
  if (ending.code == SIGABRT && !assertion.empty())
    return {Status::crashed, "your code was stopped: " + assertion, "", "", true};
  return {Status::crashed, "your code crashed with " + signal_text(ending.code), "", "", false};
}

void Session::fail(Failure failure) {
  if (failure.status != Status::not_started) failure.input = describe_last_call();
  ++failures_in_test_;
  if (!options_.keep.empty() && says_something_new(failure)) failure.frames = frames_;
  failures_.push_back(std::move(failure));
}

/// Only such a failure can be the telling one at the task's end.
bool Session::says_something_new(const Failure& failure) const {
  if (failures_.empty() || failure.status != Status::wrong || failure.recognised) return true;
  const auto is_known = [&](const Suspicion& suspicion) {
    return std::any_of(failures_.begin(), failures_.end(), [&](const Failure& earlier) {
      return std::any_of(earlier.suspicions.begin(), earlier.suspicions.end(),
                         [&](const Suspicion& other) { return other.mistake == suspicion.mistake; });
    });
  };
  return !std::all_of(failure.suspicions.begin(), failure.suspicions.end(), is_known);
}

void Session::forgive() {
  if (failures_.empty()) return;
  failures_.pop_back();
  --failures_in_test_;
}

void Session::note(const std::string& line) { notes_ += (notes_.empty() ? "" : "\n") + line; }

std::string Session::describe_last_call() const {
  if (!last_call_) return "";
  return last_call_->function + " was called with\n" + last_call_->show(last_call_->arguments, last_call_->names);
}

void Session::judge_failed(const std::string& why) {
  if (judge_failure_.empty()) judge_failure_ = why;
}

void Session::keep_call(const Failure& failure) {
  if (options_.keep.empty() || failure.frames.empty() || failure.status == Status::not_started) return;
  std::filesystem::create_directories(options_.keep);
  const auto file = options_.keep / (task_.id + ".call");
  write_file(file, failure.frames);
  replay_file_ = file.string();
}

}  // namespace handbuilt::grader
