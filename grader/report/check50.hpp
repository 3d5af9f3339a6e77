#pragma once

#include <string>

#include "grader/grading/grade.hpp"

namespace handbuilt::grader {

/// What `check50 --output json` prints: a check for every task. `passed` is null for a task that was not judged.
std::string check50_report(const Grade& grade);

}  // namespace handbuilt::grader
