#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <set>

#include "core/error.hpp"
#include "core/file.hpp"
#include "grader/course/builder.hpp"
#include "grader/course/check.hpp"
#include "grader/course/commands.hpp"
#include "grader/course/fingerprint.hpp"
#include "grader/course/report.hpp"
#include "grader/grading/grade_submission.hpp"
#include "grader/grading/hand_in.hpp"
#include "grader/report/check50.hpp"
#include "grader/report/classroom50.hpp"
#include "grader/report/github.hpp"
#include "grader/report/grade_json.hpp"
#include "grader/report/gradescope.hpp"
#include "grader/report/junit.hpp"
#include "grader/text/printable.hpp"

namespace handbuilt::grader {

namespace {

namespace fs = std::filesystem;
using Reporter = std::function<std::string(const Grade&)>;

constexpr const char* kClassroom50 = "classroom50";

std::optional<std::string> environment_variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

HiddenTestsShown hidden_tests_shown(const std::string& visibility) {
  if (visibility == "visible") return HiddenTestsShown::at_once;
  if (visibility == "after_due_date") return HiddenTestsShown::after_due_date;
  return HiddenTestsShown::after_published;
}

/// Throws ValueError when the environment lacks what the format needs, before anything is graded.
Reporter reporter_of(const GradeOptions& options) {
  if (options.format == "gradescope")
    return [shown = hidden_tests_shown(options.hidden_visibility)](const Grade& grade) {
      return gradescope_report(grade, shown);
    };
  if (options.format == kClassroom50) {
    const std::string now = fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr)));
    return [submission = read_classroom50(environment_variable, now)](const Grade& grade) {
      return classroom50_report(grade, submission);
    };
  }
  if (options.format == "github") return github_report;
  if (options.format == "check50") return check50_report;
  if (options.format == "junit") return junit_report;
  return grade_json;
}

/// The lessons and tasks that the command line names, as ids.
void add_places(GradeRequest& request, const House& house, const GradeOptions& options) {
  for (const std::string& name : options.lessons) {
    const Place place = find_place(house, name);
    request.lessons.push_back(place.lesson->id);
    if (place.task != nullptr) request.tasks.push_back(place.task->id);
  }
  for (const std::string& name : options.tasks) {
    const Place place = find_task(house, name);
    request.tasks.push_back(place.task->id);
    if (std::count(request.lessons.begin(), request.lessons.end(), place.lesson->id) == 0)
      request.lessons.push_back(place.lesson->id);
  }
  if (request.lessons.empty()) request.lessons = lessons_in(house, options.folder);
  for (const std::string& id : request.lessons)
    if (find_place(house, id).lesson->tasks.empty()) throw ValueError(fmt::format("lesson {} has no tasks", id));
}

/// Of this submission alone, and the same the next time.
fs::path grading_folder(const House& house, const fs::path& submission) {
  Fingerprint print;
  print.add(fs::absolute(submission).lexically_normal().string());
  return house.build_folder() / "grading" / print.text();
}

/// Shows every task once, as it is judged.
class Progress {
 public:
  explicit Progress(const Terminal& terminal) : terminal_(terminal) {}
  void show(const Grade& grade) {
    for (const Verdict& lesson : grade.lessons)
      for (const TaskVerdict& task : lesson.tasks) {
        const bool waits = task.status == "NOT_CHECKED" && !grade.is_complete;
        if (waits || !shown_.insert(task.id).second) continue;
        fmt::print("{}", task_line(task, terminal_));
        std::fflush(stdout);
      }
  }

 private:
  const Terminal& terminal_;
  std::set<std::string> shown_;
};

}  // namespace

int run_grade(const House& house, const GradeOptions& options, const Terminal& terminal) {
  const Reporter reporter = reporter_of(options);
  GradeRequest request;
  request.submission = options.folder;
  request.hidden = options.hidden;
  request.seed = options.seed.value_or(fresh_seed());
  add_places(request, house, options);
  if (request.lessons.empty())
    throw DataError(options.folder.string() + ": expected exercise files, as in 10_convnet/conv2d_forward.cpp");
  prepare_grading(house, request.lessons, request.hidden);
  request.is_prepared = true;
  request.sandbox = choose_sandbox(house, options.sandbox == "auto" ? "" : options.sandbox, options.hidden);
  request.work = grading_folder(house, options.folder);
  fs::create_directories(request.work.parent_path());
  const BuildLock lock(request.work.string() + ".lock");

  Progress progress(terminal);
  const Grade grade = grade_submission(house, request, [&](const Grade& so_far) {
    write_file(options.out, reporter(so_far));
    progress.show(so_far);
  });
  if (!options.hidden_report.empty()) write_file(options.hidden_report, verdicts_as_json(grade.for_instructor));
  for (const std::string& problem : grade.problems) fmt::print("{}\n", printable(problem));
  fmt::print("{} of {} points, sandbox {}, seed {}; the report is in {}\n", grade.score(), grade.max_score(),
             to_string(grade.sandbox), grade.seed, options.out.string());
  return grade.all_passed() || options.format == kClassroom50 ? 0 : 1;
}

}  // namespace handbuilt::grader
