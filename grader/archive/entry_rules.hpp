#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "grader/archive/source_files.hpp"

namespace handbuilt::grader {

/// What read_archive and read_folder ask of every entry, in the order in which they meet them.
class EntryRules {
 public:
  /// `shown` is how messages call what was handed in.
  EntryRules(std::string shown, const SourceLimits& limits) : shown_(std::move(shown)), limits_(limits) {}

  /// The path of the next entry with '/' between its parts and without "." among them; empty for the top itself.
  std::string admit(const std::string& name);

  /// A link (symbolic: relative to its own folder; hard: to the top). Throws unless it stays inside.
  void admit_link(const std::string& path, const std::string& target, bool symbolic) const;

  /// Is it a C++ file that somebody wrote?
  [[nodiscard]] static bool is_kept(const std::string& path);

  void keep(SourceFiles& files, const std::string& path, std::string content);

  [[noreturn]] void refuse(const std::string& why) const;
  [[noreturn]] void refuse(const std::string& path, const std::string& why) const;
  void expect_file_size(const std::string& path, std::uintmax_t bytes) const;

 private:
  std::string shown_;
  SourceLimits limits_;
  int entries_ = 0;
  std::uintmax_t kept_bytes_ = 0;
};

}  // namespace handbuilt::grader
