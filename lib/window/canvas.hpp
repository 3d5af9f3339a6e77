#pragma once

#include <filesystem>
#include <memory>

#include "data/idx.hpp"
#include "plot/display_list.hpp"
#include "plot/palette.hpp"

namespace handbuilt::window {

/// A rectangle of a page, in its pixels, y down.
struct Area {
  double x = 0, y = 0, width = 0, height = 0;

  [[nodiscard]] bool contains(double px, double py) const {
    return px >= x && px < x + width && py >= y && py < y + height;
  }
};

/// Pixels in memory on which display lists are painted with smooth edges. It needs no display and no window, and the
/// same lists give the same pixels wherever it runs, so a picture in a file and the one on the screen agree.
class Canvas {
 public:
  /// A canvas of the background's colour. Throws ValueError unless both sides are 1 ... 16,384 pixels.
  Canvas(int width, int height, plot::Theme theme);
  ~Canvas();
  Canvas(Canvas&&) noexcept;
  Canvas& operator=(Canvas&&) noexcept;

  [[nodiscard]] int width() const;
  [[nodiscard]] int height() const;

  /// Covers everything with the background's colour.
  void clear();

  /// Paints `list` with its page's origin at (x, y) and `scale` canvas pixels to a pixel of the page. What leaves the
  /// page is painted too, unless a Clip of the list forbids it; what leaves the canvas is lost. A point of a line that
  /// is not a number breaks the line. Throws ShapeError for an Image whose bytes are not 3 * columns * rows.
  void paint(const plot::DisplayList& list, double x, double y, double scale);

  /// Paints `list` as large as it fits into `area` without distortion, in its middle.
  void paint(const plot::DisplayList& list, const Area& area);

  /// [height, width, 3]: red, green and blue, as data::write_png takes them.
  [[nodiscard]] data::ByteTensor pixels() const;

  /// The same as rows of `stride_bytes()` bytes, a pixel being the 32-bit word 0x00RRGGBB, for whoever copies them to a
  /// screen.
  [[nodiscard]] const unsigned char* words() const;
  [[nodiscard]] int stride_bytes() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Writes a list as a PNG file with `scale` pixels to a pixel of its page; needs no display. Throws ValueError for a
/// page without extent and DataError when the file cannot be written.
void render_png(const plot::DisplayList& list, const std::filesystem::path& path, double scale = 2,
                plot::Theme theme = plot::Theme::light);

}  // namespace handbuilt::window
