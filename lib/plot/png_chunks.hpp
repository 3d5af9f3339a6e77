#pragma once

#include <cstdint>
#include <string>
#include <string_view>

/// What PNG files are made of.
namespace handbuilt::plot::png_chunks {

inline constexpr std::string_view kSignature("\x89PNG\r\n\x1a\n", 8);

std::string big_endian(std::uint32_t value);
std::string chunk(std::string_view type, std::string_view content);
/// zlib's strongest compression.
std::string deflated(std::string_view text);

}  // namespace handbuilt::plot::png_chunks
