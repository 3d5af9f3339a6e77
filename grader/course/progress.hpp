#pragma once

#include <functional>
#include <map>
#include <string>

#include "grader/course/house.hpp"
#include "grader/course/json_files.hpp"

namespace handbuilt::grader {

/// What is remembered of the student's way through the course, in progress.json under .progress/; nothing before the
/// first check. A file that cannot be read is set aside as progress.json.bad, with a line on standard error, and the
/// student starts with nothing remembered.
CourseProgress load_progress(const House& house);

/// Changes what is remembered, all at once, also when several commands do so at the same time.
void change_progress(const House& house, const std::function<void(CourseProgress&)>& change);

/// Takes the verdicts of a check over, leaving tasks that were not checked as they were. `fingerprints`, by task id,
/// say what each verdict rests on.
void remember(const House& house, const Verdict& verdict, const std::map<std::string, std::string>& fingerprints);

/// The status of a task in its last check; empty before the first.
std::string status_of(const CourseProgress& progress, const std::string& task_id);

/// The lesson's first task that did not pass in its last check; null when all did.
const TaskInfo* first_unfinished(const LessonInfo& lesson, const CourseProgress& progress);

/// The first such task of the course; its lesson is null when everything has passed.
Place next_place(const House& house, const CourseProgress& progress);

/// How many of a lesson's tasks passed in their last check.
int tasks_passed(const LessonInfo& lesson, const CourseProgress& progress);

}  // namespace handbuilt::grader
