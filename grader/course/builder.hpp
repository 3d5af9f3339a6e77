#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace handbuilt::grader {

/// Holds a lock file while it lives, so that two commands never build in one folder at the same time.
class BuildLock {
 public:
  /// Waits for whoever holds it. Throws DataError when the file cannot be made.
  explicit BuildLock(const std::filesystem::path& file);
  ~BuildLock();
  BuildLock(const BuildLock&) = delete;
  BuildLock& operator=(const BuildLock&) = delete;

 private:
  int descriptor_;
};

/// Configures build/PRESET when it is not yet, and builds the targets (none named: all). Quiet when there is nothing to
/// do; otherwise the progress goes to standard error. Throws Error when it does not build.
void build_targets(const std::filesystem::path& root, const std::string& preset,
                   const std::vector<std::string>& targets);

}  // namespace handbuilt::grader
