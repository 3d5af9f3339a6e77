#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace handbuilt::grader {

/// The files of a folder that are somebody's work, named from it: in a checkout those git tracks, in a plain folder all
/// that its .gitignore does not name. `scratch` is an empty folder to work in. Throws Error when git is missing or
/// fails.
std::vector<std::filesystem::path> files_worth_keeping(const std::filesystem::path& folder,
                                                       const std::filesystem::path& scratch);

/// Makes the folder a git repository whose one commit holds all its files, by "Handbuilt <course@localhost>" whoever
/// runs it and whatever their git is set up to do. Throws Error when git is missing or fails.
void commit_all(const std::filesystem::path& folder, const std::string& message);

}  // namespace handbuilt::grader
