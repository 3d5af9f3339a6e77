#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "core/error.hpp"
#include "core/file.hpp"
#include "core/parallel.hpp"
#include "grader/course/builder.hpp"
#include "grader/course/check.hpp"
#include "grader/course/commands.hpp"
#include "grader/course/hidden_tests.hpp"
#include "grader/grade_class/class_report.hpp"
#include "grader/grade_class/engines.hpp"
#include "grader/grade_class/record.hpp"
#include "grader/grading/grade_submission.hpp"
#include "grader/text/printable.hpp"

namespace handbuilt::grader {

namespace {

namespace fs = std::filesystem;

constexpr int kSomeNotGraded = 2;

/// One line a submission, or on a terminal one line in all that shows how far it is.
class Progress {
 public:
  Progress(const ClassPlan& plan, std::size_t all, const Terminal& terminal)
      : plan_(plan), all_(static_cast<int>(all)), terminal_(terminal), on_terminal_(::isatty(STDOUT_FILENO) == 1) {}

  void show(const ClassEntry& entry) {
    ++done_;
    const std::string outcome = outcome_of(entry);
    if (on_terminal_ && !terminal_.words_only) {
      const std::string line = fmt::format("{} {} of {}  {}: {}", bar(terminal_, done_, all_), done_, all_,
                                           printable(entry.student, false, 40), outcome);
      fmt::print("\r\x1b[K{}", line.substr(0, static_cast<std::size_t>(std::max(20, terminal_.width - 1))));
      if (done_ == all_) fmt::print("\n");
    } else {
      fmt::print("{} of {}  {}: {}\n", done_, all_, printable(entry.name, false, 80), outcome);
    }
    std::fflush(stdout);
  }

 private:
  [[nodiscard]] std::string outcome_of(const ClassEntry& entry) const {
    if (!fs::exists(plan_.record_of(entry))) return "not graded";
    const ClassRecord record = read_record(plan_.record_of(entry));
    if (record.refused) return "refused";
    return fmt::format("{} of {} points, {:.1f} s", record.grade.score(), record.grade.max_score(),
                       record.grade.seconds);
  }

  const ClassPlan& plan_;
  int all_, done_ = 0;
  const Terminal& terminal_;
  bool on_terminal_;
};

ClassPlan plan_of(const House& house, const GradeClassOptions& options) {
  ClassPlan plan;
  plan.folder = fs::absolute(options.folder).lexically_normal();
  plan.out = fs::absolute(options.out).lexically_normal();
  plan.class_seed = options.class_seed;
  if (!options.hidden.empty()) {
    count_hidden_tests(house, options.hidden);
    plan.hidden = fs::absolute(options.hidden).lexically_normal();
  }
  for (const std::string& name : options.lessons) {
    const LessonInfo& lesson = *find_place(house, name).lesson;
    if (lesson.tasks.empty()) throw ValueError(fmt::format("lesson {} has no tasks to grade", lesson.id));
    if (std::count(plan.lessons.begin(), plan.lessons.end(), lesson.id) == 0) plan.lessons.push_back(lesson.id);
  }
  return plan;
}

void prepare(const House& house, const GradeClassOptions& options, ClassPlan& plan) {
  std::vector<std::string> lessons = plan.lessons;
  if (lessons.empty())
    for (const LessonInfo& lesson : house.lessons)
      if (!lesson.tasks.empty()) lessons.push_back(lesson.id);
  prepare_grading(house, lessons, plan.hidden);
  plan.sandbox = choose_sandbox(house, options.sandbox == "auto" ? "" : options.sandbox, options.hidden);
  plan.course = course_fingerprint(house, plan);
}

std::vector<ClassEntry> entries_to_grade(const ClassPlan& plan, const ClassFolder& folder) {
  std::vector<ClassEntry> waiting;
  for (const ClassEntry& entry : folder.entries)
    if (!stands(plan, entry, key_of(plan, entry))) waiting.push_back(entry);
  return waiting;
}

EngineEnd grade(const House& house, const GradeClassOptions& options, const ClassPlan& plan,
                const std::vector<ClassEntry>& waiting, const Terminal& terminal) {
  Progress progress(plan, waiting.size(), terminal);
  const auto show = [&](const ClassEntry& entry) { progress.show(entry); };
  if (waiting.empty()) return EngineEnd::kAllDone;
  if (options.engine == "slurm")
    return grade_with_slurm(house, plan, waiting, {options.jobs, options.sbatch_words}, show);
  return grade_locally(house, plan, waiting, options.jobs > 0 ? options.jobs : core_count(), show);
}

}  // namespace

int run_grade_class(const House& house, const GradeClassOptions& options, const Terminal& terminal) {
  ClassPlan plan = plan_of(house, options);
  const ClassFolder folder = read_class_folder(plan.folder, plan.out);
  prepare(house, options, plan);
  // Grades are nobody else's to read, nor is one student's work another's, whose code may run here as another user.
  if (fs::create_directories(plan.out)) fs::permissions(plan.out, fs::perms::owner_all);
  fs::create_directories(plan.state());
  const BuildLock lock(plan.state() / "lock");
  fs::remove_all(plan.state() / "work");  // of a run that was killed

  const std::vector<ClassEntry> waiting = entries_to_grade(plan, folder);
  const std::size_t standing = folder.entries.size() - waiting.size();
  fmt::print("{} submissions, sandbox {}, class seed {}", folder.entries.size(), to_string(plan.sandbox),
             plan.class_seed);
  fmt::print("{}\n", standing == 0 ? "" : fmt::format("; {} graded before, which stand", standing));
  for (const std::string& line : folder.aside) fmt::print("left aside: {}\n", line);
  std::fflush(stdout);
  if (grade(house, options, plan, waiting, terminal) == EngineEnd::kStopped) {
    fmt::print(stderr, "\ncourse: stopped; the same command goes on from here\n");
    return kSomeNotGraded;
  }

  const ClassReport report = gather(house, plan, folder);
  write_results(house, report);
  std::size_t failed = 0;
  for (const ClassResult& result : report.results) {
    if (result.grade) continue;
    ++failed;
    fmt::print(stderr, "course: not graded: {}: {}\n", printable(result.entry.name), result.failure);
  }
  fmt::print("{} of {} graded; open {}\n", report.results.size() - failed, report.results.size(),
             (options.out / "index.html").string());
  return failed == 0 ? 0 : kSomeNotGraded;
}

int run_grade_class_element(const House& house, const GradeElementOptions& options) {
  return grade_element(house, options.plan, options.element, options.elements) == 0 ? 0 : kSomeNotGraded;
}

}  // namespace handbuilt::grader
