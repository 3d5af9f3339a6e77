#pragma once

#include <filesystem>

namespace handbuilt::grader {

/// The folder to make, absolute. Throws ValueError unless it is absent or empty.
std::filesystem::path free_place(const std::filesystem::path& folder);

/// A folder beside the place where its content will end up, gone when this ends, so that a command makes a folder whole
/// or not at all. The content has a folder of its own there, because the outer one is for the user's eyes only.
class Staging {
 public:
  /// Throws DataError when it cannot be made.
  explicit Staging(const std::filesystem::path& destination);
  ~Staging();
  Staging(const Staging&) = delete;
  Staging& operator=(const Staging&) = delete;

  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
  [[nodiscard]] std::filesystem::path content() const { return folder_ / "content"; }

 private:
  std::filesystem::path folder_;
};

}  // namespace handbuilt::grader
