#pragma once

#include "grader/grading/grade.hpp"

namespace handbuilt::grader {

inline TaskVerdict task_verdict(const std::string& id, const std::string& title, const std::string& status, int points,
                                int max_points, const std::string& message, double seconds = 0) {
  TaskVerdict task;
  task.id = id;
  task.title = title;
  task.status = status;
  task.points = points;
  task.max_points = max_points;
  task.message = message;
  task.seconds = seconds;
  return task;
}

inline Verdict lesson_verdict(const std::string& lesson, std::vector<TaskVerdict> tasks) {
  Verdict verdict;
  verdict.lesson = lesson;
  verdict.seed = 7;
  verdict.tasks = std::move(tasks);
  for (const TaskVerdict& task : verdict.tasks) {
    verdict.score += task.points;
    verdict.max_score += task.max_points;
  }
  return verdict;
}

/// The grade that the specimens report: one task of every kind that a report tells apart.
inline Grade fixed_grade() {
  TaskVerdict passed =
      task_verdict("conv2d-forward", "Slide every kernel over every channel", "PASSED", 2, 2, "", 0.25);
  passed.note = "three images at once";
  passed.printed = "hello\n";
  TaskVerdict wrong = task_verdict("conv2d-gradient", "Where the error came from", "WRONG", 0, 3,
                                   "it looks as if the kernel is flipped\nentry (0, 0) is -2, expected 0", 0.5);
  wrong.rationale = "each output is a sum of products";
  wrong.help = "which entry meets the corner?";
  wrong.input = "convnet::conv2d_gradient was called with\n  input = [1, 1] {0}";
  wrong.replay = "/a/file/of/the/grading/machine";
  const TaskVerdict waits =
      task_verdict("momentum-step", "Roll on", "NOT_CHECKED", 0, 1, "needs conv2d-gradient to pass first");
  const TaskVerdict broken =
      task_verdict("mean", "The mean of a column", "COMPILE_ERROR", 0, 1, "00_tour/mean.cpp is not there");

  Grade grade;
  grade.submission = "ada";
  grade.sandbox = SandboxMode::graded;
  grade.seed = 7;
  grade.lessons = {lesson_verdict("10_convnet", {passed, wrong, waits}), lesson_verdict("00_tour", {broken})};
  grade.needs = {{"conv2d-gradient", "conv2d-forward"}, {"momentum-step", "conv2d-gradient"}};
  grade.problems = {"00_tour/mean.cpp is not there"};
  grade.seconds = 1.5;
  grade.is_complete = true;
  return grade;
}

/// Every byte that has ever broken a report, in every text that a student has a hand in.
inline Grade hostile_grade() {
  std::string bytes;
  for (int byte = 0; byte < 256; ++byte) bytes += static_cast<char>(byte);
  bytes +=
      "]]> --> <![CDATA[ <script>alert(1)</script> &lt; \" ' \\u0000 \xed\xa0\x80 \xef\xbf\xbf \xe2\x80\xae "
      "\x1b[2J\x1b]0;title\x07\n::error::injected\n  ::set-output name=result::x\n##[command]x\r\n";
  Grade grade = fixed_grade();
  grade.submission = bytes;
  grade.problems.push_back(bytes);
  for (Verdict& lesson : grade.lessons)
    for (TaskVerdict& task : lesson.tasks)
      for (std::string* text : {&task.message, &task.note, &task.rationale, &task.help, &task.input, &task.printed})
        *text += bytes;
  return grade;
}

}  // namespace handbuilt::grader
