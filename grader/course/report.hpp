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

/// A status in words for a person: "PASSED" -> "passed", "TIMED_OUT" -> "timed out".
std::string status_words(const std::string& status);

}  // namespace handbuilt::grader
