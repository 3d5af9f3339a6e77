#pragma once

#include <string>

#include "grader/grading/grade.hpp"

namespace handbuilt::grader {

/// What every report says about a task, from a Grade that may hold any bytes of a student's. All of it is valid UTF-8
/// without control characters but line ends and tabs.

/// "conv2d-forward: Slide every kernel over every channel".
std::string task_name(const TaskVerdict& task);

/// The status and all that the judge said, and the first 4 KiB of what the student's code printed.
std::string told_of(const TaskVerdict& task);

/// The first line of the message; the status in words where there is none.
std::string told_in_a_line(const TaskVerdict& task);

/// What the code printed, its first 4 KiB.
std::string printed_by(const TaskVerdict& task);

/// How it was graded: the sandbox, the seed and the command that repeats it, then whatever is wrong with the submission
/// as a whole, a line each.
std::string told_of_grading(const Grade& grade);

bool has_passed(const TaskVerdict& task);

/// A task that could not be judged: it waits for another, or the grading ended before it.
bool was_not_judged(const TaskVerdict& task);

}  // namespace handbuilt::grader
