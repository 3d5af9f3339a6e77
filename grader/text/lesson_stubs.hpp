#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "grader/lesson_toml.hpp"

namespace handbuilt::grader {

/// What a student gets of a lesson: every exercise file ("conv2d_forward.cpp") with its stub, made from
/// ROOT/solutions/NN_name/. Throws DataError when a solution is missing, and as `make_stub`.
std::map<std::string, std::string> lesson_stubs(const std::filesystem::path& root, const LessonInfo& lesson);

}  // namespace handbuilt::grader
