#include "grader/grading/grade.hpp"

#include <algorithm>
#include <numeric>

namespace handbuilt::grader {

int Grade::score() const {
  return std::accumulate(lessons.begin(), lessons.end(), 0,
                         [](int sum, const Verdict& lesson) { return sum + lesson.score; });
}

int Grade::max_score() const {
  return std::accumulate(lessons.begin(), lessons.end(), 0,
                         [](int sum, const Verdict& lesson) { return sum + lesson.max_score; });
}

bool Grade::all_passed() const {
  return std::all_of(lessons.begin(), lessons.end(), [](const Verdict& lesson) { return lesson.all_passed(); });
}

TaskVerdict not_checked(const TaskInfo& task, const std::string& why) {
  TaskVerdict verdict;
  verdict.id = task.id;
  verdict.title = task.title;
  verdict.status = "NOT_CHECKED";
  verdict.max_points = task.points;
  verdict.message = why;
  return verdict;
}

}  // namespace handbuilt::grader
