#include "grader/course/source_file.hpp"

namespace handbuilt::grader {

namespace fs = std::filesystem;

std::string why_source_is_refused(const fs::path& file, const std::string& shown, bool may_be_link) {
  std::error_code error;
  const fs::file_status status = may_be_link ? fs::status(file, error) : fs::symlink_status(file, error);
  if (!fs::exists(status)) return shown + " is not there";
  if (status.type() == fs::file_type::symlink) return shown + " is a symbolic link: hand in the file itself";
  if (status.type() != fs::file_type::regular) return shown + " is not a regular file";
  if (fs::file_size(file, error) > kLargestSource || error)
    return shown + " is larger than 1 MiB: an exercise needs a few kilobytes";
  return "";
}

std::set<fs::path> headers_in(const fs::path& folder) {
  std::set<fs::path> headers;  // a folder is read in no particular order
  for (const fs::directory_entry& entry : fs::directory_iterator(folder))
    if (entry.path().extension() == ".hpp" || entry.path().extension() == ".h") headers.insert(entry.path());
  return headers;
}

}  // namespace handbuilt::grader
