#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace handbuilt {

/// The bytes of a file. Throws DataError, naming the file, when it is missing, is not a regular file, cannot be read or
/// is larger than `largest_bytes`.
std::string read_file(const std::filesystem::path& path, std::size_t largest_bytes = std::size_t{1} << 30);

/// Writes beside the file and renames, so that a reader sees the old content or the new one, never a half. Throws
/// DataError, naming the file and the reason; the old content then stands untouched.
void write_file(const std::filesystem::path& path, std::string_view content);

}  // namespace handbuilt
