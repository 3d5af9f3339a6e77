#include <fmt/format.h>

#include "grader/grade_class/class_report.hpp"
#include "grader/grade_class/csv.hpp"
#include "grader/text/printable.hpp"

// The results for spreadsheets.
namespace handbuilt::grader {

namespace {

std::string state_of(const ClassResult& result) {
  if (!result.grade) return "not graded: " + result.failure;
  return result.refused ? "refused: " + result.grade->problems.front() : "graded";
}

/// Calls `use` with every lesson and its tasks.
template <class Use>
void for_each_lesson(const ClassReport& report, Use&& use) {
  for (std::size_t begin = 0, end = 0; begin < report.tasks.size(); begin = end) {
    while (end < report.tasks.size() && report.tasks[end].lesson == report.tasks[begin].lesson) ++end;
    use(report.tasks[begin].lesson, begin, end);
  }
}

}  // namespace

std::string grades_csv(const ClassReport& report) {
  std::vector<std::string> heading = {"submission", "student", "state", "late", "total", "of"};
  for_each_lesson(report, [&](const std::string& lesson, std::size_t begin, std::size_t end) {
    heading.push_back(lesson);
    for (std::size_t i = begin; i < end; ++i) heading.push_back(lesson + "/" + report.tasks[i].id);
  });
  std::string csv = csv_line(heading);
  for (const ClassResult& result : report.results) {
    const bool is_graded = result.grade.has_value();
    std::vector<std::string> row = {result.entry.name,
                                    result.entry.student,
                                    state_of(result),
                                    result.entry.is_late ? "late" : "",
                                    is_graded ? std::to_string(result.score()) : "",
                                    std::to_string(report.max_score)};
    for_each_lesson(report, [&](const std::string&, std::size_t begin, std::size_t end) {
      int lesson_points = 0;
      std::vector<std::string> points;
      for (std::size_t i = begin; i < end; ++i) {
        const TaskVerdict* verdict = ClassReport::verdict_on(result, report.tasks[i]);
        const int earned = verdict == nullptr ? 0 : verdict->points;
        lesson_points += earned;
        points.push_back(is_graded ? std::to_string(earned) : "");
      }
      row.push_back(is_graded ? std::to_string(lesson_points) : "");
      row.insert(row.end(), points.begin(), points.end());
    });
    csv += csv_line(row);
  }
  return csv;
}

std::string timings_csv(const ClassReport& report) {
  std::string csv = csv_line({"submission", "lesson", "task", "seconds"});
  for (const ClassResult& result : report.results) {
    if (!result.grade) continue;
    csv += csv_line({result.entry.name, "", "all, with compiling", fmt::format("{:.3f}", result.grade->seconds)});
    for (const Verdict& lesson : result.grade->lessons)
      for (const TaskVerdict& task : lesson.tasks)
        csv += csv_line({result.entry.name, lesson.lesson, task.id, fmt::format("{:.3f}", task.seconds)});
  }
  return csv;
}

}  // namespace handbuilt::grader
