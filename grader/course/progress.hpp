#pragma once

#include "grader/course/house.hpp"
#include "grader/course/json_files.hpp"

namespace handbuilt::grader {

/// What is remembered of a lesson under .progress/.
LessonProgress load_progress(const House& house, const LessonInfo& lesson);
void save_progress(const House& house, const LessonInfo& lesson, const LessonProgress& progress);

/// Takes the statuses and points of a check over, leaving tasks that were not checked as they were.
void remember(const House& house, const LessonInfo& lesson, const Verdict& verdict);

}  // namespace handbuilt::grader
