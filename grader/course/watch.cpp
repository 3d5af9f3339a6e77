#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <set>

#include "core/error.hpp"
#include "core/file.hpp"
#include "grader/course/background_work.hpp"
#include "grader/course/builder.hpp"
#include "grader/course/check.hpp"
#include "grader/course/commands.hpp"
#include "grader/course/exercises.hpp"
#include "grader/course/plan.hpp"
#include "grader/course/progress.hpp"
#include "grader/course/report.hpp"
#include "grader/course/signals.hpp"
#include "grader/course/submission.hpp"
#include "grader/watch/file_watcher.hpp"

// `./course watch`. Nothing is ever erased from the terminal: what was said before can be scrolled back to.
namespace handbuilt::grader {

namespace {

namespace fs = std::filesystem;

constexpr std::chrono::hours kForever{24};

void say(const std::string& text) {
  fmt::print("{}", text);
  std::fflush(stdout);
}

std::string names_of(const std::vector<fs::path>& files) {
  std::vector<std::string> names;
  for (const fs::path& file : files) names.push_back(file.filename().string());
  return fmt::format("{}", fmt::join(names, ", "));
}

/// The exercise files and the headers beside them.
std::vector<fs::path> files_to_watch(const LessonInfo& lesson, const fs::path& folder) {
  if (!fs::is_directory(folder)) throw DataError(folder.string() + ": expected the folder of the exercise");
  std::vector<fs::path> files;
  for (const std::string& file : files_of(lesson, {})) files.push_back(folder / file);
  for (const fs::directory_entry& entry : fs::directory_iterator(folder))
    if (entry.path().extension() == ".hpp" || entry.path().extension() == ".h") files.push_back(entry.path());
  return files;
}

/// Follows a student through one lesson.
class LessonWatch {
 public:
  LessonWatch(const House& house, const LessonInfo& lesson, bool plain)
      : house_(house),
        lesson_(lesson),
        plain_(plain),
        submission_(find_submission(house, lesson, {})),
        work_(work_folder(house, lesson, submission_, false)),
        judge_(judge_fingerprint(house, lesson)),
        watcher_(files_to_watch(lesson, submission_.folder)) {}

  /// Returns when the user wants to stop, and with `until_done` also when every task has passed.
  void run(bool until_done) {
    show_heading();
    if (!catch_up()) return;
    show_where_we_are();
    while (!(until_done && is_done())) {
      const std::vector<fs::path> changed = watcher_.wait(kForever, signals_.descriptor());
      if (signals_.stop_wanted()) return;
      if (!changed.empty() && !on_save(changed)) return;
    }
  }
  [[nodiscard]] bool stopped() { return signals_.stop_wanted(); }

 private:
  [[nodiscard]] Terminal terminal() const { return find_terminal(plain_); }  // its width may have changed
  [[nodiscard]] Fingerprints prints_now() const { return task_fingerprints(lesson_, submission_, judge_); }
  [[nodiscard]] bool is_done() const {
    return tasks_passed(lesson_, load_progress(house_)) == static_cast<int>(lesson_.tasks.size());
  }

  void show_heading() const {
    say(wrapped(fmt::format("watching {}: {}", lesson_.id, lesson_.title), terminal().width) +
        wrapped("Save a file and it is checked. Ctrl-C stops.", terminal().width));
  }

  /// False when the user wants to stop.
  bool on_save(const std::vector<fs::path>& changed) {
    say(fmt::format("\n{}", wrapped("saved: " + names_of(changed), terminal().width)));
    judged_.clear();
    if (!catch_up()) return false;
    show_where_we_are();
    return true;
  }

  /// Judges whatever has no standing verdict, anew when something is saved in the meantime: what is remembered at the
  /// end is about the files as they are. False when the user wants to stop.
  bool catch_up() {
    for (;;) {
      const Fingerprints prints = prints_now();
      const CourseProgress progress = load_progress(house_);
      const std::vector<std::string> stale = stale_tasks(lesson_, progress, prints);
      if (stale.empty()) return true;
      const Outcome outcome = judge_in_background(plan_check(lesson_, stale, progress, prints));
      if (outcome == Outcome::kStopped) return false;
      if (outcome == Outcome::kJudgeFailed) return true;  // it has said why; the next save is another chance
      if (outcome == Outcome::kSavedAgain || prints_now() != prints) continue;
      const Verdict verdict = read_verdict(verdict_file());
      remember(house_, verdict, prints);
      for (const TaskVerdict& task : verdict.tasks) judged_.insert(task.id);
    }
  }

  enum class Outcome { kJudged, kSavedAgain, kStopped, kJudgeFailed };
  /// Whatever is not finished when this returns is given up.
  Outcome judge_in_background(const Plan& plan) {
    say(wrapped(fmt::format("checking {} ...", fmt::join(plan.tasks, ", ")), terminal().width));
    const JudgeOptions options{plan.tasks, fresh_seed(), false, work_, plan.unmet};
    BackgroundWork check(
        [&] { write_file(verdict_file(), build_and_judge(house_, lesson_, submission_, options).text); });
    while (check.state() == BackgroundWork::State::kRunning) {
      const std::vector<fs::path> changed = watcher_.wait(kForever, signals_.descriptor());
      if (signals_.stop_wanted()) return Outcome::kStopped;
      if (changed.empty()) continue;
      say(wrapped("saved again: " + names_of(changed), terminal().width));
      return Outcome::kSavedAgain;
    }
    return check.state() == BackgroundWork::State::kDone ? Outcome::kJudged : Outcome::kJudgeFailed;
  }

  [[nodiscard]] fs::path verdict_file() const { return work_ / "watch.json"; }

  /// The task to read about: the first of those just judged that did not pass, else the lesson's first unfinished one.
  [[nodiscard]] const TaskInfo* task_in_focus(const CourseProgress& progress) const {
    for (const TaskInfo& task : lesson_.tasks)
      if (judged_.contains(task.id) && was_tried(status_of(progress, task.id))) return &task;
    return first_unfinished(lesson_, progress);
  }
  /// Something was written, and it is not right yet.
  static bool was_tried(const std::string& status) {
    return status != "PASSED" && status != "NOT_STARTED" && status != "NOT_CHECKED";
  }

  void show_where_we_are() const {
    const CourseProgress progress = load_progress(house_);
    const Terminal now = terminal();
    std::string text;
    for (const TaskInfo& task : lesson_.tasks)
      if (judged_.contains(task.id)) text += task_line(progress.at(task.id).verdict, now);
    const TaskInfo* const focus = task_in_focus(progress);
    if (focus != nullptr && progress.contains(focus->id)) {
      const TaskVerdict& verdict = progress.at(focus->id).verdict;
      text += was_tried(verdict.status) ? in_full(verdict, lesson_, {}, now) : "\n" + next_task_words(*focus, now);
    }
    text += "\n" + standing(progress, now);
    if (focus == nullptr) text += next_lesson_words(progress, now);
    say(text);
  }

  [[nodiscard]] std::string next_task_words(const TaskInfo& task, const Terminal& now) const {
    return wrapped(fmt::format("Next: {}, {} ({} {})", task.id, task.title, task.points,
                               task.points == 1 ? "point" : "points"),
                   now.width) +
           wrapped(fmt::format("open {}/{}", submission_.shown, task.file), now.width, "  ") +
           wrapped("a hint: ./course hint " + short_name(lesson_, task.id), now.width, "  ");
  }

  /// One line about the lesson and one about the course.
  [[nodiscard]] std::string standing(const CourseProgress& progress, const Terminal& now) const {
    const int passed = tasks_passed(lesson_, progress);
    int course_passed = 0, course_all = 0;
    for (const LessonInfo& lesson : house_.lessons) {
      course_passed += tasks_passed(lesson, progress);
      course_all += static_cast<int>(lesson.tasks.size());
    }
    return wrapped(fmt::format("{}{}: {}; course: {} of {}", bar(now, passed, static_cast<int>(lesson_.tasks.size())),
                               lesson_.id, lesson_standing(lesson_, passed), course_passed, course_all),
                   now.width);
  }

  [[nodiscard]] std::string next_lesson_words(const CourseProgress& progress, const Terminal& now) const {
    const LessonInfo* const next = next_place(house_, progress).lesson;
    if (next == nullptr) return wrapped("This lesson is done, and with it every task of the course.", now.width);
    return wrapped(fmt::format("This lesson is done. Next: lesson {}, {} (about {:g} hours).", next->id, next->title,
                               next->hours),
                   now.width) +
           wrapped(fmt::format("read lessons/{}/README.md, then ./course watch {}", next->id, short_name(*next)),
                   now.width, "  ");
  }

  const House& house_;
  const LessonInfo& lesson_;
  bool plain_;
  Submission submission_;
  fs::path work_;
  std::string judge_;
  FileWatcher watcher_;
  Signals signals_;
  std::set<std::string> judged_;  ///< tasks judged since the last save
};

const LessonInfo& lesson_to_watch(const House& house, const std::string& name) {
  if (!name.empty()) {
    const LessonInfo& lesson = *find_place(house, name).lesson;
    if (lesson.tasks.empty()) throw ValueError(fmt::format("lesson {} has no tasks to watch", lesson.id));
    return lesson;
  }
  const Place next = next_place(house, load_progress(house));
  if (next.lesson == nullptr) throw ValueError("every task has passed; name a lesson to watch it all the same");
  return *next.lesson;
}

}  // namespace

int run_watch(const House& house, const std::string& name, bool plain) {
  for (;;) {
    const LessonInfo& lesson = lesson_to_watch(house, name);
    build_targets(house.root, "default", judge_targets(lesson));
    refresh_exercises(house, lesson, find_terminal(plain));
    LessonWatch watch(house, lesson, plain);
    watch.run(name.empty());
    if (watch.stopped() || next_place(house, load_progress(house)).lesson == nullptr) break;
    say("\n");
  }
  say("\nStopped watching.\n");
  return 0;
}

}  // namespace handbuilt::grader
