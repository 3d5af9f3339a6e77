#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "grader/course/process.hpp"

namespace handbuilt::test {

/// Where a student of the class wrote lesson 00.
std::filesystem::path mean_of(int student, const std::filesystem::path& submissions);

/// Makes a folder with student0, student1, ... who hand in lesson 00: right, wrong and not compiling, in turn.
void class_of(const std::filesystem::path& submissions, int students);

/// ./course grade-class, on lesson 00 unless `words` name another; without a sandbox, which has tests of its own.
grader::Command grade_class(const std::filesystem::path& submissions, const std::filesystem::path& out,
                            const std::vector<std::string>& words);

/// All that was written for the instructor and the students, by path: everything but timings and the state.
std::map<std::string, std::string> final_files(const std::filesystem::path& out);

}  // namespace handbuilt::test
