#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "grader/course/house.hpp"
#include "grader/course/json_files.hpp"
#include "grader/course/submission.hpp"
#include "grader/sandbox/choose.hpp"
#include "grader/sandbox/mode.hpp"

namespace handbuilt::grader {

/// A folder of exercise files to be judged.
struct Submission {
  std::filesystem::path folder;  ///< absolute
  std::string shown;             ///< how messages name the folder
};

/// The folder a user named, or the one in it that is named like the lesson; exercises/ when none was named. Throws
/// DataError when there is no such folder.
Submission find_submission(const House& house, const LessonInfo& lesson, const std::filesystem::path& named);

struct JudgeOptions {
  std::vector<std::string> tasks;  ///< none: all
  std::uint64_t seed = 0;
  bool sanitize = false;
  std::filesystem::path work;        ///< where workers/, kept/ (the calls that failed) and verdict.json go
  std::vector<std::string> unmet{};  ///< tasks known not to pass, which are not judged again
  SandboxMode sandbox = SandboxMode::local;
  int at_once = 0;                                ///< how many files to compile at a time; 0: one a core
  std::filesystem::path program{};                ///< the judge; empty: the one built for the lesson
  std::filesystem::path results{};                ///< where kept/ and verdict.json go instead; empty: `work`
  std::function<void(const Verdict&)> on_task{};  ///< called after every judged task with the verdict so far
};

/// What a sandbox must let through for this house, as far as it is built, and what it must not.
SandboxNeeds sandbox_needs(const House& house);

/// The sandbox to grade in here: "" for graded where it runs, else contained; "none" (which is local), or the name of a
/// mode. Throws Error, saying what is missing and what to do, when it does not run here, and ValueError for other
/// names. The lessons' judges must have been built.
/// `hidden`, when it is not empty, is a folder of tests that nothing inside may read.
SandboxMode choose_sandbox(const House& house, const std::string& requested, const std::filesystem::path& hidden = {});

/// The folder where CMake records the recipe of a lesson's exercise.
std::filesystem::path recipe_folder(const House& house, const LessonInfo& lesson);

/// What ninja must have built before a lesson's exercise can be judged.
std::vector<std::string> judge_targets(const LessonInfo& lesson);

/// How to build the workers of the submission's files that these options ask for.
std::vector<WorkerJob> worker_jobs(const House& house, const LessonInfo& lesson, const Submission& submission,
                                   const JudgeOptions& options);

/// Has the workers in options.work judged. Throws Error when the judge itself fails.
Verdict judge(const House& house, const LessonInfo& lesson, const JudgeOptions& options);

/// Where the call that failed in the last judging of a task is kept; not there when it passed.
std::filesystem::path kept_call(const std::filesystem::path& work, const TaskInfo& task);

/// Builds the workers and has them judged; one check at a time in a work folder.
Verdict build_and_judge(const House& house, const LessonInfo& lesson, const Submission& submission,
                        const JudgeOptions& options);

/// Where a check of this submission keeps its workers and messages.
std::filesystem::path work_folder(const House& house, const LessonInfo& lesson, const Submission& submission,
                                  bool sanitize);

/// For random inputs that were not there before; short enough to type.
std::uint64_t fresh_seed();

}  // namespace handbuilt::grader
