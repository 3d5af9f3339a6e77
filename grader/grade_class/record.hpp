#pragma once

#include <filesystem>
#include <string>

#include "grader/grade_class/class_run.hpp"
#include "grader/grading/grade.hpp"

namespace handbuilt::grader {

/// A grade that is done and need not be done again.
struct ClassRecord {
  std::string key;       ///< what the grade rests on
  bool refused = false;  ///< the submission could not be taken in; why is the grade's first problem
  Grade grade;
};

void write_record(const std::filesystem::path& path, const ClassRecord& record);

/// Throws DataError when the file is missing or is no record.
ClassRecord read_record(const std::filesystem::path& path);

/// A plan as a file, for the elements of an array job.
void write_plan(const std::filesystem::path& path, const ClassPlan& plan, const std::vector<std::string>& slugs);

struct SharedPlan {
  ClassPlan plan;
  std::vector<std::string> slugs;  ///< of the entries to grade
};
SharedPlan read_plan(const std::filesystem::path& path);

}  // namespace handbuilt::grader
