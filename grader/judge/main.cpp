#include <gtest/gtest.h>
#include <signal.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "core/file.hpp"
#include "grader/judge/session.hpp"
#include "grader/judge/verdict.hpp"
#include "grader/lesson_toml.hpp"

namespace handbuilt::grader {

namespace {

enum ExitCode { kAllPassed = 0, kSomeDidNot = 1, kJudgeFailed = 2 };

struct Options {
  std::filesystem::path workers, lesson, json;
  std::filesystem::path keep;
  std::uint64_t seed = 0;
  std::vector<std::string> tasks, unmet;
  bool sanitized = false;
  std::string sandbox{to_string(SandboxMode::local)};
};

/// Tells the session which test runs, and whatever fails without its knowledge.
class Listener : public testing::EmptyTestEventListener {
 public:
  void OnTestStart(const testing::TestInfo& test) override {
    Session::current().begin_test(std::string(test.test_suite_name()) + "." + test.name());
  }
  void OnTestPartResult(const testing::TestPartResult& result) override {
    Session& session = Session::current();
    if (!result.failed() || session.test_has_failed() || session.task_is_over()) return;
    const std::string message = result.message();
    if (message.find("thrown in the test body") != std::string::npos) session.judge_failed(message);
    session.fail({Status::wrong, message, "", "", false});
  }
};

void use_only_listener(testing::TestEventListener* listener) {
  testing::TestEventListeners& listeners = testing::UnitTest::GetInstance()->listeners();
  delete listeners.Release(listeners.default_result_printer());
  listeners.Append(listener);
}

TaskResult without_points(const TaskInfo& task, Status status, std::string message) {
  TaskResult result;
  result.id = task.id;
  result.title = task.title;
  result.status = status;
  result.max_points = task.points;
  result.message = std::move(message);
  return result;
}

TaskResult run_tests_of(const TaskInfo& task) {
  const std::string suite = suite_name(task.id);
  testing::GTEST_FLAG(filter) = suite + ".*:*/" + suite + ".*";
  Session& session = Session::current();
  session.begin_task(task);
  const int ignored = RUN_ALL_TESTS();  // the session knows better
  (void)ignored;
  if (testing::UnitTest::GetInstance()->test_to_run_count() == 0)
    session.judge_failed("no test suite is named " + suite + ", for task " + task.id);
  TaskResult verdict = session.end_task();
  if (session.judge_failure().empty()) return verdict;
  return without_points(task, Status::not_checked, "the judge itself failed: " + session.judge_failure());
}

/// The id of a task that has to pass before this one, and has not; empty when there is none.
std::string unmet_need(const TaskInfo& task, const std::vector<TaskResult>& earlier, const Options& options) {
  std::set<std::string> unmet(options.unmet.begin(), options.unmet.end());
  for (const TaskResult& other : earlier)
    if (other.status != Status::passed) unmet.insert(other.id);
  const auto first =
      std::find_if(task.needs.begin(), task.needs.end(), [&](const std::string& need) { return unmet.contains(need); });
  return first == task.needs.end() ? "" : *first;
}

/// Judges one task, given the verdicts so far. A task that waits for another is run all the same, because a stub should
/// say that it is not started.
TaskResult judge(const TaskInfo& task, const std::vector<TaskResult>& earlier, const Options& options) {
  const std::string unmet = unmet_need(task, earlier, options);
  const auto error_file = options.workers / (file_stem(task) + ".compile_error");
  if (unmet.empty() && std::filesystem::exists(error_file)) {
    const bool is_forbidden = std::filesystem::exists(options.workers / (file_stem(task) + ".forbidden"));
    return without_points(task, is_forbidden ? Status::forbidden : Status::compile_error, read_file(error_file));
  }
  TaskResult result;
  if (!std::filesystem::exists(error_file)) result = run_tests_of(task);
  const auto warnings_file = options.workers / (file_stem(task) + ".warnings");
  const bool is_wrong = result.status != Status::passed && result.status != Status::not_started;
  if (is_wrong && std::filesystem::exists(warnings_file))
    result.message += "\n\nthe compiler warns:\n" + read_file(warnings_file);
  if (!unmet.empty() && result.status != Status::not_started)
    return without_points(task, Status::not_checked, "needs " + unmet + " to pass first");
  return result;
}

void check_task_names(const Options& options, const LessonInfo& lesson) {
  std::vector<std::string> named = options.tasks;
  named.insert(named.end(), options.unmet.begin(), options.unmet.end());
  for (const std::string& id : named)
    if (std::none_of(lesson.tasks.begin(), lesson.tasks.end(), [&](const TaskInfo& task) { return task.id == id; }))
      throw ValueError("lesson " + lesson.id + " has no task \"" + id + "\"");
}

int run(const Options& options) {
  const LessonInfo lesson = read_lesson(options.lesson);
  check_task_names(options, lesson);
  const SandboxMode sandbox = sandbox_mode_named(options.sandbox);
  Session::current().configure({options.workers, options.keep, options.seed, options.sanitized, sandbox});
  LessonResult verdict{lesson.id, options.seed, sandbox, {}};
  for (const TaskInfo& task : lesson.tasks) {
    if (!options.tasks.empty() && std::count(options.tasks.begin(), options.tasks.end(), task.id) == 0) continue;
    verdict.tasks.push_back(judge(task, verdict.tasks, options));
    // After each task, so that a judge that is killed leaves what was earned; whoever follows its lines may read it.
    write_file(options.json, to_json(verdict));
    std::printf("%-13s %s\n", std::string(to_string(verdict.tasks.back().status)).c_str(), task.id.c_str());
    std::fflush(stdout);
    if (!Session::current().judge_failure().empty()) {
      std::fprintf(stderr, "judge: %s\n", Session::current().judge_failure().c_str());
      return kJudgeFailed;
    }
  }
  return verdict.all_passed() ? kAllPassed : kSomeDidNot;
}

}  // namespace

}  // namespace handbuilt::grader

int main(int argc, char** argv) {
  using namespace handbuilt::grader;
  Options options;
  options.seed = std::random_device{}();
  CLI::App app("Judges an exercise: runs each task's tests against the student's workers.");
  app.add_option("--workers", options.workers, "folder with a worker, or STEM.compile_error, per exercise file")
      ->required();
  app.add_option("--lesson", options.lesson, "the lesson's lesson.toml")->required();
  app.add_option("--json", options.json, "the verdict, written after every task")->required();
  app.add_option("--seed", options.seed, "for all random inputs (default: a fresh one)");
  app.add_option("--task", options.tasks, "judge only this task (may be repeated)");
  app.add_option("--unmet", options.unmet, "a task known not to pass, not judged again (may be repeated)");
  app.add_option("--keep", options.keep, "keep failing calls here, for WORKER --replay FILE");
  app.add_flag("--sanitized", options.sanitized, "the workers are built with sanitizers: no memory limit, more time");
  app.add_option("--sandbox", options.sandbox, "what the workers run in: local (the default), graded or contained");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kAllPassed : kJudgeFailed;
  }

  ::signal(SIGPIPE, SIG_IGN);
  int quiet = 1;
  testing::InitGoogleTest(&quiet, argv);
  use_only_listener(new Listener);
  try {
    std::printf("seed %llu\n", static_cast<unsigned long long>(options.seed));
    return run(options);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "judge: %s\n", error.what());
    return kJudgeFailed;
  }
}
