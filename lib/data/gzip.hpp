#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace handbuilt::data {

/// Whether `content` starts as a gzip stream does.
bool is_gzip(std::string_view content);

/// The gzip stream of `content`, without a name or a time: the same content gives the same bytes.
std::string gzip(std::string_view content);

/// Decompresses a gzip stream piece by piece, so that the reader decides how much memory a stranger's file may take.
/// Reading the last byte verifies length and CRC.
class Gunzip {
 public:
  /// No stream of n bytes decompresses to more than kMostExpansion * n (the limit of the deflate format).
  static constexpr std::size_t kMostExpansion = 1032;

  /// `compressed` must outlive the reader. `name` starts every message: the file the bytes came from.
  Gunzip(std::string_view compressed, std::string name);
  ~Gunzip();
  Gunzip(const Gunzip&) = delete;
  Gunzip& operator=(const Gunzip&) = delete;

  /// The next `count` bytes; fewer only when the stream ends before. Never takes memory for more than twice the bytes
  /// that did come. Throws DataError when the stream is truncated, damaged or followed by anything else.
  std::string read(std::size_t count);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace handbuilt::data
