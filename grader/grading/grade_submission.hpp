#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "grader/course/house.hpp"
#include "grader/grading/grade.hpp"

namespace handbuilt::grader {

/// What to grade, and how.
struct GradeRequest {
  /// Holds exercises/NN_name/*.cpp, NN_name/*.cpp or the files of a lesson themselves, perhaps inside one more folder.
  std::filesystem::path submission;
  std::string name;                  ///< how reports call it; empty: the folder's own name
  std::vector<std::string> lessons;  ///< ids; none: those of which the submission holds files
  std::vector<std::string> tasks;    ///< ids; none: all. What they need is judged too, and not reported
  SandboxMode sandbox = SandboxMode::graded;
  std::uint64_t seed = 0;        ///< random inputs depend on it and the test's name alone
  std::filesystem::path hidden;  ///< an instructor's tests, NN_name/*.judge.cpp; empty: none
  std::filesystem::path work;    ///< of this submission alone: copies, programs, messages; made when it is not there
  int at_once = 0;               ///< how many files to compile at a time; 0: one a core
  bool is_prepared = false;      ///< prepare_grading was called for these lessons and hidden tests
};

/// Builds the judges of these lessons, of hidden tests too. To be called once before many submissions are graded at the
/// same time. Throws Error when something does not build; for a hidden test with the compiler's words.
void prepare_grading(const House& house, const std::vector<std::string>& lessons, const std::filesystem::path& hidden);

/// Grades a submission. `on_task` is called with the grade so far: at the start, after every judged task, and at the
/// end, when it is complete. Never follows a link out of the submission. Throws DataError when the submission is no
/// folder, or when no lesson is named and it holds nothing of any, and Error when a judge itself fails; whatever else
/// is wrong with a submission becomes a message in its grade.
Grade grade_submission(const House& house, const GradeRequest& request,
                       const std::function<void(const Grade&)>& on_task = {});

}  // namespace handbuilt::grader
