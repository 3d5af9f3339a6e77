#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

/// What binary files of the house have in common. All numbers are little-endian:
///
///     offset  size  what
///     0       8     magic: tells the kind of file; a text-mode transfer would damage it visibly
///     8       4     version of the format
///     12      8     length of the whole file in bytes
///     20      ...   the content
///     end-4   4     CRC-32 (as in zlib) of everything before
namespace handbuilt::data {

/// What a kind of file is called, and how it begins.
struct SealedKind {
  std::string_view magic;  ///< 8 bytes
  std::uint32_t version = 1;
  const char* name = "";  ///< "model"
  const char* mend = "";  ///< what makes a new one, for files of another version
};

/// Writes numbers one after another, then the length and the checksum.
class SealedWriter {
 public:
  explicit SealedWriter(const SealedKind& kind);

  template <class Unsigned>
  void number(Unsigned value) {
    for (std::size_t i = 0; i < sizeof value; ++i) bytes_ += static_cast<char>(value >> (8 * i) & 0xff);
  }
  void real(double value) { number(std::bit_cast<std::uint64_t>(value)); }
  void text(std::string_view value) {
    number(static_cast<std::uint32_t>(value.size()));
    bytes_ += value;
  }
  [[nodiscard]] std::string sealed() &&;

 private:
  std::string bytes_;
};

/// Takes one field after another and refuses whatever is not there. Messages are DataErrors that begin with the source
/// and the byte.
class SealedReader {
 public:
  /// Checks magic, version, length and checksum; afterwards every byte is known to be as it was written. Both `bytes`
  /// and `source` must outlive the reader.
  SealedReader(std::string_view bytes, const std::string& source, const SealedKind& kind);

  [[noreturn]] void refuse(const std::string& reason) const { refuse_at(position_, reason); }
  [[noreturn]] void refuse_at(std::size_t byte, const std::string& reason) const;

  std::string_view take(std::size_t count, const std::string& field);

  template <class Unsigned>
  Unsigned number(const std::string& field) {
    Unsigned value = 0;
    const std::string_view taken = take(sizeof value, field);
    for (std::size_t i = 0; i < sizeof value; ++i)
      value |= static_cast<Unsigned>(Unsigned{static_cast<unsigned char>(taken[i])} << (8 * i));
    return value;
  }
  /// A finite number.
  double real(const std::string& field);

  /// A number or text that can only be one.
  void expect(std::uint32_t expected, const std::string& field);
  void expect_text(std::string_view expected, const std::string& field);

  /// Refuses what follows the last field.
  void expect_end(const std::string& after) const;

  [[nodiscard]] std::size_t position() const { return position_; }
  [[nodiscard]] std::size_t left() const { return bytes_.size() - position_; }

 private:
  std::string_view bytes_;
  const std::string& source_;
  std::size_t position_ = 0;
};

}  // namespace handbuilt::data
