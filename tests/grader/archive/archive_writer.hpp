#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace handbuilt::test {

/// An entry as it shall stand in an archive, however hostile.
struct Entry {
  enum class Kind { file, folder, symbolic_link, hard_link, device, pipe };
  std::string name;
  std::string content{};  ///< of a file, or where a link leads
  Kind kind = Kind::file;
};

/// Writes an archive whose format and compression follow from its name: .zip, .tar, .tar.gz, .tar.bz2, .tar.xz,
/// .tar.zst.
void write_archive(const std::filesystem::path& path, const std::vector<Entry>& entries);

}  // namespace handbuilt::test
