#include "plot/png.hpp"

#include <zlib.h>

#include <string_view>

#include "core/error.hpp"
#include "plot/png_chunks.hpp"

namespace handbuilt::plot {

namespace png_chunks {
namespace {

const Bytef* as_bytes(std::string_view text) { return reinterpret_cast<const Bytef*>(text.data()); }

}  // namespace

std::string big_endian(std::uint32_t value) {
  std::string bytes;
  for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(value >> shift & 0xff);
  return bytes;
}

std::string chunk(std::string_view type, std::string_view content) {
  const std::string body = std::string(type) + std::string(content);
  const auto checksum = static_cast<std::uint32_t>(crc32(0, as_bytes(body), static_cast<uInt>(body.size())));
  return big_endian(static_cast<std::uint32_t>(content.size())) + body + big_endian(checksum);
}

std::string deflated(std::string_view text) {
  uLongf size = compressBound(text.size());
  std::string packed(size, '\0');
  const int status = compress2(reinterpret_cast<Bytef*>(packed.data()), &size, as_bytes(text), text.size(), 9);
  if (status != Z_OK) throw Error("encode_png: zlib could not compress, status " + std::to_string(status));
  packed.resize(size);
  return packed;
}

}  // namespace png_chunks

std::string encode_png(int columns, int rows, const std::vector<std::uint8_t>& rgb) {
  using namespace png_chunks;
  const bool fits =
      columns > 0 && rows > 0 && rgb.size() == 3 * static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows);
  if (!fits)
    throw ShapeError("encode_png: expected 3 bytes for each of " + std::to_string(rows) + " x " +
                     std::to_string(columns) + " pixels, got " + std::to_string(rgb.size()) + " bytes");

  // Each row starts with its filter type; 0 leaves it as it is.
  const std::size_t stride = 3 * static_cast<std::size_t>(columns);
  std::string scanlines;
  for (std::size_t start = 0; start < rgb.size(); start += stride) {
    scanlines += '\0';
    scanlines.append(reinterpret_cast<const char*>(rgb.data()) + start, stride);
  }

  const std::string depth_8_colour_rgb("\x08\x02\x00\x00\x00", 5);
  const std::string header = big_endian(static_cast<std::uint32_t>(columns)) +
                             big_endian(static_cast<std::uint32_t>(rows)) + depth_8_colour_rgb;
  return std::string(kSignature) + chunk("IHDR", header) + chunk("IDAT", deflated(scanlines)) + chunk("IEND", "");
}

}  // namespace handbuilt::plot
