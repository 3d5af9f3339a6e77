#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "grader/course/house.hpp"

namespace handbuilt::grader {

/// Does a student get this file of the course (named from its root)? All but the answers and what needs them:
/// solutions/, the wrong and right answers and the gates of tests/exercises/, the tests of the whole program, the
/// teaching notes, the kits for grading and the continuous integration; and exercises/, which is written afresh.
bool is_for_students(const std::filesystem::path& file);

/// A Markdown text of the course as it stands in a copy: the code it quotes from solutions/ is quoted from exercises/,
/// where everything outside the fences is the same.
std::string quoting_exercises(const std::string& text);

/// Writes these files (named from the house's root) and a fresh stub of every exercise into an existing folder,
/// without looking at the house's own exercises/. What is gone from the house meanwhile is left out.
void write_student_copy(const House& house, const std::vector<std::filesystem::path>& files,
                        const std::filesystem::path& folder);

}  // namespace handbuilt::grader
