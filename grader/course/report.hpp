#pragma once

#include <string>

#include "grader/course/json_files.hpp"
#include "grader/course/terminal.hpp"

namespace handbuilt::grader {

/// What a student reads after a check: a line for every task, the first one that did not pass in full, what the program
/// printed, the points, and how to repeat it. `repeat` is the command without its seed.
std::string report(const Verdict& verdict, const LessonInfo& lesson, const std::string& repeat,
                   const Terminal& terminal);

/// A status in words for a person: "PASSED" -> "passed", "TIMED_OUT" -> "timed out".
std::string status_words(const std::string& status);

}  // namespace handbuilt::grader
