#include "grader/text/printable.hpp"

#include <array>
#include <cstdint>

namespace handbuilt::grader {

namespace {

constexpr std::uint32_t kNotUtf8 = 0xFFFFFFFF;

struct Character {
  std::uint32_t code = kNotUtf8;
  std::size_t bytes = 1;
};

/// The character that a text starts with. Overlong forms and surrogates are not UTF-8 (RFC 3629).
Character first_character(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  if (byte(0) < 0x80) return {byte(0), 1};
  const std::size_t length = byte(0) >= 0xF0 ? 4 : byte(0) >= 0xE0 ? 3 : 2;
  if (byte(0) < 0xC2 || byte(0) > 0xF4 || text.size() < length) return {};
  std::uint32_t code = byte(0) & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return {};
    code = code << 6 | (byte(i) & 0x3FU);
  }
  constexpr std::array<std::uint32_t, 5> kSmallest = {0, 0, 0x80, 0x800, 0x10000};
  if (code < kSmallest[length] || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return {};
  return {code, length};
}

bool turns_a_line_round(std::uint32_t code) {
  return (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069) || code == 0x200E || code == 0x200F;
}

/// U+FFFE and U+FFFF of every plane, which no text may hold and XML forbids.
bool is_noncharacter(std::uint32_t code) { return (code & 0xFFFE) == 0xFFFE; }

bool is_shown(std::uint32_t code, bool keep_lines) {
  if (code == '\n' || code == '\t') return keep_lines;
  return code >= 0x20 && !is_noncharacter(code) && (code < 0x7F || code > 0x9F) && code != kNotUtf8 &&
         !turns_a_line_round(code);
}

}  // namespace

std::string printable(std::string_view bytes, bool keep_lines, std::size_t longest) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  while (!bytes.empty()) {
    const Character next = first_character(bytes);
    if (text.size() + next.bytes > longest) return text + "...";
    if (is_shown(next.code, keep_lines)) {
      text += bytes.substr(0, next.bytes);
    } else {
      for (const char byte : bytes.substr(0, next.bytes)) {
        const auto value = static_cast<unsigned char>(byte);
        text += {'\\', 'x', kDigits[value / 16], kDigits[value % 16]};
      }
    }
    bytes.remove_prefix(next.bytes);
  }
  return text;
}

}  // namespace handbuilt::grader
