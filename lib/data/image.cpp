#include "data/image.hpp"

#include <algorithm>
#include <climits>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <memory>

#include "core/error.hpp"
#include "core/file.hpp"
#include "data/pgm.hpp"

namespace {

/// stb_image believes the sizes it finds inside a file. No honest picture needs a block of more than eight bytes a
/// pixel (16 bits in four channels), so a larger one is refused, which stb_image reports as out of memory.
constexpr std::size_t kLargestBlock = 8 * std::size_t{handbuilt::data::kMostImagePixels} + (std::size_t{1} << 20);

void* bounded_malloc(std::size_t bytes) { return bytes > kLargestBlock ? nullptr : std::malloc(bytes); }
void* bounded_realloc(void* block, std::size_t bytes) {
  return bytes > kLargestBlock ? nullptr : std::realloc(block, bytes);
}

}  // namespace

// The one place that holds stb's image code. STATIC keeps its names out of the linker's sight: Debian's libstb, which
// Dear ImGui is linked with, has the same ones.
#define STBI_MALLOC(bytes) bounded_malloc(bytes)
#define STBI_REALLOC(block, bytes) bounded_realloc(block, bytes)
#define STBI_FREE(block) std::free(block)
#define STBI_NO_STDIO
#define STBI_ONLY_BMP
#define STBI_ONLY_JPEG
#define STBI_ONLY_PNG
#define STBI_ONLY_PNM
#define STB_IMAGE_STATIC
#define STB_IMAGE_IMPLEMENTATION
#include <stb_image.h>

#define STBI_WRITE_NO_STDIO
#define STB_IMAGE_WRITE_STATIC
#define STB_IMAGE_WRITE_IMPLEMENTATION
#include <stb_image_write.h>

namespace handbuilt::data {

namespace {

using Pixels = std::unique_ptr<stbi_uc, decltype(&std::free)>;

const stbi_uc* bytes(std::string_view content) { return reinterpret_cast<const stbi_uc*>(content.data()); }

[[noreturn]] void fail(const std::string& name, const std::string& what) { throw DataError(name + ": " + what); }

/// A JPEG's Huffman table lists how many codes there are of each of 16 lengths, 256 in all at most. stb_image 2.27
/// writes past its table when they are more, so such a picture is refused before it sees it. Marker bytes do not occur
/// within compressed data, so every table can be found by its marker.
void refuse_overfull_huffman_tables(std::string_view content, const std::string& name) {
  constexpr std::string_view kJpeg = "\xff\xd8", kMarker = "\xff\xc4";
  if (!content.starts_with(kJpeg)) return;  // in a PNG the marker's bytes mean nothing
  constexpr std::size_t kLengths = 16;
  const auto byte_at = [&](std::size_t place) { return static_cast<unsigned char>(content[place]); };
  for (std::size_t at = content.find(kMarker); at != content.npos; at = content.find(kMarker, at + 1)) {
    // After the marker come two bytes of size, then for each table its name, the 16 counts and the codes' values.
    std::size_t table = at + kMarker.size() + 2;
    if (table > content.size()) return;
    const std::size_t end = at + kMarker.size() + byte_at(table - 2) * std::size_t{256} + byte_at(table - 1);
    while (table < std::min(end, content.size())) {
      std::size_t codes = 0;
      for (std::size_t i = table + 1; i < std::min(table + 1 + kLengths, content.size()); ++i) codes += byte_at(i);
      if (codes > 256)
        fail(name, "byte " + std::to_string(table) + ": expected a Huffman table of at most 256 codes, got " +
                       std::to_string(codes));
      table += 1 + kLengths + codes;
    }
  }
}

/// `pixels` is [height, width, channels_in_file]: grey, grey and alpha, RGB or RGBA.
Tensor to_tensor(const stbi_uc* pixels, int height, int width, int channels_in_file, Colour colour) {
  const bool grey_in_file = channels_in_file < 3;
  const auto value = [&](const stbi_uc* pixel, int channel) {
    if (grey_in_file) return static_cast<float>(pixel[0]) / 255.0f;
    if (colour == Colour::kRgb) return static_cast<float>(pixel[channel]) / 255.0f;
    const int luma_in_thousandths = 299 * pixel[0] + 587 * pixel[1] + 114 * pixel[2];  // ITU-R BT.601
    return static_cast<float>(luma_in_thousandths) / 255000.0f;
  };
  const int channels = static_cast<int>(colour);
  Tensor image({1, channels, height, width});
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x, pixels += channels_in_file)
      for (int c = 0; c < channels; ++c) image(0, c, y, x) = value(pixels, c);
  return image;
}

/// A grey picture with as many equal channels as asked for.
Tensor in_channels(Tensor grey, Colour colour) {
  if (colour == Colour::kGrey) return grey;
  const auto [_, __, height, width] = grey.shape();
  Tensor image({1, static_cast<int>(colour), height, width});
  for (const auto [n, c, y, x] : image.indices()) image(n, c, y, x) = grey(0, 0, y, x);
  return image;
}

std::string encode_png(const ByteTensor& pixels) {
  const auto [height, width, channels, _] = pixels.shape();
  std::string encoded;
  const auto append = [](void* text, void* data, int size) {
    static_cast<std::string*>(text)->append(static_cast<const char*>(data), static_cast<std::size_t>(size));
  };
  if (stbi_write_png_to_func(append, &encoded, width, height, channels, pixels.data(), width * channels) == 0)
    throw Error("write_png: cannot encode a picture of " + pixels.shape().to_string());
  return encoded;
}

}  // namespace

Tensor parse_image(std::string_view content, const std::string& name, Colour colour) {
  if (content.size() > INT_MAX) fail(name, "expected a picture of less than 2 GiB");
  if (is_pgm(content)) return in_channels(parse_pgm(content, name), colour);
  refuse_overfull_huffman_tables(content, name);
  const int size = static_cast<int>(content.size());
  int width = 0, height = 0, channels_in_file = 0;
  if (stbi_info_from_memory(bytes(content), size, &width, &height, &channels_in_file) == 0)
    fail(name,
         std::string("expected a PNG, JPEG, BMP or PNM picture, got something else (") + stbi_failure_reason() + ")");
  if (width < 1 || height < 1 || std::int64_t{width} * height > kMostImagePixels)
    fail(name, "expected a picture of 1 to " + std::to_string(kMostImagePixels) + " pixels, got " +
                   std::to_string(width) + " x " + std::to_string(height));

  // The channels are taken as the file has them: stb_image 2.27 reads past its memory when it converts 16-bit PNM.
  constexpr int kAsInTheFile = 0;
  const Pixels pixels(stbi_load_from_memory(bytes(content), size, &width, &height, &channels_in_file, kAsInTheFile),
                      std::free);
  if (pixels == nullptr) {
    std::string reason = stbi_failure_reason();  // it may quote bytes of the file
    std::replace_if(
        reason.begin(), reason.end(), [](unsigned char c) { return c < 0x20 || c >= 0x7f; }, '?');
    fail(name, "damaged or truncated picture (" + reason + ")");
  }
  return to_tensor(pixels.get(), height, width, channels_in_file, colour);
}

Tensor read_image(const std::filesystem::path& path, Colour colour) {
  return parse_image(read_file(path, kLargestBlock), path.string(), colour);
}

void write_png(const std::filesystem::path& path, const Tensor& image) {
  const auto [count, channels, height, width] = image.shape();
  if (image.rank() != 4 || count != 1 || (channels != 1 && channels != 3))
    throw ShapeError("write_png: expected an image [1, 1 or 3, height, width], got " + image.shape().to_string());
  ByteTensor pixels({height, width, channels});
  for (const auto [_, c, y, x] : image.indices()) {
    const float value = image(0, c, y, x);
    if (std::isnan(value)) throw ValueError("write_png: expected values in 0 ... 1, got NaN");
    pixels(y, x, c) = static_cast<std::uint8_t>(std::lround(std::clamp(value, 0.0f, 1.0f) * 255.0f));
  }
  write_png(path, pixels);
}

void write_png(const std::filesystem::path& path, const ByteTensor& pixels) {
  const auto [height, width, channels, _] = pixels.shape();
  if (pixels.rank() != 3 || pixels.empty() || (channels != 1 && channels != 3 && channels != 4))
    throw ShapeError("write_png: expected pixels [height, width, 1, 3 or 4], got " + pixels.shape().to_string());
  if (std::int64_t{height} * width > kMostImagePixels)
    throw ShapeError("write_png: expected at most " + std::to_string(kMostImagePixels) + " pixels, got " +
                     pixels.shape().to_string());
  write_file(path, encode_png(pixels));
}

}  // namespace handbuilt::data
