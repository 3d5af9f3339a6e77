#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

#include "core/error.hpp"

namespace handbuilt::grader {

/// What somebody handed in cannot be taken in. The message tells the student what is wrong with it.
class RefusedFiles : public DataError {
 public:
  using DataError::DataError;
};

/// How much may be handed in. Only C++ files count as kept; a whole checkout with its build folder is still read.
struct SourceLimits {
  int entries = 20'000;
  int depth = 24;                                             ///< folders inside folders
  std::uintmax_t kept_file_bytes = std::uintmax_t{1} << 20;   ///< one C++ file
  std::uintmax_t kept_bytes = std::uintmax_t{16} << 20;       ///< all C++ files
  std::uintmax_t unpacked_bytes = std::uintmax_t{512} << 20;  ///< all that an archive holds
  std::uintmax_t ratio = 100;  ///< unpacked bytes a byte of the archive, where it holds more than 32 MiB
};

/// The C++ files (.cpp, .hpp, .h) that were handed in, by their paths with '/' between the parts. Nothing of them has
/// been written anywhere: whoever writes them chooses the names.
using SourceFiles = std::map<std::string, std::string>;

/// Does the name end as that of an archive: zip, tar, tgz, tar.gz, tar.bz2, tar.xz, tar.zst, and those that are refused
/// (rar, 7z)?
bool is_archive_name(const std::string& file_name);

/// The name without the ending by which it is an archive.
std::string without_archive_ending(const std::string& file_name);

/// Reads a zip or a tarball, whatever its top folder is called; what macOS and version control put beside the files is
/// left out. Throws RefusedFiles for absolute paths and "..", for links that lead out, devices, a name that stands
/// there twice, files or archives over the limits, archives inside an archive that holds no C++ file, encryption,
/// damage, and any other format.
SourceFiles read_archive(const std::filesystem::path& archive, const SourceLimits& limits = {});

/// The same of a folder. Links are never followed: one that leads out is refused, one that stays inside is left out.
SourceFiles read_folder(const std::filesystem::path& folder, const SourceLimits& limits = {});

}  // namespace handbuilt::grader
