#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace handbuilt::plot {

/// A moving picture that browsers and GitHub play where an image stands, and that other programs show as its first
/// picture. Each later frame holds what changed. Source: W3C (2025), "Portable Network Graphics, third edition",
/// section 11.3.4 (APNG).
class AnimatedPng {
 public:
  /// Throws ShapeError unless both sides are 1 ... 16,384 pixels, and ValueError unless each frame is shown for 1 ...
  /// 10,000 ms.
  AnimatedPng(int columns, int rows, int frame_ms);

  /// `rgb` holds 3 * columns * rows bytes, row by row; another number throws ShapeError. A picture equal to the one
  /// before is shown by letting that one stand.
  void add(const std::vector<std::uint8_t>& rgb);
  /// The last picture stands this much longer.
  void hold(int ms);

  [[nodiscard]] std::size_t frames() const { return frames_.size(); }
  /// The file, which plays for ever. Throws ValueError without a picture.
  [[nodiscard]] std::string bytes() const;

 private:
  struct Frame {
    int x, y, columns, rows, ms;
    std::string data;  // compressed
  };

  int columns_, rows_, frame_ms_;
  std::vector<std::uint8_t> last_;
  std::vector<Frame> frames_;
};

}  // namespace handbuilt::plot
