#pragma once

#include "grader/course/house.hpp"
#include "grader/course/terminal.hpp"

namespace handbuilt::grader {

/// Brings the student's files of a lesson up to date with the course (see update_exercise) and tells what was done. A
/// copy of the course without solutions has nothing to make them from: there they stay as they are.
void refresh_exercises(const House& house, const LessonInfo& lesson, const Terminal& terminal);

}  // namespace handbuilt::grader
