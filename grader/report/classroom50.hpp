#pragma once

#include <functional>
#include <optional>
#include <string>

#include "grader/grading/grade.hpp"

namespace handbuilt::grader {

/// What a Classroom 50 runner tells an autograder about the submission, in environment variables of these names.
struct Classroom50Submission {
  std::string classroom;        ///< CLASSROOM
  std::string assignment;       ///< ASSIGNMENT
  std::string assignment_type;  ///< ASSIGNMENT_TYPE: individual, group or team; the runner stamps its own over it
  std::string owner;            ///< OWNER, else USERNAME; stamped by the runner too
  std::string tag;              ///< SUBMISSION_TAG: "submit/..."
  std::string commit;           ///< COMMIT_URL
  std::string release;          ///< RELEASE_URL
  std::string review;           ///< REVIEW_URL, else the commit
  std::string graded_at;        ///< now, UTC: "2026-06-01T14:33:11Z"
};

/// Reads the variables through `variable`. Throws ValueError in one line naming those that are missing or wrong.
Classroom50Submission read_classroom50(const std::function<std::optional<std::string>(const char*)>& variable,
                                       const std::string& now);

/// classroom50/result/v1, a test for every task.
std::string classroom50_report(const Grade& grade, const Classroom50Submission& submission);

}  // namespace handbuilt::grader
