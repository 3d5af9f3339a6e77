#include "grader/report/words.hpp"

#include <fmt/format.h>

#include "grader/course/report.hpp"
#include "grader/text/printable.hpp"

namespace handbuilt::grader {

namespace {

constexpr std::size_t kMostPrinted = 4096;

std::string text_of(const std::string& bytes) { return printable(bytes, true); }

void add_paragraph(std::string& text, const std::string& label, const std::string& words) {
  if (!words.empty()) text += "\n\n" + label + text_of(words);
}

}  // namespace

std::string task_name(const TaskVerdict& task) { return printable(task.id + ": " + task.title); }

std::string printed_by(const TaskVerdict& task) { return printable(task.printed, true, kMostPrinted); }

std::string told_of(const TaskVerdict& task) {
  std::string text = task.status;
  add_paragraph(text, "", has_passed(task) ? task.note : task.message);
  add_paragraph(text, "why: ", task.rationale);
  add_paragraph(text, "help: ", task.help);
  add_paragraph(text, "", task.input);
  if (!task.printed.empty()) text += "\n\nyour code printed:\n" + printed_by(task);
  return text + "\n";
}

std::string told_in_a_line(const TaskVerdict& task) {
  const std::string line = task.message.substr(0, task.message.find('\n'));
  return line.empty() ? status_words(task.status) : printable(line);
}

std::string told_of_grading(const Grade& grade) {
  std::string text = fmt::format("sandbox: {}\nseed: {}\n", to_string(grade.sandbox), grade.seed);
  for (const Verdict& lesson : grade.lessons)
    text += fmt::format("the same inputs again: ./course check {} --seed {}\n", lesson.lesson, grade.seed);
  for (const std::string& problem : grade.problems) text += printable(problem) + "\n";
  if (!grade.is_complete) text += "the grading ended early: tasks without a verdict are NOT_CHECKED\n";
  return text;
}

bool has_passed(const TaskVerdict& task) { return task.status == "PASSED"; }

bool was_not_judged(const TaskVerdict& task) { return task.status == "NOT_CHECKED"; }

}  // namespace handbuilt::grader
