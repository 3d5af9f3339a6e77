#include "plot/animated_png.hpp"

#include <algorithm>

#include "core/error.hpp"
#include "plot/png_chunks.hpp"

namespace handbuilt::plot {

namespace {

constexpr int kMostSide = 16'384, kMostMs = 10'000, kLongestMs = 65'535;

std::string two_bytes(int value) { return {static_cast<char>(value >> 8 & 0xff), static_cast<char>(value & 0xff)}; }

std::string four_bytes(std::size_t value) { return png_chunks::big_endian(static_cast<std::uint32_t>(value)); }
std::string four_bytes(int value) { return png_chunks::big_endian(static_cast<std::uint32_t>(value)); }

}  // namespace

AnimatedPng::AnimatedPng(int columns, int rows, int frame_ms) : columns_(columns), rows_(rows), frame_ms_(frame_ms) {
  if (columns < 1 || rows < 1 || columns > kMostSide || rows > kMostSide)
    throw ShapeError("AnimatedPng: expected sides of 1 to 16384 pixels, got " + std::to_string(columns) + " x " +
                     std::to_string(rows));
  if (frame_ms < 1 || frame_ms > kMostMs)
    throw ValueError("AnimatedPng: expected frames of 1 to 10000 ms, got " + std::to_string(frame_ms));
}

void AnimatedPng::add(const std::vector<std::uint8_t>& rgb) {
  const auto columns = static_cast<std::size_t>(columns_), rows = static_cast<std::size_t>(rows_);
  if (rgb.size() != 3 * columns * rows)
    throw ShapeError("AnimatedPng::add: expected 3 bytes for each of " + std::to_string(rows_) + " x " +
                     std::to_string(columns_) + " pixels, got " + std::to_string(rgb.size()) + " bytes");
  const auto changed = [&](std::size_t pixel) {
    return last_.empty() || !std::equal(&rgb[3 * pixel], &rgb[3 * pixel] + 3, &last_[3 * pixel]);
  };

  // The rectangle that holds all changes.
  std::size_t left = columns, right = 0, top = rows, bottom = 0;
  for (std::size_t y = 0; y < rows; ++y)
    for (std::size_t x = 0; x < columns; ++x)
      if (changed(y * columns + x)) {
        left = std::min(left, x);
        right = std::max(right, x + 1);
        top = std::min(top, y);
        bottom = y + 1;
      }
  if (right == 0) return hold(frame_ms_);

  // Rows of red, green, blue and opacity, each after its filter, which is none; what did not change is transparent.
  std::string scanlines;
  for (std::size_t y = top; y < bottom; ++y) {
    scanlines += '\0';
    for (std::size_t x = left; x < right; ++x) {
      const std::size_t pixel = y * columns + x;
      if (changed(pixel))
        scanlines.append(reinterpret_cast<const char*>(&rgb[3 * pixel]), 3) += '\xff';
      else
        scanlines.append(4, '\0');
    }
  }
  frames_.push_back({static_cast<int>(left), static_cast<int>(top), static_cast<int>(right - left),
                     static_cast<int>(bottom - top), frame_ms_, png_chunks::deflated(scanlines)});
  last_ = rgb;
}

void AnimatedPng::hold(int ms) {
  if (!frames_.empty()) frames_.back().ms = std::clamp(frames_.back().ms + ms, 1, kLongestMs);
}

std::string AnimatedPng::bytes() const {
  using png_chunks::chunk;
  if (frames_.empty()) throw ValueError("AnimatedPng::bytes: expected at least one picture");
  const std::string depth_8_colour_rgba("\x08\x06\x00\x00\x00", 5), for_ever = four_bytes(0);
  std::string file(png_chunks::kSignature);
  file += chunk("IHDR", four_bytes(columns_) + four_bytes(rows_) + depth_8_colour_rgba);
  file += chunk("acTL", four_bytes(frames_.size()) + for_ever);
  int number = 0;
  for (const Frame& frame : frames_) {
    // Shown for ms / 1000 s, left standing, and laid over what stands there.
    const std::string disposal_and_blend("\x00\x01", 2);
    file +=
        chunk("fcTL", four_bytes(number++) + four_bytes(frame.columns) + four_bytes(frame.rows) + four_bytes(frame.x) +
                          four_bytes(frame.y) + two_bytes(frame.ms) + two_bytes(1000) + disposal_and_blend);
    file += &frame == &frames_.front() ? chunk("IDAT", frame.data) : chunk("fdAT", four_bytes(number++) + frame.data);
  }
  return file + chunk("IEND", "");
}

}  // namespace handbuilt::plot
