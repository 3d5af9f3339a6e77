#include "grader/grade_class/class_report.hpp"

#include <algorithm>
#include <map>
#include <regex>
#include <set>
#include <tuple>

#include "core/error.hpp"
#include "core/file.hpp"
#include "grader/grade_class/record.hpp"
#include "grader/report/grade_json.hpp"
#include "grader/report/words.hpp"
#include "grader/text/printable.hpp"

namespace handbuilt::grader {

namespace {

namespace fs = std::filesystem;

ClassResult result_of(const ClassPlan& plan, const ClassEntry& entry) {
  ClassResult result{entry, std::nullopt, false, ""};
  if (fs::exists(plan.record_of(entry))) {
    ClassRecord record = read_record(plan.record_of(entry));
    result.refused = record.refused;
    result.grade = std::move(record.grade);
  } else {
    result.failure = fs::exists(plan.failure_of(entry)) ? printable(read_file(plan.failure_of(entry)))
                                                        : "the grading ended without a word; is the disk full?";
  }
  return result;
}

/// The lessons that were asked for, or that anybody handed in.
std::set<std::string> lessons_of(const ClassPlan& plan, const std::vector<ClassResult>& results) {
  std::set<std::string> lessons(plan.lessons.begin(), plan.lessons.end());
  for (const ClassResult& result : results)
    if (result.grade)
      for (const Verdict& lesson : result.grade->lessons) lessons.insert(lesson.lesson);
  return lessons;
}

FileTexts taken_in_by(const ClassPlan& plan, const ClassEntry& entry) {
  FileTexts texts;
  const fs::path folder = plan.taken_in(entry);
  if (!fs::is_directory(folder)) return texts;
  for (const fs::directory_entry& file : fs::recursive_directory_iterator(folder))
    if (file.is_regular_file() && file.path().extension() == ".cpp")
      texts[file.path().lexically_relative(folder).string()] = read_file(file.path());
  return texts;
}

/// The exercises as they are handed out.
FileTexts handed_out(const House& house, const std::set<std::string>& lessons) {
  FileTexts texts;
  for (const LessonInfo& lesson : house.lessons) {
    if (!lessons.contains(lesson.id)) continue;
    for (const TaskInfo& task : lesson.tasks) {
      const fs::path file = house.root / "exercises" / lesson.id / task.file;
      if (fs::exists(file)) texts[lesson.id + "/" + task.file] = read_file(file);
    }
  }
  return texts;
}

/// "entry (0, 1) is -2" and "entry (3, 0) is 7" are the same mistake.
std::string without_numbers(const std::string& line) {
  static const std::regex number("-?[0-9][0-9.]*(e[-+]?[0-9]+)?");
  return std::regex_replace(line.substr(0, 300), number, "#");  // std::regex recurses
}

Grade without_times(Grade grade) {
  grade.seconds = 0;
  for (Verdict& lesson : grade.lessons)
    for (TaskVerdict& task : lesson.tasks) task.seconds = 0;
  return grade;
}

}  // namespace

const TaskVerdict* ClassReport::verdict_on(const ClassResult& result, const TaskColumn& task) {
  if (!result.grade) return nullptr;
  for (const Verdict& lesson : result.grade->lessons)
    if (lesson.lesson == task.lesson)
      for (const TaskVerdict& verdict : lesson.tasks)
        if (verdict.id == task.id) return &verdict;
  return nullptr;
}

ClassReport gather(const House& house, const ClassPlan& plan, const ClassFolder& folder) {
  ClassReport report;
  report.plan = plan;
  report.aside = folder.aside;
  for (const ClassEntry& entry : folder.entries) report.results.push_back(result_of(plan, entry));
  const std::set<std::string> lessons = lessons_of(plan, report.results);
  for (const LessonInfo& lesson : house.lessons) {
    if (!lessons.contains(lesson.id)) continue;
    for (const TaskInfo& task : lesson.tasks) {
      report.tasks.push_back({lesson.id, task.id, task.title, task.points});
      report.max_score += task.points;
    }
  }
  std::vector<FileTexts> texts;
  for (const ClassEntry& entry : folder.entries) texts.push_back(taken_in_by(plan, entry));
  report.similarity = compare_class(texts, handed_out(house, lessons));
  return report;
}

std::vector<CommonMistake> commonest_mistakes(const ClassReport& report, std::size_t most) {
  std::map<std::tuple<std::string, std::string, std::string>, CommonMistake> groups;
  for (const ClassResult& result : report.results) {
    if (result.refused) continue;
    for (const TaskColumn& task : report.tasks) {
      const TaskVerdict* verdict = ClassReport::verdict_on(result, task);
      if (verdict == nullptr || has_passed(*verdict) || was_not_judged(*verdict) || verdict->status == "NOT_STARTED")
        continue;
      const std::string said = told_in_a_line(*verdict);
      CommonMistake& group = groups[{task.id, verdict->status, without_numbers(said)}];
      if (group.students++ == 0) {
        group.task = task;
        group.status = verdict->status;
        group.said = said;
      }
    }
  }
  std::vector<CommonMistake> mistakes;
  for (auto& [key, group] : groups)
    if (group.students > 1) mistakes.push_back(std::move(group));
  std::stable_sort(mistakes.begin(), mistakes.end(),
                   [](const CommonMistake& one, const CommonMistake& other) { return one.students > other.students; });
  if (mistakes.size() > most) mistakes.resize(most);
  return mistakes;
}

void write_results(const House& house, const ClassReport& report) {
  const fs::path& out = report.plan.out;
  for (const ClassResult& result : report.results) {
    const fs::path folder = report.plan.page_folder(result.entry);
    fs::create_directories(folder);
    if (result.grade) write_file(folder / "grade.json", grade_json(without_times(*result.grade)));
    if (!result.grade) fs::remove(folder / "grade.json");
    write_file(folder / "feedback.html", student_page(house, report, result));
  }
  write_file(out / "timings.csv", timings_csv(report));
  write_file(out / "timings.html", timings_page(report));
  write_file(out / "similarity.html", similarity_page(report));
  write_file(out / "grades.csv", grades_csv(report));
  write_file(out / "index.html", class_page(house, report));
}

}  // namespace handbuilt::grader
