#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "grader/course/house.hpp"

namespace handbuilt::grader {

/// The exercise files of one lesson, copied out of a submission.
struct HandedIn {
  std::string shown;                             ///< how messages name the folder they came from: "10_convnet"
  std::map<std::string, std::string> refused{};  ///< why, by file: "10_convnet/a.cpp is a symbolic link ..."
};

/// The ids of the lessons of which the submission holds a file, in order. Throws DataError when it is no folder.
std::vector<std::string> lessons_in(const House& house, const std::filesystem::path& submission);

/// Copies the lesson's exercise files, and the headers beside them, from a submission into `to`. Only regular files of
/// at most 1 MiB are taken and links are never followed, so that nothing of the machine's own comes along.
HandedIn copy_hand_in(const LessonInfo& lesson, const std::filesystem::path& submission,
                      const std::filesystem::path& to);

}  // namespace handbuilt::grader
