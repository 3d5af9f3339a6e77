#include "grader/grading/grade_submission.hpp"

#include <fmt/format.h>
#include <stdlib.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <optional>

#include "core/error.hpp"
#include "grader/course/builder.hpp"
#include "grader/course/check.hpp"
#include "grader/course/hidden_tests.hpp"
#include "grader/course/plan.hpp"
#include "grader/grading/hand_in.hpp"
#include "grader/grading/hidden_judge.hpp"

namespace handbuilt::grader {

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr const char* kNotJudged = "not judged: the grading ended before it came to this task";

double seconds_since(Clock::time_point began) { return std::chrono::duration<double>(Clock::now() - began).count(); }

const LessonInfo& lesson_of(const House& house, const std::string& id) { return *find_place(house, id).lesson; }

bool is_wanted(const GradeRequest& request, const std::string& task_id) {
  return request.tasks.empty() || std::count(request.tasks.begin(), request.tasks.end(), task_id) > 0;
}

/// A verdict in which every wanted task waits to be judged.
Verdict waiting(const LessonInfo& lesson, const GradeRequest& request) {
  Verdict verdict;
  verdict.lesson = lesson.id;
  verdict.seed = request.seed;
  verdict.sandbox = to_string(request.sandbox);
  for (const TaskInfo& task : lesson.tasks) {
    if (!is_wanted(request, task.id)) continue;
    verdict.max_score += task.points;
    verdict.tasks.push_back(not_checked(task, kNotJudged));
  }
  return verdict;
}

/// The tasks to judge: those wanted of this lesson and all that they need; none when all are.
std::vector<std::string> tasks_to_judge(const LessonInfo& lesson, const GradeRequest& request) {
  if (request.tasks.empty()) return {};
  std::vector<std::string> wanted;
  for (const TaskInfo& task : lesson.tasks)
    if (is_wanted(request, task.id)) wanted.push_back(task.id);
  return plan_check(lesson, wanted, {}, {}).tasks;
}

void add_up(Verdict& verdict) {
  verdict.score = 0;
  for (const TaskVerdict& task : verdict.tasks) verdict.score += task.points;
}

/// Puts what a judge said into the verdict it belongs to.
void take_over(Verdict& verdict, const Verdict& judged, const HandedIn& handed_in, const LessonInfo& lesson) {
  for (const TaskVerdict& said : judged.tasks) {
    const auto has_id = [&](const auto& task) { return task.id == said.id; };
    const auto task = std::find_if(verdict.tasks.begin(), verdict.tasks.end(), has_id);
    if (task == verdict.tasks.end()) continue;
    *task = said;
    task->replay.clear();  // a file of the grading machine
    const TaskInfo& info = *std::find_if(lesson.tasks.begin(), lesson.tasks.end(), has_id);
    const auto refused = handed_in.refused.find(info.file);
    if (refused != handed_in.refused.end() && task->status == "COMPILE_ERROR") task->message = refused->second;
  }
  add_up(verdict);
}

/// A new folder that nobody else can look into, and that is gone at the end.
class PrivateFolder {
 public:
  PrivateFolder() {
    std::string name = (fs::temp_directory_path() / "handbuilt-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw Error(name + ": cannot make a folder: " + std::strerror(errno));
    path_ = name;
  }
  ~PrivateFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  PrivateFolder(const PrivateFolder&) = delete;
  PrivateFolder& operator=(const PrivateFolder&) = delete;
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

/// One submission on its way through the judges.
class Grading {
 public:
  Grading(const House& house, const GradeRequest& request, const std::function<void(const Grade&)>& on_task)
      : house_(house), request_(request), on_task_(on_task), submission_(absolute_folder(request.submission)) {
    grade_.submission = request.name.empty() ? submission_.filename().string() : request.name;
    grade_.sandbox = request.sandbox;
    grade_.seed = request.seed;
  }

  Grade run() {
    const std::vector<std::string> lessons = lessons_to_grade();
    if (!request_.is_prepared) prepare_grading(house_, lessons, request_.hidden);
    for (const std::string& id : lessons) {
      grade_.lessons.push_back(waiting(lesson_of(house_, id), request_));
      for (const TaskInfo& task : lesson_of(house_, id).tasks)
        if (!task.needs.empty()) grade_.needs[task.id] = task.needs.front();
    }
    report();
    for (std::size_t i = 0; i < lessons.size(); ++i) grade_lesson(lesson_of(house_, lessons[i]), grade_.lessons[i]);
    grade_.is_complete = true;
    report();
    return std::move(grade_);
  }

 private:
  static fs::path absolute_folder(const fs::path& folder) {
    const fs::path path = fs::absolute(folder).lexically_normal();
    return path.has_filename() ? path : path.parent_path();
  }

  [[nodiscard]] std::vector<std::string> lessons_to_grade() const {
    std::vector<std::string> found = lessons_in(house_, submission_);
    if (request_.lessons.empty() && found.empty())
      throw DataError(fmt::format("{}: expected exercise files, as in {}/{}; found none", request_.submission.string(),
                                  house_.lessons.back().id, house_.lessons.back().tasks.front().file));
    if (request_.lessons.empty()) return found;
    std::vector<std::string> ids;
    for (const std::string& name : request_.lessons) ids.push_back(lesson_of(house_, name).id);
    return ids;
  }

  void grade_lesson(const LessonInfo& lesson, Verdict& verdict) {
    const fs::path work = request_.work / lesson.id, sources = work / "handed-in";
    const HandedIn handed_in = copy_hand_in(lesson, submission_, sources);
    const std::optional<HiddenJudge> hidden =
        request_.hidden.empty() ? std::nullopt : build_hidden_judge(house_, lesson, request_.hidden);
    JudgeOptions options;
    options.tasks = tasks_to_judge(lesson, request_);
    for (const std::string& file : files_of(lesson, options.tasks))
      if (const auto refused = handed_in.refused.find(file); refused != handed_in.refused.end())
        grade_.problems.push_back(refused->second);
    options.seed = request_.seed;
    options.work = work;
    options.sandbox = request_.sandbox;
    options.at_once = request_.at_once;
    options.on_task = [&](const Verdict& so_far) {
      take_over(verdict, so_far, handed_in, lesson);
      if (hidden) wait_for(*hidden, verdict);
      report();
    };
    const Verdict judged = build_and_judge(house_, lesson, {sources, handed_in.shown}, options);
    take_over(verdict, judged, handed_in, lesson);
    if (!hidden) return;
    wait_for(*hidden, verdict);
    options.on_task = {};
    for (TaskVerdict& task : verdict.tasks)
      if (hidden->messages.contains(task.id)) judge_hidden(lesson, *hidden, options, verdict, task);
  }

  /// Takes the points back of tasks that hidden tests will judge too, until they have: whoever is stopped in them has
  /// not passed.
  void wait_for(const HiddenJudge& hidden, Verdict& verdict) {
    for (TaskVerdict& task : verdict.tasks) {
      if (!hidden.messages.contains(task.id) || task.message == kNotJudged) continue;
      grade_.before_hidden_tests[task.id] = task;
      if (task.status != "PASSED") continue;
      task.status = "NOT_CHECKED";
      task.points = 0;
      task.note.clear();
      task.message = "your code passes the tests that you have; those that your instructor keeps did not run";
    }
    add_up(verdict);
  }

  /// Runs the hidden tests of a task that passed the others.
  void judge_hidden(const LessonInfo& lesson, const HiddenJudge& hidden, JudgeOptions options, Verdict& verdict,
                    TaskVerdict& task) {
    const TaskVerdict& before = grade_.before_hidden_tests.at(task.id);
    if (before.status != "PASSED") return;
    const PrivateFolder results;
    options.results = results.path();
    options.program = hidden.program;
    options.tasks = {task.id};
    const BuildLock lock(options.work / "lock");
    grade_.for_instructor.push_back(judge(house_, lesson, options));
    const bool passed = grade_.for_instructor.back().all_passed();
    task = before;
    if (!passed) {
      task.status = "WRONG";
      task.points = 0;
      task.note.clear();
      task.printed.clear();
      task.message = hidden.messages.at(task.id);
    }
    add_up(verdict);
    report();
  }

  void report() {
    grade_.seconds = seconds_since(began_);
    if (on_task_) on_task_(grade_);
  }

  const House& house_;
  const GradeRequest& request_;
  const std::function<void(const Grade&)>& on_task_;
  fs::path submission_;
  Clock::time_point began_ = Clock::now();
  Grade grade_;
};

}  // namespace

void prepare_grading(const House& house, const std::vector<std::string>& lessons, const fs::path& hidden) {
  std::vector<std::string> targets;
  for (const std::string& id : lessons)
    for (std::string& target : judge_targets(lesson_of(house, id))) targets.push_back(std::move(target));
  build_targets(house.root, "default", targets);
  if (hidden.empty()) return;
  count_hidden_tests(house, hidden);  // refuses a folder without any
  for (const std::string& id : lessons) build_hidden_judge(house, lesson_of(house, id), hidden);
}

Grade grade_submission(const House& house, const GradeRequest& request,
                       const std::function<void(const Grade&)>& on_task) {
  return Grading(house, request, on_task).run();
}

}  // namespace handbuilt::grader
