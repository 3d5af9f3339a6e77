#pragma once

#include <bit>
#include <concepts>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "core/error.hpp"

/// Numbers and texts as the little-endian bytes of a trace.
namespace handbuilt::robot_sim {

static_assert(std::endian::native == std::endian::little, "traces are written as the machine holds its numbers");

template <class Number>
requires std::integral<Number> || std::floating_point<Number>
void put(std::string& bytes, Number value) {
  char raw[sizeof(Number)];
  std::memcpy(raw, &value, sizeof(Number));
  bytes.append(raw, sizeof(Number));
}

/// Seven bits a byte, lowest first, the eighth bit set while more follow.
inline void put_varint(std::string& bytes, std::uint32_t value) {
  for (; value >= 128; value >>= 7) bytes.push_back(static_cast<char>(value | 128u));
  bytes.push_back(static_cast<char>(value));
}

inline void put_text(std::string& bytes, std::string_view text) {
  put_varint(bytes, static_cast<std::uint32_t>(text.size()));
  bytes.append(text);
}

/// Takes from the front of some bytes what the functions above put there. Throws DataError, without a file's name, for
/// bytes that end too early and numbers that are too long.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : bytes_(bytes) {}

  [[nodiscard]] bool at_end() const { return bytes_.empty(); }
  [[nodiscard]] std::size_t left() const { return bytes_.size(); }

  template <class Number>
  Number take() {
    Number value;
    std::memcpy(&value, take_bytes(sizeof(Number)).data(), sizeof(Number));
    return value;
  }
  std::string_view take_bytes(std::size_t count) {
    if (bytes_.size() < count) throw DataError("expected more bytes");
    const std::string_view taken = bytes_.substr(0, count);
    bytes_.remove_prefix(count);
    return taken;
  }
  std::uint32_t take_varint() {
    std::uint32_t value = 0;
    for (unsigned shift = 0; shift < 32; shift += 7) {
      const auto byte = take<std::uint8_t>();
      value |= static_cast<std::uint32_t>(byte & 127u) << shift;
      if (byte < 128 && (shift < 28 || byte < 16)) return value;
      if (byte < 128) break;
    }
    throw DataError("expected a number below 2^32");
  }
  std::string_view take_text() { return take_bytes(take_varint()); }

 private:
  std::string_view bytes_;
};

}  // namespace handbuilt::robot_sim
