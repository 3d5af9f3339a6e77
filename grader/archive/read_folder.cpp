#include <system_error>

#include "core/file.hpp"
#include "grader/archive/entry_rules.hpp"
#include "grader/text/printable.hpp"

namespace handbuilt::grader {

namespace fs = std::filesystem;

SourceFiles read_folder(const fs::path& folder, const SourceLimits& limits) {
  EntryRules rules(printable(folder.filename().string()), limits);
  SourceFiles files;
  std::error_code failure;
  fs::recursive_directory_iterator entries(folder, failure);
  for (; !failure && entries != fs::recursive_directory_iterator(); entries.increment(failure)) {
    const fs::path& file = entries->path();
    const std::string path = rules.admit(file.string().substr(folder.string().size() + 1));
    const fs::file_status status = entries->symlink_status();
    if (fs::is_symlink(status)) {
      rules.admit_link(path, fs::read_symlink(file).string(), true);
    } else if (fs::is_block_file(status) || fs::is_character_file(status)) {
      rules.refuse(path, "is a device");
    } else if (fs::is_regular_file(status) && EntryRules::is_kept(path)) {
      rules.expect_file_size(path, entries->file_size());
      rules.keep(files, path, read_file(file, limits.kept_file_bytes));
    }
  }
  if (failure) rules.refuse("it cannot be read: " + failure.message());
  return files;
}

}  // namespace handbuilt::grader
