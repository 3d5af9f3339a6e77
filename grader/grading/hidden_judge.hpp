#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "grader/course/house.hpp"

namespace handbuilt::grader {

/// An instructor's own tests of a lesson, as a judge of their own: nothing of them stands in the judge that everybody
/// has, or in what that one writes.
struct HiddenJudge {
  std::filesystem::path program;
  /// By id of the tasks that have such tests: what a student hears when one fails, from TASK.message beside the tests.
  std::map<std::string, std::string> messages;
};

/// The judge of HIDDEN/NN_name/*.judge.cpp, compiled and linked with the commands that built the lesson's judge;
/// nothing when the folder holds no tests of this lesson. What did not change is not built again. The lesson's judge
/// must have been built. Throws DataError for a suite or a message of no task, and Error with the compiler's words for
/// a test that does not compile.
std::optional<HiddenJudge> build_hidden_judge(const House& house, const LessonInfo& lesson,
                                              const std::filesystem::path& hidden);

/// Words of a command as a POSIX shell would split it, without expanding anything.
std::vector<std::string> split_shell_words(const std::string& command);

}  // namespace handbuilt::grader
