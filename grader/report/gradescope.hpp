#pragma once

#include <string>

#include "grader/grading/grade.hpp"

namespace handbuilt::grader {

/// When students see what an instructor's hidden tests said of a task. Not "hidden", which would keep every test of the
/// submission from them.
enum class HiddenTestsShown { at_once, after_due_date, after_published };

/// Gradescope's results.json: a test for every task. A task with hidden tests is two, unless they are shown at once:
/// what everybody's tests say, without points, and the points, which are shown when `hidden_tests` says so. The
/// leaderboard counts what everybody's tests say, so that it tells nothing of the hidden ones.
std::string gradescope_report(const Grade& grade, HiddenTestsShown hidden_tests = HiddenTestsShown::after_published);

}  // namespace handbuilt::grader
