#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "grader/course/house.hpp"
#include "grader/course/terminal.hpp"

/// The commands of `./course`. Each returns the program's exit code: 0 all passed, 1 something did not pass; what the
/// course itself could not do is thrown as Error and becomes 2.
namespace handbuilt::grader {

/// The lessons, how far the student is, and what to do next.
int run_overview(const House& house, const Terminal& terminal);

int run_list(const House& house, bool json, const Terminal& terminal);

struct DemoOptions {
  std::string lesson;  ///< empty: the flagship
  bool headless = false;
  std::filesystem::path out;
  std::optional<double> seconds;
  std::optional<std::uint64_t> seed;
  std::filesystem::path script;  ///< steps to play (lib/window/script.hpp); empty: none
  bool projector = false;        ///< full screen, larger type, high contrast
};
/// Builds the lesson's demo and becomes it.
int run_demo(const House& house, const DemoOptions& options, bool plain);

struct CheckOptions {
  std::string place;                 ///< LESSON or LESSON/TASK; empty: every lesson
  std::filesystem::path submission;  ///< a folder with the lesson's exercise files; empty: exercises/
  std::filesystem::path json;        ///< where to write the verdict; empty: nowhere
  bool sanitize = false;
  std::optional<std::uint64_t> seed;
};
int run_check(const House& house, const CheckOptions& options, const Terminal& terminal);

/// Waits for saves and checks what has changed, until Ctrl-C. Without a lesson it follows the course from the first
/// unfinished task on.
int run_watch(const House& house, const std::string& lesson, bool plain);

int run_hint(const House& house, const std::string& place, const Terminal& terminal);

/// Shows what the reference answer has in place of the task's blank: once the task has passed, or `anyway`.
int run_solution(const House& house, const std::string& place, bool anyway, const Terminal& terminal);

struct ExportOptions {
  std::filesystem::path folder;  ///< to be made; may be there when it is empty
  std::filesystem::path hidden;  ///< tests that are told of and not handed out; empty: none
};
/// Makes a git repository with all that a student needs and no answers, whole or not at all.
int run_export_student(const House& house, const ExportOptions& options);

struct GradeOptions {
  std::filesystem::path folder;             ///< what was handed in
  std::string format;                       ///< gradescope, classroom50, github, check50, junit or json
  std::filesystem::path out;                ///< the report; replaced as a whole after every judged task
  std::vector<std::string> lessons, tasks;  ///< none: all that was handed in
  std::string sandbox;                      ///< auto, graded, contained or none
  std::optional<std::uint64_t> seed;
  std::filesystem::path hidden;         ///< an instructor's own tests, NN_name/*.judge.cpp; empty: none
  std::filesystem::path hidden_report;  ///< where to write what those said, for the instructor; empty: nowhere
  std::string hidden_visibility;        ///< for Gradescope: visible, after_due_date or after_published
};
/// Grades a submission for a platform. With classroom50 the exit code is 0 whatever the grade.
int run_grade(const House& house, const GradeOptions& options, const Terminal& terminal);

struct KitOptions {
  std::string platform;       ///< gradescope, classroom50 or github
  std::filesystem::path out;  ///< to be made; may be there when it is empty
  std::vector<std::string> lessons;
  std::filesystem::path hidden;  ///< goes along, out of the students' reach; empty: none
  std::string hidden_visibility = "after_published";
  std::string sandbox = "auto";
  int seconds = 540;  ///< when grading stops by itself, keeping what was earned
};
/// Makes the folder that an instructor uploads to a platform: the course without answers and the scripts that run it.
int run_grade_kit(const House& house, const KitOptions& options);

struct GradeClassOptions {
  std::filesystem::path folder;      ///< of the submissions: a folder or an archive each
  std::filesystem::path out;         ///< where the results go, and what is needed to go on later
  std::vector<std::string> lessons;  ///< none: those that were handed in
  int jobs = 0;                      ///< at the same time; 0: one a core, or as Slurm likes
  std::string engine;                ///< local or slurm
  std::vector<std::string> sbatch_words;
  std::string sandbox;  ///< auto, graded, contained or none
  std::uint64_t class_seed = 0;
  std::filesystem::path hidden;  ///< an instructor's own tests; empty: none
};
/// Grades a class, or goes on where an earlier call stopped. Exit code 0 when everything has a grade, however low, and
/// 2 when something could not be graded.
int run_grade_class(const House& house, const GradeClassOptions& options, const Terminal& terminal);

struct GradeElementOptions {
  std::filesystem::path plan;
  int element = 0, elements = 1;
};
/// What one element of an array job does.
int run_grade_class_element(const House& house, const GradeElementOptions& options);

struct LateDaysOptions {
  std::filesystem::path grades;  ///< grades.csv of grade-class
  std::filesystem::path times;   ///< columns submission and handed_in
  std::string deadline;          ///< an instant
  std::string rule;              ///< FREE,PERCENT,MOST
  std::filesystem::path out;
};
/// Writes the grades with what being late cost each submission. One without a time was not late.
int run_late_days(const LateDaysOptions& options);

/// Opens gdb on the worker with the call that failed in the last check of this submission.
int run_debug(const House& house, const std::string& place, const std::filesystem::path& submission, bool sanitize);

/// Builds everything and becomes ctest.
int run_tests(const House& house, const std::string& preset, const std::vector<std::string>& ctest_arguments);

/// Builds and runs the benchmark programs whose name contains `filter`; with `peers` also the same work in other
/// libraries. `words` are handed to the programs.
int run_benchmarks(const House& house, bool peers, const std::string& filter, const std::vector<std::string>& words);

/// Builds the robot simulator's program and becomes it.
int run_robot(const House& house, const std::vector<std::string>& words);

/// What this machine lacks, each with the command that mends it.
int run_doctor(const House& house, const Terminal& terminal);

/// Brings code and numbers in the texts up to date, or with `check` only tells what differs.
int run_docs(const House& house, bool check);

}  // namespace handbuilt::grader
