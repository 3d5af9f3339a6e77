#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace handbuilt::grader {

/// What one student handed in, as it lies in the folder of a class.
struct ClassEntry {
  std::string name;  ///< by which it is known: that of its folder, of its archive without ".zip", or of its loose files
  std::string student;         ///< as far as the name or Gradescope's list tells; else the same as `name`
  std::string slug;            ///< for files of our own: letters, digits, '.', '_' and '-', and no other entry's
  std::filesystem::path path;  ///< a folder or an archive; empty for loose files
  std::vector<std::filesystem::path> loose;  ///< files that lie in the class's folder itself
  bool is_late = false;                      ///< Canvas says so in the name
};

struct ClassFolder {
  std::vector<ClassEntry> entries;  ///< in the order of their names
  std::vector<std::string> aside;   ///< what belongs to nobody: a line each
};

/// Finds the submissions in a folder: every folder and every archive, and loose C++ files named as Canvas and Moodle
/// name them. It knows these names:
///
///     Canvas      smithjane_LATE_1234_5678_work.zip, smithjane_1234_5678_conv2d_forward-1.cpp
///     Moodle      Jane Smith_1234567_assignsubmission_file, the same with _work.zip or _conv2d_forward.cpp
///     Gradescope  submission_1234567 beside submission_metadata.yml, which tells the names
///
/// Hidden files are left alone, and so is `except`, where the results go. Throws DataError when there is no such folder
/// or nothing in it.
ClassFolder read_class_folder(const std::filesystem::path& folder, const std::filesystem::path& except);

/// The name under which a loose file was handed in: without what Canvas or Moodle put before it, and without the "-1"
/// that Canvas adds when a file is handed in again.
std::string handed_in_as(const std::string& file_name);

}  // namespace handbuilt::grader
