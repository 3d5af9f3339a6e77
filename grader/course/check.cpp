#include "grader/course/check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <random>

#include "core/error.hpp"
#include "core/file.hpp"
#include "core/parallel.hpp"
#include "grader/course/builder.hpp"
#include "grader/course/commands.hpp"
#include "grader/course/exercises.hpp"
#include "grader/course/plan.hpp"
#include "grader/course/process.hpp"
#include "grader/course/progress.hpp"
#include "grader/course/report.hpp"
#include "grader/course/submission.hpp"

namespace handbuilt::grader {

namespace {

namespace fs = std::filesystem;

constexpr int kSomethingFailed = 1;

Request request_for(const CheckOptions& options, const Place& place) {
  Command words{{}, {}, {}};
  if (!options.submission.empty()) words.words = {"--submission", options.submission.string()};
  if (options.sanitize) words.words.emplace_back("--sanitize");
  const std::string typed = shell_words(words);
  return {short_name(*place.lesson, place.task == nullptr ? "" : place.task->id), typed.empty() ? "" : " " + typed};
}

/// Checks a lesson, or a task with those it needs, and remembers what came of it when the exercise is the student's
/// own.
Verdict check_place(const House& house, const CheckOptions& options, const Place& place, std::uint64_t seed) {
  const LessonInfo& lesson = *place.lesson;
  const Submission submission = find_submission(house, lesson, options.submission);
  const bool is_own = options.submission.empty();
  Fingerprints prints;
  if (is_own && !options.sanitize) prints = task_fingerprints(lesson, submission, judge_fingerprint(house, lesson));
  Plan plan;
  if (place.task != nullptr)
    plan = plan_check(lesson, {place.task->id}, is_own ? load_progress(house) : CourseProgress{}, prints);
  const Verdict verdict = build_and_judge(
      house, lesson, submission,
      {plan.tasks, seed, options.sanitize, work_folder(house, lesson, submission, options.sanitize), plan.unmet});
  if (is_own) remember(house, verdict, prints);
  return verdict;
}

/// A worker cannot tell whose not_started() it met: the task's own, or that of a task it calls. The file can.
bool is_another_stub(const TaskVerdict& verdict, const TaskInfo& task, const Submission& submission) {
  return verdict.status == "NOT_STARTED" &&
         read_file(submission.folder / task.file).find("not_started()") == std::string::npos;
}

/// What somebody who asked for one task is told: that task alone, and what it waits for if it does.
Verdict about_asked(const House& house, const CheckOptions& options, const Place& place, Verdict verdict) {
  if (place.task == nullptr) return verdict;
  const CourseProgress progress = options.submission.empty() ? load_progress(house) : CourseProgress{};
  const Submission submission = find_submission(house, *place.lesson, options.submission);
  const auto asked = std::find_if(verdict.tasks.begin(), verdict.tasks.end(),
                                  [&](const TaskVerdict& task) { return task.id == place.task->id; });
  TaskVerdict told = *asked;
  const std::string awaited = what_it_waits_for(*place.lesson, told.id, verdict, progress, submission.shown);
  if (told.status == "NOT_CHECKED" || (!awaited.empty() && is_another_stub(told, *place.task, submission))) {
    told.status = "NOT_CHECKED";
    told.message = awaited;
  }
  verdict.score = told.points;
  verdict.max_score = told.max_points;
  verdict.tasks = {told};
  return verdict;
}

/// What comes after the last task of a lesson.
std::string after_the_last_task(const House& house, const LessonInfo& lesson, int width) {
  std::string text = "\n" + wrapped(fmt::format("The lesson is done. Its last questions: \"Check yourself\" in "
                                                "lessons/{}/README.md",
                                                lesson.id),
                                    width);
  if (fs::exists(house.lesson_folder(lesson) / "demo.cpp"))
    text += with_command("See it at work:", "./course demo " + short_name(lesson, ""), width);
  return text;
}

}  // namespace

SandboxNeeds sandbox_needs(const House& house) {
  SandboxNeeds needs;
  for (const char* folder : {"exercises", "sdk"})
    if (fs::exists(house.build_folder() / folder)) needs.readable.push_back(house.build_folder() / folder);
  for (const char* folder : {"solutions", "tests", "lessons"}) needs.secret.push_back(house.root / folder);
  for (const LessonInfo& lesson : house.lessons)
    needs.secret.push_back(house.build_folder() / "bin" / ("judge_" + lesson.id));
  return needs;
}

SandboxMode choose_sandbox(const House& house, const std::string& requested, const fs::path& hidden) {
  if (requested == "none") return SandboxMode::local;
  SandboxNeeds needs = sandbox_needs(house);
  if (!hidden.empty()) needs.secret.insert(needs.secret.end(), {fs::absolute(hidden), house.build_folder() / "hidden"});
  return choose_sandbox(requested.empty() ? std::nullopt : std::optional(sandbox_mode_named(requested)), needs);
}

fs::path recipe_folder(const House& house, const LessonInfo& lesson) {
  return house.build_folder() / "exercises" / lesson.id;
}

std::vector<std::string> judge_targets(const LessonInfo& lesson) { return {"judge_" + lesson.id}; }

Submission find_submission(const House& house, const LessonInfo& lesson, const fs::path& named) {
  if (named.empty()) return {house.exercise_folder(lesson), (house.exercises_shown() / lesson.id).string()};
  const fs::path folder = fs::is_directory(named / lesson.id) ? named / lesson.id : named;
  if (!fs::is_directory(folder)) throw DataError(folder.string() + ": expected a folder with the exercise files");
  return {fs::absolute(folder).lexically_normal(), folder.lexically_normal().string()};
}

fs::path work_folder(const House& house, const LessonInfo& lesson, const Submission& submission, bool sanitize) {
  const std::size_t name = std::hash<std::string>{}(submission.folder.string());
  return recipe_folder(house, lesson) / "checks" / fmt::format("{:016x}{}", name, sanitize ? "-sanitized" : "");
}

std::vector<WorkerJob> worker_jobs(const House& house, const LessonInfo& lesson, const Submission& submission,
                                   const JudgeOptions& options) {
  const fs::path recipe_file = recipe_folder(house, lesson) / "recipe.json";
  const Recipe recipe = read_recipe(recipe_file);
  const auto worker_of = [&](const std::string& file) { return options.work / "workers" / fs::path(file).stem(); };
  std::vector<fs::path> off_limits;
  for (const char* folder : {"grader", "lessons", "lib", "solutions", "tests"})
    off_limits.push_back(house.root / folder);

  std::vector<WorkerJob> jobs;
  for (const std::string& file : files_of(lesson, options.tasks)) {
    const auto entry = recipe.find(file);
    if (entry == recipe.end()) throw DataError(fmt::format("{}: no recipe for {}", recipe_file.string(), file));
    std::vector<fs::path> joined;
    for (const std::string& other : files_needed_by(lesson, file)) joined.push_back(worker_of(other));
    jobs.push_back({submission.folder / file,
                    submission.shown + "/" + file,
                    worker_of(file),
                    options.sanitize ? entry->second.sanitized : entry->second.normal,
                    entry->second.libraries,
                    joined,
                    off_limits,
                    options.sandbox,
                    {entry->second.readable.begin(), entry->second.readable.end()}});
  }
  return jobs;
}

Verdict judge(const House& house, const LessonInfo& lesson, const JudgeOptions& options) {
  const fs::path results = options.results.empty() ? options.work : options.results;
  const fs::path verdict_file = results / "verdict.json", kept = results / "kept";
  fs::remove(verdict_file);
  for (const TaskInfo& task : lesson.tasks)
    if (options.tasks.empty() || std::count(options.tasks.begin(), options.tasks.end(), task.id) > 0)
      fs::remove(kept_call(results, task));
  fs::create_directories(kept);
  const fs::path program =
      options.program.empty() ? house.build_folder() / "bin" / ("judge_" + lesson.id) : options.program;
  Command command{
      {program.string(), "--workers", (options.work / "workers").string(), "--lesson",
       (house.lesson_folder(lesson) / "lesson.toml").string(), "--json", verdict_file.string(), "--seed",
       std::to_string(options.seed), "--keep", kept.string(), "--sandbox", std::string(to_string(options.sandbox))},
      house.root,
      {}};
  for (const std::string& task : options.tasks) command.words.insert(command.words.end(), {"--task", task});
  for (const std::string& task : options.unmet) command.words.insert(command.words.end(), {"--unmet", task});
  if (options.sanitize) command.words.emplace_back("--sanitized");
  std::string output;
  std::size_t judged = 0;
  const int exit_code = run_lines(command, [&](const std::string& line) {
    output += line + "\n";
    // The judge prints a line for every task, after it wrote the verdict so far.
    if (!options.on_task || !fs::exists(verdict_file)) return;
    const Verdict so_far = read_verdict(verdict_file);
    if (so_far.tasks.size() > judged) options.on_task(so_far);
    judged = so_far.tasks.size();
  });
  if (exit_code > kSomethingFailed || !fs::exists(verdict_file))
    throw Error(fmt::format("the judge of {} failed with exit code {}:\n{}", lesson.id, exit_code, output));
  return read_verdict(verdict_file);
}

fs::path kept_call(const fs::path& work, const TaskInfo& task) { return work / "kept" / (task.id + ".call"); }

Verdict build_and_judge(const House& house, const LessonInfo& lesson, const Submission& submission,
                        const JudgeOptions& options) {
  fs::create_directories(options.work);
  const BuildLock lock(options.work / "lock");
  build_workers(worker_jobs(house, lesson, submission, options), options.at_once > 0 ? options.at_once : core_count());
  return judge(house, lesson, options);
}

std::uint64_t fresh_seed() {
  std::random_device device;
  return device() % 1'000'000;
}

int run_check(const House& house, const CheckOptions& options, const Terminal& terminal) {
  std::vector<Place> places;
  if (!options.place.empty())
    places.push_back(find_place(house, options.place));
  else
    for (const LessonInfo& lesson : house.lessons)
      if (!lesson.tasks.empty()) places.push_back({&lesson, nullptr});

  std::vector<std::string> targets;
  for (const Place& place : places) {
    if (place.lesson->tasks.empty()) throw ValueError(fmt::format("lesson {} has no tasks to check", place.lesson->id));
    for (std::string& target : judge_targets(*place.lesson)) targets.push_back(std::move(target));
  }
  build_targets(house.root, "default", targets);

  if (options.submission.empty())
    for (const Place& place : places) refresh_exercises(house, *place.lesson, terminal);
  std::vector<Verdict> verdicts;
  bool all_passed = true;
  for (const Place& place : places) {
    verdicts.push_back(check_place(house, options, place, options.seed.value_or(fresh_seed())));
    all_passed = all_passed && verdicts.back().all_passed();
    const Verdict told = about_asked(house, options, place, verdicts.back());
    fmt::print("{}{}", verdicts.size() > 1 ? "\n" : "",
               report(told, *place.lesson, request_for(options, place), terminal));
    if (verdicts.back().all_passed() && place.task == nullptr)
      fmt::print("{}", after_the_last_task(house, *place.lesson, terminal.width));
  }
  if (!options.json.empty()) write_file(options.json, verdicts_as_json(verdicts));
  return all_passed ? 0 : kSomethingFailed;
}

}  // namespace handbuilt::grader
