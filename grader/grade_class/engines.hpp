#pragma once

#include <functional>
#include <string>
#include <vector>

#include "grader/course/house.hpp"
#include "grader/grade_class/class_run.hpp"

namespace handbuilt::grader {

/// Called for every submission when its grading has ended, well or badly.
using OnGraded = std::function<void(const ClassEntry& entry)>;

/// Whether every submission had its turn. What came of each stands in its record or its failure.
enum class EngineEnd { kAllDone, kStopped };

/// Grades on this machine, `jobs` submissions at a time, each by a process of its own. Ctrl-C and a polite kill give up
/// those that are not done.
EngineEnd grade_locally(const House& house, const ClassPlan& plan, const std::vector<ClassEntry>& entries, int jobs,
                        const OnGraded& on_graded);

struct SlurmOptions {
  int most_at_once = 0;                   ///< elements that run at the same time; 0: as Slurm likes
  std::vector<std::string> sbatch_words;  ///< handed to sbatch as they are: "--partition=teaching"
};

/// Has Slurm grade them as an array job and waits for its end. The nodes must see the course and the plan's folders at
/// the same paths. An earlier job for the same results that still runs is cancelled first; Ctrl-C cancels this one.
/// Throws Error in one line when Slurm does not take the job.
EngineEnd grade_with_slurm(const House& house, const ClassPlan& plan, const std::vector<ClassEntry>& entries,
                           const SlurmOptions& options, const OnGraded& on_graded);

/// What an element of the array does: grades its share of the plan's submissions. Returns how many failed.
int grade_element(const House& house, const std::filesystem::path& plan_file, int element, int elements);

}  // namespace handbuilt::grader
