#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace handbuilt::grader {

/// The packages of one [group] of cmake/debian-packages.txt. Throws DataError when there is no such group.
std::vector<std::string> packages_of(const std::filesystem::path& root, const std::string& group);

/// Those of `packages` that dpkg does not know as installed.
std::vector<std::string> missing_packages(const std::vector<std::string>& packages);

}  // namespace handbuilt::grader
