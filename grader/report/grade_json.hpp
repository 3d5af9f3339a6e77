#pragma once

#include <string>

#include "grader/grading/grade.hpp"

namespace handbuilt::grader {

/// Everything a grade says, as docs/schemas/handbuilt-grade-v1.schema.json has it.
std::string grade_json(const Grade& grade);

}  // namespace handbuilt::grader
