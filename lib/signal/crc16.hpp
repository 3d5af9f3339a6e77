#pragma once

#include <cstddef>
#include <cstdint>

namespace handbuilt::signal {

/// CRC-16/CCITT-FALSE: polynomial 0x1021, start 0xffff, nothing reflected; "123456789" gives 0x29b1. Freestanding.
/// Source: ITU-T V.41 (1988), and Williams (1993), "A painless guide to CRC error detection algorithms".
constexpr std::uint16_t crc16(const std::uint8_t* bytes, std::size_t count) {
  std::uint32_t crc = 0xffff;
  for (std::size_t i = 0; i < count; ++i) {
    crc ^= static_cast<std::uint32_t>(bytes[i]) << 8;
    for (int bit = 0; bit < 8; ++bit) crc = (crc & 0x8000u) != 0 ? (crc << 1) ^ 0x1021u : crc << 1;
    crc &= 0xffffu;
  }
  return static_cast<std::uint16_t>(crc);
}

}  // namespace handbuilt::signal
