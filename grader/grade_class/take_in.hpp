#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "grader/archive/source_files.hpp"
#include "grader/course/house.hpp"
#include "grader/grade_class/class_folder.hpp"

namespace handbuilt::grader {

/// The C++ files of an entry, wherever they lie in it. Throws RefusedFiles.
SourceFiles read_entry(const ClassEntry& entry);

/// The files of one lesson among those handed in, with the headers beside them, by their bare names. They are looked
/// for in exercises/NN_name, then in any NN_name, then in any folder that is not another lesson's, the least deep
/// first.
SourceFiles files_of_lesson(const SourceFiles& files, const House& house, const LessonInfo& lesson);

/// Writes the exercise files that the entry holds to TO/NN_name/, and nothing else: TO is whole or as it was. Reading
/// what strangers packed is done by a process of its own with little memory and time. Throws RefusedFiles when the
/// entry cannot be taken in, and Error when that is not its own fault.
void take_in(const House& house, const std::vector<std::string>& lessons, const ClassEntry& entry,
             const std::filesystem::path& to);

}  // namespace handbuilt::grader
