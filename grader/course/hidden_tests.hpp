#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "grader/course/house.hpp"

namespace handbuilt::grader {

/// How many tests an instructor keeps from the students, by lesson id: every TEST, TEST_F and TEST_P that starts a line
/// in FOLDER/NN_name/*.judge.cpp. Throws DataError when the folder holds none, or a subfolder is not a lesson's.
std::map<std::string, int> count_hidden_tests(const House& house, const std::filesystem::path& folder);

/// The text of a lesson.toml with `hidden_tests = count` above its tables, instead of what it said before.
std::string with_hidden_tests(const std::string& lesson_toml, int count);

}  // namespace handbuilt::grader
