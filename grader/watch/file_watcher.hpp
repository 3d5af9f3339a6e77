#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <vector>

namespace handbuilt::grader {

/// Tells which of a set of files have new content. Editors save in many ways (write in place, write beside and rename,
/// delete and make anew) and leave temporary files around: all that counts here is what the watched names hold once
/// things have been quiet for a moment.
///
/// Waiting costs nothing: the kernel wakes us (inotify). Where it cannot, as on some network file systems, the files
/// are looked at twice a second.
class FileWatcher {
 public:
  /// `files` need not exist yet, their folders must; throws DataError for a folder that cannot be watched at all.
  explicit FileWatcher(std::vector<std::filesystem::path> files);
  ~FileWatcher();
  FileWatcher(const FileWatcher&) = delete;
  FileWatcher& operator=(const FileWatcher&) = delete;

  /// The files whose content differs from what it was when this function last returned (or at the start), in the order
  /// given. Empty after `timeout`, or as soon as `stop_descriptor` (>= 0) becomes readable.
  std::vector<std::filesystem::path> wait(std::chrono::milliseconds timeout, int stop_descriptor = -1);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace handbuilt::grader
