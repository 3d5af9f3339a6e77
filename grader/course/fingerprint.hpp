#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace handbuilt::grader {

/// FNV-1a (Fowler, Noll and Vo, 1991): it tells versions of a file apart, it does not guard against malice.
class Fingerprint {
 public:
  void add(std::string_view bytes);
  void add(const std::vector<std::string>& words);

  /// The file's content, or that it cannot be read: an editor may be about to replace it.
  void add_content(const std::filesystem::path& file);

  /// The contents and names of the headers in a folder: a source file beside them may include any.
  void add_headers(const std::filesystem::path& folder);

  /// Name, time and size stand for a file that is too large to read at every check.
  void add_stamp(const std::filesystem::path& file);

  /// 16 hexadecimal digits.
  [[nodiscard]] std::string text() const;

 private:
  void mix(unsigned char byte) {
    state_ ^= byte;
    state_ *= 0x100000001b3;
  }
  std::uint64_t state_ = 0xcbf29ce484222325;
};

}  // namespace handbuilt::grader
