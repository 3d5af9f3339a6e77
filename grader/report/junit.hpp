#pragma once

#include <string>

#include "grader/grading/grade.hpp"

namespace handbuilt::grader {

/// JUnit XML, which Jenkins, GitLab and most other systems read: a suite for every lesson, a case for every task, and a
/// case that is skipped for a task that was not judged. Points stand in properties, for JUnit knows none.
std::string junit_report(const Grade& grade);

}  // namespace handbuilt::grader
