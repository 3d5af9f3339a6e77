#include "data/idx.hpp"

#include <algorithm>
#include <limits>
#include <vector>

#include "core/error.hpp"
#include "core/file.hpp"
#include "data/gzip.hpp"

namespace handbuilt::data {

namespace {

constexpr std::size_t kMagicBytes = 4;
constexpr std::size_t kExtentBytes = 4;
constexpr std::size_t kMostHeaderBytes = kMagicBytes + kExtentBytes * Shape::kMaxRank;
constexpr std::uint32_t kMostExtent = std::numeric_limits<int>::max();
constexpr int kUnsignedByte = 0x08;

struct Header {
  Shape shape;
  std::size_t bytes = 0;  // of the header itself
};

[[noreturn]] void fail(const std::string& name, const std::string& what) { throw DataError(name + ": " + what); }

int byte_at(std::string_view content, std::size_t position) { return static_cast<unsigned char>(content[position]); }

std::uint32_t big_endian_at(std::string_view content, std::size_t position) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < kExtentBytes; ++i)
    value = value << 8 | static_cast<std::uint32_t>(byte_at(content, position + i));
  return value;
}

std::string hexadecimal(std::string_view content) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (std::size_t i = 0; i < content.size(); ++i) {
    if (i > 0) text += ' ';
    text += kDigits[byte_at(content, i) / 16];
    text += kDigits[byte_at(content, i) % 16];
  }
  return text;
}

std::string joined(const std::vector<std::uint32_t>& extents) {
  std::string text;
  for (const std::uint32_t extent : extents) text += (text.empty() ? "" : " x ") + std::to_string(extent);
  return text;
}

/// Reads the header from the first bytes of the (decompressed) content.
Header parse_header(std::string_view start, const std::string& name, std::size_t largest_bytes) {
  if (start.size() < kMagicBytes)
    fail(name, "expected an IDX header of at least 8 bytes, got " + std::to_string(start.size()) + " bytes");
  if (byte_at(start, 0) != 0 || byte_at(start, 1) != 0)
    fail(name, "expected an IDX file, which starts with the bytes 00 00 08, got " + hexadecimal(start.substr(0, 3)));
  if (byte_at(start, 2) != kUnsignedByte)
    fail(name, "byte 2: expected the type 08 (unsigned bytes), got " + hexadecimal(start.substr(2, 1)));
  const int rank = byte_at(start, 3);
  if (rank < 1 || rank > Shape::kMaxRank) fail(name, "byte 3: expected 1 to 4 dimensions, got " + std::to_string(rank));

  const std::size_t header_bytes = kMagicBytes + kExtentBytes * static_cast<std::size_t>(rank);
  if (start.size() < header_bytes)
    fail(name, "expected a header of " + std::to_string(header_bytes) + " bytes for " + std::to_string(rank) +
                   " dimensions, got " + std::to_string(start.size()) + " bytes");

  std::vector<std::uint32_t> extents;
  for (std::size_t at = kMagicBytes; at < header_bytes; at += kExtentBytes) extents.push_back(big_endian_at(start, at));
  std::size_t values = 1;
  for (const std::uint32_t extent : extents) {
    if (extent > kMostExtent || (extent > 0 && values > largest_bytes / extent))
      fail(name, "the header claims " + joined(extents) + " values, expected at most " + std::to_string(largest_bytes));
    values *= extent;
  }
  return {Shape(std::vector<int>(extents.begin(), extents.end())), header_bytes};
}

void check_size(const Header& header, std::size_t got, const std::string& name, const std::string& unit) {
  const std::size_t expected = header.bytes + static_cast<std::size_t>(header.shape.size());
  if (got == expected) return;
  fail(name, "expected " + std::to_string(expected) + " " + unit + " (a header of " + std::to_string(header.bytes) +
                 " and " + header.shape.to_string() + " values), got " +
                 (got < expected ? std::to_string(got)
                                 : "more: " + std::to_string(got - expected) + " or more are left over"));
}

ByteTensor with_values(const Shape& shape, std::string_view values) {
  ByteTensor tensor(shape);
  std::transform(values.begin(), values.end(), tensor.begin(), [](char c) { return static_cast<std::uint8_t>(c); });
  return tensor;
}

ByteTensor parse_gzipped(std::string_view compressed, const std::string& name, std::size_t largest_bytes) {
  Gunzip stream(compressed, name);
  std::string content = stream.read(kMostHeaderBytes);
  const Header header = parse_header(content, name, largest_bytes);
  const std::size_t expected = header.bytes + static_cast<std::size_t>(header.shape.size());
  if (expected / Gunzip::kMostExpansion > compressed.size())
    fail(name, "the header claims " + header.shape.to_string() + " values, more than " +
                   std::to_string(compressed.size()) + " compressed bytes can hold");

  // One byte more than expected: it must not be there, and asking for it has the stream's end and CRC verified.
  if (content.size() <= expected) content += stream.read(expected + 1 - content.size());
  check_size(header, content.size(), name, "bytes after decompression");
  return with_values(header.shape, std::string_view(content).substr(header.bytes));
}

}  // namespace

ByteTensor parse_idx(std::string_view content, const std::string& name, std::size_t largest_bytes) {
  if (is_gzip(content)) return parse_gzipped(content, name, largest_bytes);
  const Header header = parse_header(content, name, largest_bytes);
  check_size(header, content.size(), name, "bytes");
  return with_values(header.shape, content.substr(header.bytes));
}

ByteTensor read_idx(const std::filesystem::path& path, std::size_t largest_bytes) {
  return parse_idx(read_file(path, largest_bytes + kMostHeaderBytes), path.string(), largest_bytes);
}

std::string format_idx(const ByteTensor& values) {
  std::string content = {0, 0, kUnsignedByte, static_cast<char>(values.rank())};
  for (int d = 0; d < values.rank(); ++d)
    for (int shift = 24; shift >= 0; shift -= 8) content += static_cast<char>(values.shape()[d] >> shift & 0xff);
  content.append(reinterpret_cast<const char*>(values.data()), static_cast<std::size_t>(values.size()));
  return content;
}

void write_idx(const std::filesystem::path& path, const ByteTensor& values) {
  const std::string content = format_idx(values);
  write_file(path, path.extension() == ".gz" ? gzip(content) : content);
}

}  // namespace handbuilt::data
