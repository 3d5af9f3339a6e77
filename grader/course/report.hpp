#pragma once

#include <string>

#include "grader/course/json_files.hpp"
#include "grader/course/terminal.hpp"

namespace handbuilt::grader {

/// What was asked for, in the words one would type again.
struct Request {
  std::string place;    ///< "10" or "10/conv2d-forward"
  std::string options;  ///< " --submission DIR --sanitize", or empty
};

/// What a student reads after a check: a line for every task, the first one that did not pass in full, what the program
/// printed, the points, and how to repeat it.
std::string report(const Verdict& verdict, const LessonInfo& lesson, const Request& request, const Terminal& terminal);

/// One task's status and points in a line; on a narrow terminal in two.
std::string task_line(const TaskVerdict& task, const Terminal& terminal);

/// All that a verdict says about a task, and what to do next about it.
std::string in_full(const TaskVerdict& task, const LessonInfo& lesson, const Request& request,
                    const Terminal& terminal);

/// "all 6 tasks pass; 3 hidden tests run on submission": how far a lesson is, and never more than was checked.
std::string lesson_standing(const LessonInfo& lesson, int tasks_passed);

/// A status in words for a person: "PASSED" -> "passed", "TIMED_OUT" -> "timed out".
std::string status_words(const std::string& status);

}  // namespace handbuilt::grader
