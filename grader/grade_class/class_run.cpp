#include "grader/grade_class/class_run.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <set>

#include "core/error.hpp"
#include "core/file.hpp"
#include "grader/course/check.hpp"
#include "grader/course/fingerprint.hpp"
#include "grader/course/plan.hpp"
#include "grader/grade_class/record.hpp"
#include "grader/grade_class/take_in.hpp"
#include "grader/grading/grade_submission.hpp"
#include "grader/grading/hand_in.hpp"
#include "grader/text/printable.hpp"

namespace handbuilt::grader {

namespace {

namespace fs = std::filesystem;

// Seeds are short enough to type.
constexpr std::uint64_t kSeeds = 1'000'000'000;

/// Contents as far as grading looks at them: a folder's C++ files, an archive's bytes.
void add_contents(Fingerprint& print, const ClassEntry& entry) {
  for (const fs::path& file : entry.loose) {
    print.add(file.filename().string());
    print.add_content(file);
  }
  if (entry.path.empty()) return;
  if (!fs::is_directory(entry.path)) {
    print.add(std::to_string(fs::file_size(entry.path)));
    return print.add_content(entry.path);
  }
  try {
    for (const auto& [path, content] : read_entry(entry)) {
      print.add(path);
      print.add(content);
    }
  } catch (const RefusedFiles& refusal) {
    print.add(refusal.what());
  }
}

/// A folder that is gone when the grading ends, however it ends short of SIGKILL.
class WorkFolder {
 public:
  explicit WorkFolder(const fs::path& parent) {
    fs::create_directories(parent);
    std::string pattern = (parent / "XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw DataError(parent.string() + ": cannot make a folder to work in");
    path_ = pattern;
  }
  ~WorkFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  WorkFolder(const WorkFolder&) = delete;
  WorkFolder& operator=(const WorkFolder&) = delete;
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

Verdict nothing_earned(const LessonInfo& lesson, std::uint64_t seed, const std::string& why) {
  Verdict verdict;
  verdict.lesson = lesson.id;
  verdict.seed = seed;
  for (const TaskInfo& task : lesson.tasks) {
    verdict.max_score += task.points;
    verdict.tasks.push_back(not_checked(task, why));
  }
  return verdict;
}

/// The grade of a submission that no judge has to look at.
Grade without_points(const House& house, const ClassPlan& plan, const ClassEntry& entry, const std::string& why) {
  Grade grade;
  grade.submission = entry.name;
  grade.sandbox = plan.sandbox;
  grade.seed = seed_of(plan, entry);
  grade.problems = {why};
  grade.is_complete = true;
  for (const std::string& id : plan.lessons)
    grade.lessons.push_back(nothing_earned(*find_place(house, id).lesson, grade.seed, why));
  return grade;
}

ClassRecord graded(const House& house, const ClassPlan& plan, const ClassEntry& entry, int compile_at_once) {
  try {
    take_in(house, plan.lessons, entry, plan.taken_in(entry));
  } catch (const RefusedFiles& refusal) {
    return {"", true, without_points(house, plan, entry, refusal.what())};
  }
  if (lessons_in(house, plan.taken_in(entry)).empty())
    return {"", true, without_points(house, plan, entry, printable(entry.name) + ": it holds no exercise file")};
  const WorkFolder work(plan.state() / "work");
  GradeRequest request;
  request.submission = plan.taken_in(entry);
  request.name = entry.name;
  request.lessons = plan.lessons;
  request.sandbox = plan.sandbox;
  request.seed = seed_of(plan, entry);
  request.hidden = plan.hidden;
  request.work = work.path();
  request.at_once = compile_at_once;
  request.is_prepared = true;
  return {"", false, grade_submission(house, request)};
}

}  // namespace

std::uint64_t seed_of(const ClassPlan& plan, const ClassEntry& entry) {
  Fingerprint print;
  print.add(std::to_string(plan.class_seed));
  print.add(entry.name);
  return std::stoull(print.text(), nullptr, 16) % kSeeds;
}

std::string key_of(const ClassPlan& plan, const ClassEntry& entry) {
  Fingerprint print;
  print.add(plan.course);
  print.add(plan.lessons);
  print.add(fmt::format("{} {}", plan.class_seed, to_string(plan.sandbox)));
  print.add(entry.name);
  add_contents(print, entry);
  return print.text();
}

bool stands(const ClassPlan& plan, const ClassEntry& entry, const std::string& key) {
  if (!fs::exists(plan.record_of(entry))) return false;
  try {
    const ClassRecord record = read_record(plan.record_of(entry));
    return record.key == key && (record.refused || fs::is_directory(plan.taken_in(entry)));
  } catch (const DataError&) {
    return false;  // of another version, or damaged: graded again
  }
}

void grade_entry(const House& house, const ClassPlan& plan, const ClassEntry& entry, int compile_at_once) {
  fs::create_directories(plan.page_folder(entry));
  fs::create_directories(plan.record_of(entry).parent_path());
  fs::create_directories(plan.failure_of(entry).parent_path());
  fs::remove(plan.record_of(entry));
  fs::remove(plan.failure_of(entry));
  try {
    const std::string key = key_of(plan, entry);
    ClassRecord record = graded(house, plan, entry, compile_at_once);
    record.key = key;
    write_record(plan.record_of(entry), record);
  } catch (const std::exception& error) {
    try {
      write_file(plan.failure_of(entry), error.what());
    } catch (const Error&) {  // the disk may be full: then nobody can be told there
    }
    throw Error(printable(entry.name) + ": " + error.what());
  }
}

std::string course_fingerprint(const House& house, const ClassPlan& plan) {
  Fingerprint print;
  for (const LessonInfo& lesson : house.lessons) {
    const bool wanted =
        plan.lessons.empty() || std::find(plan.lessons.begin(), plan.lessons.end(), lesson.id) != plan.lessons.end();
    if (!lesson.tasks.empty() && wanted) print.add(lesson.id + judge_fingerprint(house, lesson));
  }
  if (plan.hidden.empty()) return print.text();
  std::set<fs::path> files;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(plan.hidden))
    if (entry.is_regular_file()) files.insert(entry.path());
  for (const fs::path& file : files) {
    print.add(file.lexically_relative(plan.hidden).string());
    print.add_content(file);
  }
  return print.text();
}

}  // namespace handbuilt::grader
