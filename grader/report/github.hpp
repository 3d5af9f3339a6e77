#pragma once

#include <string>

#include "grader/grading/grade.hpp"

namespace handbuilt::grader {

/// What a step of a GitHub Classroom workflow hands to education/autograding-grading-reporter: base64 (RFC 4648) of a
/// JSON text of version 1, in one line. Every test carries its `score`, because the reporter adds those up. No line of
/// it is a command to the workflow's runner, whatever a student's code printed.
std::string github_report(const Grade& grade);

/// The JSON text alone.
std::string github_result(const Grade& grade);

}  // namespace handbuilt::grader
