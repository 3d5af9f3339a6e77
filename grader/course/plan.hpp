#pragma once

#include <map>
#include <string>
#include <vector>

#include "grader/course/check.hpp"
#include "grader/course/house.hpp"
#include "grader/course/json_files.hpp"

namespace handbuilt::grader {

/// What the verdict on each task rests on, by task id.
using Fingerprints = std::map<std::string, std::string>;

/// Of the judge: its program, the lesson's tasks and limits, and what a worker is built with. Reads some megabytes.
std::string judge_fingerprint(const House& house, const LessonInfo& lesson);

/// Of every task: the judge, and the contents of the task's file, of the files it needs, and of headers beside them.
Fingerprints task_fingerprints(const LessonInfo& lesson, const Submission& submission, const std::string& judge);

/// Is what is remembered of the task a verdict on what these fingerprints stand for?
bool still_stands(const CourseProgress& progress, const Fingerprints& prints, const std::string& task_id);

/// The tasks of the lesson whose remembered verdict does not stand (any more), in the lesson's order.
std::vector<std::string> stale_tasks(const LessonInfo& lesson, const CourseProgress& progress,
                                     const Fingerprints& prints);

/// Which tasks to judge now, and which are known not to pass.
struct Plan {
  std::vector<std::string> tasks, unmet;
};
/// To judge the tasks `wanted`: those they need come along, unless a verdict on them still stands.
Plan plan_check(const LessonInfo& lesson, const std::vector<std::string>& wanted, const CourseProgress& progress,
                const Fingerprints& prints);

/// Why a task of this verdict was NOT_CHECKED: the task at the bottom of what it waits for, how that stands, and its
/// file. What the verdict does not say is taken from `progress`.
std::string what_it_waits_for(const LessonInfo& lesson, const std::string& task_id, const Verdict& verdict,
                              const CourseProgress& progress, const std::string& exercise_folder);

}  // namespace handbuilt::grader
