#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "grader/course/house.hpp"
#include "grader/grade_class/class_folder.hpp"
#include "grader/grading/grade.hpp"
#include "grader/sandbox/mode.hpp"

namespace handbuilt::grader {

/// How a class is graded, and where everything goes. Paths are absolute.
struct ClassPlan {
  std::filesystem::path folder;      ///< of the submissions
  std::filesystem::path out;         ///< of the results
  std::vector<std::string> lessons;  ///< ids; none: those of which a submission holds files
  std::uint64_t class_seed = 0;
  SandboxMode sandbox = SandboxMode::graded;
  std::filesystem::path hidden;  ///< empty: none
  std::string course;            ///< fingerprint of the judges and all that a grade rests on beside the submission

  [[nodiscard]] std::filesystem::path state() const { return out / ".state"; }
  [[nodiscard]] std::filesystem::path record_of(const ClassEntry& entry) const {
    return state() / "records" / (entry.slug + ".json");
  }
  [[nodiscard]] std::filesystem::path failure_of(const ClassEntry& entry) const {
    return state() / "failures" / (entry.slug + ".txt");
  }
  [[nodiscard]] std::filesystem::path page_folder(const ClassEntry& entry) const {
    return out / "students" / entry.slug;
  }
  /// The files that were graded, as NN_name/FILE.cpp.
  [[nodiscard]] std::filesystem::path taken_in(const ClassEntry& entry) const {
    return page_folder(entry) / "submitted";
  }
};

/// The seed of a submission's random inputs: by its name, so that neither order nor company changes it. The judge
/// derives that of each test from it.
std::uint64_t seed_of(const ClassPlan& plan, const ClassEntry& entry);

/// What a grade rests on: the submission's contents and name, and everything in the plan that can change it.
std::string key_of(const ClassPlan& plan, const ClassEntry& entry);

/// Is there a record of a grade with this key?
bool stands(const ClassPlan& plan, const ClassEntry& entry, const std::string& key);

/// Grades one submission and leaves its record. What is wrong with the submission becomes a grade that says so. Throws
/// Error when something else is wrong (a full disk, a judge that failed): then there is no record, and why is left in
/// failure_of(entry).
void grade_entry(const House& house, const ClassPlan& plan, const ClassEntry& entry, int compile_at_once);

/// Fingerprints the judges of the plan's lessons (of all lessons, when it names none) and the hidden tests.
std::string course_fingerprint(const House& house, const ClassPlan& plan);

}  // namespace handbuilt::grader
