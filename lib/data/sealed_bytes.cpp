#include "data/sealed_bytes.hpp"

#include <zlib.h>

#include <cmath>

#include <utility>

#include "core/error.hpp"

namespace handbuilt::data {

namespace {

constexpr std::size_t kMagicSize = 8;
constexpr std::size_t kLengthOffset = kMagicSize + sizeof(std::uint32_t);
constexpr std::size_t kHeaderSize = kLengthOffset + sizeof(std::uint64_t);
constexpr std::size_t kChecksumSize = sizeof(std::uint32_t);

std::uint32_t checksum(std::string_view bytes) {
  return static_cast<std::uint32_t>(::crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

/// Text from a file, made fit for one line of a message.
std::string quoted(std::string_view text) {
  constexpr std::size_t kMost = 200;
  std::string line = "\"";
  for (const char c : text.substr(0, kMost))
    line += c == '\n' ? std::string(" | ") : std::string(1, c >= ' ' ? c : '?');
  return line + (text.size() > kMost ? "...\"" : "\"");
}

}  // namespace

SealedWriter::SealedWriter(const SealedKind& kind) : bytes_(kind.magic) {
  number(kind.version);
  number(std::uint64_t{0});  // the length, known at the end
}

std::string SealedWriter::sealed() && {
  const std::uint64_t length = bytes_.size() + kChecksumSize;
  for (std::size_t i = 0; i < sizeof length; ++i)
    bytes_[kLengthOffset + i] = static_cast<char>(length >> (8 * i) & 0xff);
  number(checksum(bytes_));
  return std::move(bytes_);
}

SealedReader::SealedReader(std::string_view bytes, const std::string& source, const SealedKind& kind)
    : bytes_(bytes), source_(source) {
  if (bytes.substr(0, kMagicSize) != kind.magic.substr(0, bytes.size()))
    refuse(std::string("this is not a Handbuilt ") + kind.name + " file (the first bytes differ)");
  take(kMagicSize, "magic number");
  const auto version = number<std::uint32_t>("version");
  if (version != kind.version)
    refuse_at(kMagicSize, "expected version " + std::to_string(kind.version) + ", got " + std::to_string(version) +
                              "; " + kind.mend);
  const auto length = number<std::uint64_t>("length of the file");
  if (length != bytes.size())
    refuse_at(kLengthOffset, (length > bytes.size() ? std::string("the file is truncated")
                                                    : std::string("something follows the ") + kind.name) +
                                 ": expected " + std::to_string(length) + " bytes, got " +
                                 std::to_string(bytes.size()));
  if (length < kHeaderSize + kChecksumSize) refuse("the file is too short to hold a checksum");

  const std::size_t content_size = bytes.size() - kChecksumSize;
  position_ = content_size;
  const auto written = number<std::uint32_t>("checksum");
  position_ = kHeaderSize;
  if (written != checksum(bytes.substr(0, content_size)))
    refuse_at(content_size, "the checksum differs: the file is damaged");
  bytes_.remove_suffix(kChecksumSize);
}

void SealedReader::refuse_at(std::size_t byte, const std::string& reason) const {
  throw DataError(source_ + ": byte " + std::to_string(byte) + ": " + reason);
}

std::string_view SealedReader::take(std::size_t count, const std::string& field) {
  if (count > bytes_.size() - position_)
    refuse("the file ends within the " + field + ": expected " + std::to_string(count) + " more bytes, got " +
           std::to_string(bytes_.size() - position_));
  const std::string_view taken = bytes_.substr(position_, count);
  position_ += count;
  return taken;
}

double SealedReader::real(const std::string& field) {
  const std::size_t start = position_;
  const auto value = std::bit_cast<double>(number<std::uint64_t>(field));
  if (!std::isfinite(value)) refuse_at(start, field + " holds a value that is not a finite number");
  return value;
}

void SealedReader::expect(std::uint32_t expected, const std::string& field) {
  const std::size_t start = position_;
  const auto got = number<std::uint32_t>(field);
  if (got != expected)
    refuse_at(start, "expected " + field + " " + std::to_string(expected) + ", got " + std::to_string(got));
}

void SealedReader::expect_text(std::string_view expected, const std::string& field) {
  const std::size_t start = position_;
  const std::string_view got = take(number<std::uint32_t>("length of the " + field), field);
  if (got != expected) refuse_at(start, "expected " + field + " " + quoted(expected) + ", got " + quoted(got));
}

void SealedReader::expect_end(const std::string& after) const {
  if (left() > 0) refuse(std::to_string(left()) + " bytes follow the last " + after);
}

}  // namespace handbuilt::data
