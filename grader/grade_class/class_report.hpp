#pragma once

#include <optional>
#include <string>
#include <vector>

#include "grader/course/house.hpp"
#include "grader/grade_class/class_folder.hpp"
#include "grader/grade_class/class_run.hpp"
#include "grader/grading/grade.hpp"
#include "grader/similarity/compare_class.hpp"

namespace handbuilt::grader {

/// What came of one submission.
struct ClassResult {
  ClassEntry entry;
  std::optional<Grade> grade;  ///< none when the grading itself failed
  bool refused = false;        ///< nothing could be taken in; why is the grade's first problem
  std::string failure;         ///< why there is no grade

  [[nodiscard]] int score() const { return grade ? grade->score() : 0; }
};

/// One task, over the whole class.
struct TaskColumn {
  std::string lesson, id, title;
  int points = 0;
};

/// A mistake that several made: the same task, status and first line of the verdict, numbers apart.
struct CommonMistake {
  TaskColumn task;
  std::string status, said;  ///< `said` is the line as the first of them was told
  int students = 0;
};

struct ClassReport {
  ClassPlan plan;
  std::vector<ClassResult> results;  ///< in the order of their names
  std::vector<TaskColumn> tasks;     ///< in the course's order
  int max_score = 0;
  std::vector<std::string> aside;  ///< what lay in the folder and belongs to nobody
  SimilarityReport similarity;

  /// The verdict on a task; null when there is no grade, or the lesson was not handed in.
  [[nodiscard]] static const TaskVerdict* verdict_on(const ClassResult& result, const TaskColumn& task);
};

/// Gathers records and failures, and compares what was handed in. Lessons that a submission lacks count as zero where
/// another has them. Points, texts and order follow from the submissions and the plan alone; times do not, and stand
/// only in the grades' `seconds`.
ClassReport gather(const House& house, const ClassPlan& plan, const ClassFolder& folder);

/// The commonest mistakes, most students first.
std::vector<CommonMistake> commonest_mistakes(const ClassReport& report, std::size_t most = 12);

/// Writes grades.csv, index.html, similarity.html, and a page and grade.json for every student, all without times;
/// and timings.csv and timings.html.
void write_results(const House& house, const ClassReport& report);

// The texts of these files.
std::string grades_csv(const ClassReport& report);
std::string timings_csv(const ClassReport& report);
std::string class_page(const House& house, const ClassReport& report);
std::string student_page(const House& house, const ClassReport& report, const ClassResult& result);
std::string similarity_page(const ClassReport& report);
std::string timings_page(const ClassReport& report);

}  // namespace handbuilt::grader
