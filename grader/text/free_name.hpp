#pragma once

#include <filesystem>

namespace handbuilt::grader {

/// `wanted`, or the first of wanted.2, wanted.3, ... that no file has: what is put there overwrites nothing.
std::filesystem::path free_name(const std::filesystem::path& wanted);

}  // namespace handbuilt::grader
